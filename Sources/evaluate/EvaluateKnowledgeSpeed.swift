import ArgumentParser
import Commands
import Knowledge
import LinearAlgebra
import Records
import Simulation

/// Measures how long a question and a new ticket take on a desk with many tickets.
struct EvaluateKnowledgeSpeed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge-speed",
        abstract: "Measure how long suggesting for a question and learning a ticket take.",
        discussion: """
            The last tickets of a desk are asked about, each for articles, solutions and similar tickets, and then learnt, one after the other, by what was learnt from all \
            others at a time.
            """)

    @Option(help: ArgumentHelp("The folder of the desk.", valueName: "dir"))
    var desk: String

    @Option(help: ArgumentHelp("The tickets that are asked about and learnt, from 1 to 100000.", valueName: "n"))
    var asked = 1_000

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard 1...100_000 ~= asked else { throw ValidationError("--asked must be from 1 to 100000") }
    }

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run(on: desk) {
            let folder = DeskFolder(path: desk)
            let context = try folder.customers().context
            var generator = SystemRandomNumberGenerator()
            let files = RedactionFiles(rules: nil, contacts: nil, keyFile: nil, environment: [:])
            let cases = try SupportCase.all(
                of: folder, context, redactor: files.redactor(keyedBy: &generator, knowing: context)
            ).cases
            guard cases.count > asked else {
                throw program.failure("\(desk): \(cases.count) tickets are too few to ask about \(asked)", 65)
            }
            let time = cases[cases.count - asked].ticket.openedAt
            let knowledge = DeskKnowledge(Array(cases.dropLast(asked)), at: time)
            let suggestions = knowledge.suggestions(knowledge.articlesForTeam(existing: []))
            let solutions = knowledge.recommendations()
            let questions = cases.suffix(asked).map(CaseText.init)
            var found = 0
            let suggesting = questions.map { question in
                seconds {
                    let search = knowledge.index.look(for: question)
                    found += suggestions.suggest(for: question, from: search, count: 3).count
                    found += solutions.recommend(from: search, at: time, count: 3).count
                    found += search.best(3).count
                }
            }
            var groups = OnlineGroups(knowledge.texts)
            let learning = questions.map { question in seconds { groups.add(question) } }
            func quantile(_ times: [Double], _ share: Double) -> Double {
                times.sorted()[min(times.count - 1, Int(share * Double(times.count)))] * 1_000
            }
            var report = KeyedReport()
            report.add(
                "knowledge-speed",
                [
                    ("tickets", Double(knowledge.cases.count)), ("asked", Double(asked)), ("found", Double(found)),
                    ("suggestionP50Ms", quantile(suggesting, 0.5)), ("suggestionP99Ms", quantile(suggesting, 0.99)),
                    ("learningP50Ms", quantile(learning, 0.5)), ("learningP99Ms", quantile(learning, 0.99)),
                    ("learningMeanMs", learning.reduce(0, +) / Double(asked) * 1_000),
                ])
            print(try json ? report.json() : report.text, terminator: json ? "\n" : "")
        }
    }

    private func seconds(_ body: () -> Void) -> Double {
        let time = ContinuousClock().measure(body)
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }
}
