import Knowledge
import Records
import Simulation
import Statistics

/// A simulated desk of recurring problems as Casebook reads it, with its truth.
struct KnowledgeDesk {
    let cases: [SupportCase]
    let truth: KnowledgeTruth
    /// Redacts as the desk was.
    let redactor: Redactor
    /// The problem of each case; nil for the only one of its kind.
    let problems: [String?]

    init(_ desk: SimulatedKnowledge) throws(RecordError) {
        let folder = DeskFolder(files: desk.files.map { RecordFile(path: $0.name, bytes: Array($0.contents.utf8)) })
        let context = try folder.customers().context
        var generator = SplitMix64(seed: 0)
        let files = RedactionFiles(rules: nil, contacts: nil, keyFile: nil, environment: [:])
        redactor = try files.redactor(keyedBy: &generator, knowing: context)
        cases = try SupportCase.all(of: folder, context, redactor: redactor)
        truth = desk.truth
        var ofTicket: [String: String] = [:]
        for problem in truth.problems {
            for ticket in problem.tickets { ofTicket[ticket] = problem.id }
        }
        problems = cases.map { ofTicket[$0.ticket.id] }
    }
}

extension KnowledgeDesk {
    /// The true solution of each case; nil for one without a recurring problem or without a resolution.
    var solutions: [String?] {
        let solved = Dictionary(
            truth.ticketSolutions.map { ($0.ticket, $0.solution) }, uniquingKeysWith: { first, _ in first })
        return cases.map { solved[$0.ticket.id] }
    }

    /// Whether the first of some sentences that is long enough to tell anything stands in one of the ways in which a solution is written down.
    var says: @Sendable ([RedactedText], String) -> Bool {
        let texts = Dictionary(truth.solutions.map { ($0.id, $0.texts) }, uniquingKeysWith: { first, _ in first })
        return { sentences, solution in
            let known = texts[solution] ?? []
            return sentences.contains { sentence in
                let words = sentence.string
                return words.utf8.count >= 15 && known.contains { $0.contains(words) || words.contains($0) }
            }
        }
    }

    /// Whether sentences tell what solves a problem, before or after it changed.
    func solves(_ sentences: [RedactedText], problem id: String) -> Bool {
        guard let problem = truth.problems.first(where: { $0.id == id }) else { return false }
        return says(sentences, problem.solution) || problem.laterSolution.map { says(sentences, $0) } ?? false
    }

    /// The problem that most of some cases have.
    func problem(ofMost members: [Int]) -> String? {
        var counts: [String: Int] = [:]
        for number in members { if let problem = problems[number] { counts[problem, default: 0] += 1 } }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// The characters of planted strings that stand in articles, in all formats.
    func leakedCharacters(in articles: [Article]) -> Int {
        let text = articles.map(\.everything).joined(separator: "\n").lowercased()
        return truth.canaries.reduce(0) { $0 + (text.contains($1.lowercased()) ? $1.count : 0) }
    }
}
