public import Records

extension TicketBriefing {
    private static let mostSilent = 10

    /// The note for the ticket; every line of it goes through the redactor.
    public func document(redactor: Redactor) -> Document {
        func line(_ text: String) -> RedactedText { redactor.redact(RawText(text)) }
        var blocks: [Document.Block] = []
        if let problem {
            blocks.append(.heading(line("Likely part of an incident")))
            var lines = [
                line(
                    "Incident \(problem.incident), priority \(problem.priority), since \(problem.since.iso8601): "
                        + "\(Self.percent(problem.probability)) likely to concern this customer.")
            ]
            if !problem.components.isEmpty {
                lines.append(line("Components: " + problem.components.joined(separator: ", ")))
            }
            if !problem.versions.isEmpty { lines.append(line("Versions: " + problem.versions.joined(separator: ", "))) }
            lines.append(line("Other tickets about it: \(problem.tickets)"))
            if !problem.silent.isEmpty {
                let shown = problem.silent.prefix(Self.mostSilent).joined(separator: ", ")
                let more = problem.silent.count - Self.mostSilent
                lines.append(line("Hurt too, and have not written: \(shown)" + (more > 0 ? " and \(more) more" : "")))
            }
            blocks.append(.paragraph(lines))
            if !problem.signatures.isEmpty { blocks.append(.code(problem.signatures.map(line))) }
        }
        if !solutions.isEmpty { blocks += [.heading(line("What resolved similar cases")), .list(solutions)] }
        if !similar.isEmpty {
            blocks += [
                .heading(line("Similar solved cases")),
                .list(similar.map { line("\($0.ticket): \($0.subject.string)") }),
            ]
        }
        if !articles.isEmpty { blocks += [.heading(line("Articles that may answer it")), .list(articles)] }
        var forecast: [RedactedText] = []
        if let answer {
            forecast.append(
                // An hour of the present day would be past before the note is written again.
                line(
                    "An answer is expected by \(Self.day(answer.expected)); four of five such tickets are answered between "
                        + "\(Self.day(answer.between.lowerBound)) and \(Self.day(answer.between.upperBound)) (UTC)."))
        }
        if let agent { forecast.append(line("Has solved the most of such cases: \(agent)")) }
        if !forecast.isEmpty { blocks.append(.paragraph(forecast)) }
        if blocks.isEmpty { blocks.append(.paragraph([line("What was told here before is not held any more.")])) }
        return Document(blocks)
    }

    /// What makes a note worth repeating where a note cannot be changed: the incident, and no figure that moves by itself.
    var occasion: String { problem?.incident ?? "" }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
