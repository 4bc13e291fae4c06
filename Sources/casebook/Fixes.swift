import ArgumentParser
import Commands
import Connectors
import Glibc
import Incidents
import Models
import Records

/// Ranks what engineering should fix first.
struct Fixes: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rank signatures by the support hours that fixing them would save.",
        discussion: """
            The hours to resolution of the tickets that a signature is likely to cause in the coming week, with an 80 % interval. The order is by these \
            hours times the value of the contracts that it hits, by that of all, with how likely each candidate saves more than the next. Open tickets count for the hours to be expected of \
            them: with --models for those that a model predicts, else for those that tickets as old as they are have taken.
            """)

    @OptionGroup
    var options: TrendOptions

    @Option(help: "How many candidates.")
    var top = 20

    @Option(help: ArgumentHelp("The folder of the models, for when open tickets will be resolved.", valueName: "dir"))
    var models: String?

    func run() throws {
        let source = try options.read(for: "fixes")
        let directory = CustomerDirectory(source.context)
        let candidates = FixCandidate.all(
            source.table, tickets: source.tickets, directory: directory, expectedHours: try expectedHours(source)
        ).prefix(max(0, top))
        if !source.tickets.contains(where: { $0.account.flatMap { directory.accountIndex[$0] } != nil }) {
            StandardInput.say(
                "casebook fixes: no ticket of a known account was read, and nothing else tells what failures cost")
        }
        guard options.json else {
            for (place, candidate) in candidates.enumerated() { print(Self.text(candidate, place + 1), terminator: "") }
            if candidates.isEmpty {
                print(
                    "Nothing tells what to fix: that takes failing lines of the last eight weeks, and tickets of accounts that they hit."
                )
            }
            return
        }
        JSONLineWriter.print { line in
            line.member("candidates", candidates) { candidate, line in line.object { Self.write(candidate, to: &$0) } }
        }
    }

    /// The hours from opening to resolution that the model expects of open tickets.
    private func expectedHours(_ source: TrendOptions.Source) throws -> [String: Double] {
        guard let models, let redactor = source.redactor else { return [:] }
        guard let forecasts = try TicketForecasts(models: models, redactor: redactor, command: "fixes") else {
            throw Program.casebook("fixes").failure("\(models): there is no model of resolution times", EX_NOINPUT)
        }
        let now = FixCandidate.lastTime(source.table, source.tickets)
        let open = source.tickets.filter { $0.resolvedAt == nil }
        return Dictionary(
            zip(open, forecasts.answers(for: open, at: now)).map { ticket, answer in
                (ticket.id, (answer.expected.seconds - ticket.openedAt.seconds) / 3_600)
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func write(_ candidate: FixCandidate, to line: inout JSONLineWriter) {
        line.member("signature", candidate.signature)
        line.member("template", candidate.template)
        line.member("lines", candidate.lines)
        line.member("lastLine", candidate.lastLine.iso8601)
        line.member("accounts", Double(candidate.accounts))
        line.member("versions", candidate.versions) { $1.value($0) }
        line.member("annualValue", candidate.annualValue)
        line.member("tickets", candidate.tickets)
        line.member("likelyTickets", candidate.likelyTickets) { $1.value($0) }
        line.member("hoursPerWeek", candidate.hoursPerWeek)
        line.member("interval", candidate.interval)
        line.member("weightedHoursPerWeek", candidate.weightedHoursPerWeek)
        line.member("probabilityAboveNext", candidate.probabilityAboveNext)
    }

    private static func text(_ candidate: FixCandidate, _ place: Int) -> String {
        let next = candidate.probabilityAboveNext.map {
            $0 < 0.8
                ? ", hardly told from the next (\(Int(($0 * 100).rounded())) %)"
                : ", before the next with \(Int(($0 * 100).rounded())) %"
        }
        let weighted = TrendOptions.rounded(candidate.weightedHoursPerWeek)
        // What the order is by.
        let value =
            weighted == TrendOptions.rounded(candidate.hoursPerWeek)
            ? "" : ", as much as \(weighted) by the value of contracts"
        return """
            \(place). \(candidate.template)
              \(TrendOptions.rounded(candidate.hoursPerWeek)) hours of tickets a week (80 %: \
            \(TrendOptions.rounded(candidate.interval.lowerBound)) to \(TrendOptions.rounded(candidate.interval.upperBound)))\(value)\(next ?? "")
              \(TrendOptions.rounded(candidate.lines)) lines of \(candidate.accounts) accounts in seven days, \
            the last before \(candidate.lastLine.iso8601), \(TrendOptions.rounded(candidate.tickets)) tickets so far

            """
    }
}
