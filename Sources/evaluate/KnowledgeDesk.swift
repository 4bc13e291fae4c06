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
    private let answers: [String: String]

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
        answers = Dictionary(truth.answers.map { ($0.ticket, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
}

extension KnowledgeDesk {
    /// The true solution of each case; nil for one without a recurring problem or without a resolution.
    var solutions: [String?] {
        let solved = Dictionary(
            truth.ticketSolutions.map { ($0.ticket, $0.solution) }, uniquingKeysWith: { first, _ in first })
        return cases.map { solved[$0.ticket.id] }
    }

    /// What one thing resolves: a recurring problem, or what an agent answers to cases of their own kinds.
    enum Need: Hashable {
        case problem(String)
        case answer(String)
    }

    /// What most of some cases need, if sentences tell what resolves it; nil where they tell something else, and where no two cases need the same.
    func need(ofMost members: [Int], metBy sentences: [RedactedText]) -> Need? {
        let needs = members.compactMap { number in
            problems[number].map(Need.problem) ?? answers[cases[number].ticket.id].map(Need.answer)
        }
        let counts = needs.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        guard most > 1 else { return nil }
        return needs.first { need in
            guard counts[need] == most else { return false }
            switch need {
            case .problem(let problem): return truth.solves(sentences, problem: problem)
            case .answer(let text): return sentences.contains { $0.string.contains(text) }
            }
        }
    }

    /// The problem that most of some cases have.
    func problem(ofMost members: [Int]) -> String? {
        var counts: [String: Int] = [:]
        for number in members { if let problem = problems[number] { counts[problem, default: 0] += 1 } }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
