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
        cases = try SupportCase.all(of: folder, context, redactor: redactor).cases
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

    /// The problem that most of some cases have.
    func problem(ofMost members: [Int]) -> String? {
        var counts: [String: Int] = [:]
        for number in members { if let problem = problems[number] { counts[problem, default: 0] += 1 } }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
