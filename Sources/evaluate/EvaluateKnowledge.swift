import ArgumentParser
import Commands
import Knowledge
import LinearAlgebra
import Records
import Simulation
import Statistics

/// Measures the knowledge that is made of a simulated desk whose truth is known.
struct EvaluateKnowledge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Measure groups, solutions and articles on simulated desks of recurring problems.",
        discussion: "The desks are those of casebook simulate --scenario knowledge.")

    @Option(help: ArgumentHelp("The grade of the desks: easy or hard.", valueName: "grade"))
    var grade = "hard"

    @Option(help: "The seed of the first desk.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The number of desks, from 1 to 100.", valueName: "n"))
    var seeds = 1

    @Option(help: ArgumentHelp("The number of tickets of a desk, from 100 to 1000000.", valueName: "n"))
    var tickets = 5_000

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard KnowledgeGrade(rawValue: grade) != nil else { throw ValidationError("--grade: easy or hard") }
        guard 1...100 ~= seeds else { throw ValidationError("--seeds must be from 1 to 100") }
        guard KnowledgeScenario.allowedTickets ~= tickets else {
            throw ValidationError("--tickets must be from 100 to 1000000")
        }
    }

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run {
            var report = KeyedReport()
            for number in 0..<seeds {
                let scenario = try KnowledgeScenario(
                    grade: KnowledgeGrade(rawValue: grade) ?? .hard, ticketCount: tickets)
                let desk = try KnowledgeDesk(scenario.simulated(seed: seed &+ UInt64(number)))
                report.add("\(grade) \(seed &+ UInt64(number))", Self.figures(desk))
            }
            print(try json ? report.json() : report.text, terminator: json ? "\n" : "")
        }
    }

    private static func figures(_ desk: KnowledgeDesk) -> [(key: String, value: Double)] {
        let nonsense = NonsenseQuestions(redactor: desk.redactor, seed: 1)
        let solved = SolutionEvaluation(
            desk.cases, truth: desk.solutions,
            nonsense: (nonsense.madeUp + nonsense.household).map { CaseText(title: RedactedText(), message: $0) },
            saysTrue: desk.truth.says)
        func mean(_ values: some Collection<Double>) -> Double { values.mean ?? 0 }
        let index = CaseIndex(deskOf: desk.cases)
        let solutions = Solutions(desk.cases, index)
        let groups = IssueGroups(index, resolvedBy: solutions)
        let agreement = ClusterAgreement(found: groups.ofCase, truth: desk.problems)
        let writer = ArticleWriter(desk.cases, index, solutions)
        let end = desk.cases.map(\.ticket.openedAt).max() ?? Instant(seconds: 0)
        let book = ArticleBook(
            groups.members.enumerated().map { ("G\($0.offset)", $0.element) }, writer, index, at: end)
        let articles = book.drafts.map(\.article)
        let fidelity = ArticleFidelity.measure(
            articles, cases: Dictionary(desk.cases.map { ($0.ticket.id, $0) }, uniquingKeysWith: { first, _ in first }))
        let resolved = book.drafts.filter { !$0.article.resolution.isEmpty }
        let met = resolved.compactMap {
            desk.need(ofMost: $0.cases, metBy: $0.article.resolution.map(\.text))
        }
        let problems = desk.truth.problems.filter { $0.tickets.count >= ArticleWriter.leastCases }.map(\.id)
        let problemsResolved = problems.count { met.contains(.problem($0)) }
        let about = book.drafts.compactMap { desk.problem(ofMost: $0.cases) }
        return [
            ("cases", Double(desk.cases.count)), ("recurring", Double(solved.recurring)), ("solutionTop1", solved.top1),
            ("solutionTop3", solved.top3), ("solutionProbability", solved.meanProbability),
            ("solutionRight", solved.rightShare), ("aurocNotFound", solved.aurocNotFound),
            ("nonsenseMadeUp", mean(solved.nonsense.prefix(nonsense.madeUp.count))),
            ("nonsenseHousehold", mean(solved.nonsense.suffix(nonsense.household.count))),
            ("groups", Double(groups.members.count)),
            ("ari", agreement.pairs.adjustedRandIndex), ("nmi", agreement.normalizedMutualInformation),
            ("pairF1", agreement.pairs.f1), ("bCubedF1", agreement.pairs.bCubedF1),
            ("articles", Double(articles.count)),
            ("articlesPerProblem", Double(about.count) / Double(max(1, Set(about).count))),
            ("withResolution", Double(resolved.count)),
            ("resolutionRight", Double(met.count) / Double(max(1, resolved.count))),
            ("problemsResolved", Double(problemsResolved) / Double(max(1, problems.count))),
            ("faithful", fidelity.faithful),
            ("resolutionFromAgents", fidelity.fromAgents),
            ("leakedCharacters", Double(ArticleFidelity.leakedCharacters(of: desk.truth.canaries, in: articles))),
        ]
    }
}
