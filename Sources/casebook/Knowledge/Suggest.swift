import ArgumentParser
import Commands
import Features
import Glibc
import Knowledge
import Logs
import Records
import Storage

/// Suggests articles for a question and, for the support team, solutions and similar cases.
struct Suggest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Suggest articles for a question in a customer's own words.",
        discussion: """
            Shows the articles of the store that customers may read and that tell a resolution, each with the probability that it answers, and nothing where none has --least. With --team it also shows \
            the team what resolved similar tickets, with these as evidence and the hours that finding it took, and uses internal articles and drafts. The question is read \
            from standard input where no words are given, as suits a long one, or one that other users of the machine must not see.
            """)

    /// The most bytes of a question, as of the text of a mail.
    private static let mostText = 1 << 20

    @Argument(help: ArgumentHelp("The question; read from standard input if not given.", valueName: "words"))
    var words: [String] = []

    @OptionGroup
    var options: KnowledgeOptions

    @Option(
        help: ArgumentHelp(
            "The account that asks; cases that came up where it runs the product the same way count more.",
            valueName: "id"))
    var account: String?

    @Flag(help: "For the support team: internal articles, drafts, solutions and similar tickets too.")
    var team = false

    @Option(help: ArgumentHelp("The most that is shown of each.", valueName: "n"))
    var count = 3

    @Option(help: ArgumentHelp("The least probability of what is shown, 0 to 1.", valueName: "p"))
    var least = 0.2

    func validate() throws {
        if !words.isEmpty { try Self.check(words.joined(separator: " ")) }
        guard 1...100 ~= count else { throw ValidationError("--count must be from 1 to 100") }
        guard 0...1 ~= least else { throw ValidationError("--least is a probability") }
    }

    func run() throws {
        let asked = words.isEmpty ? try Self.read() : words.joined(separator: " ")
        let source = try options.read(for: "suggest")
        let question = CaseText(
            title: RedactedText(), message: source.redactor.redact(RawText(asked)),
            pasted: source.pasted?.ids, environment: try environment(source))
        let shown = team ? source.knowledge.articlesForTeam(existing: source.articles) : try forCustomers(source.store)
        let search = source.knowledge.index.look(for: question)
        // Each learns from past cases, where no model says what these teach.
        let (knowledge, isForTeam) = (source.knowledge, team)
        let (answers, recommendations) = concurrently {
            knowledge.suggestions(shown)
        } _: {
            isForTeam ? knowledge.recommendations() : nil
        }
        let suggestions = answers.suggest(for: question, from: search, count: count, least: least)
        let solutions =
            recommendations?.recommend(from: search, at: source.time, count: count).filter {
                $0.probability >= least
            }.compactMap { knowledge.worded($0, forAccount: account) } ?? []
        let similar = team ? search.best(count).filter { $0.score >= least } : []
        guard options.json else {
            for suggestion in suggestions {
                print("\(Self.percent(suggestion.probability)) \(suggestion.article.id): \(suggestion.article.title)")
            }
            for solution in solutions {
                print(
                    "\(Self.percent(solution.probability)) \(solution.sentences.map(\.string).joined(separator: " "))")
                let lasted = solution.successRate.map { "lasted in \(Self.percent($0)); " } ?? ""
                print(
                    "     \(lasted)saves \(solution.hoursSaved.rounded(places: 1)) h; as in \(solution.cases.prefix(3).joined(separator: ", "))"
                )
            }
            for match in similar {
                let ticket = source.knowledge.cases[match.number].ticket
                print("similar: \(ticket.id): \(ticket.subject)")
            }
            if suggestions.isEmpty, solutions.isEmpty { print("Nothing fits well enough to be suggested.") }
            return
        }
        JSONLineWriter.print { line in
            line.member("articles", suggestions) { suggestion, line in
                line.object {
                    $0.member("id", suggestion.article.id)
                    $0.member("title", suggestion.article.title.string)
                    $0.member("probability", suggestion.probability)
                }
            }
            line.member("solutions", solutions) { solution, line in
                line.object {
                    $0.member("sentences", solution.sentences.map(\.string)) { $1.value($0) }
                    $0.member("probability", solution.probability)
                    $0.member("successRate", solution.successRate)
                    $0.member("hoursSaved", solution.hoursSaved)
                    $0.member("tickets", solution.cases) { $1.value($0) }
                }
            }
            line.member("similar", similar) { match, line in
                line.object {
                    $0.member("ticket", source.knowledge.cases[match.number].ticket.id)
                    $0.member("score", match.score)
                }
            }
        }
    }

    /// The question on standard input; what is too much of it is left out.
    private static func read() throws -> String {
        var bytes: [UInt8] = []
        var isCut = false
        try StandardInput.read(for: "suggest") { chunk in
            let room = mostText - bytes.count
            isCut = isCut || chunk.count > room
            bytes += chunk.prefix(room)
        }
        if isCut { StandardInput.say("casebook suggest: only the first \(mostText) bytes of the question are read") }
        let asked = String(decoding: bytes, as: UTF8.self)
        try check(asked)
        return asked
    }

    private static func check(_ question: String) throws {
        guard question.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("a question in words is needed")
        }
    }

    /// What the account that asks runs.
    private func environment(_ source: KnowledgeOptions.Source) throws -> [Article.EnvironmentFact] {
        guard let account else { return [] }
        let context = source.context
        guard
            context.accounts.contains(where: { $0.id == account })
                || context.deployments.contains(where: { $0.accounts.contains(account) })
        else {
            throw Program.casebook("suggest").failure("no account \(account)", EX_DATAERR)
        }
        return AccountEnvironments(context).facts(ofAccount: account, at: source.time)
    }

    private func forCustomers(_ store: TenantStore?) throws -> [Article] {
        try Program.casebook("suggest").reporting {
            try store?.articlesInUse(until: options.until).filter(\.answersCustomers) ?? []
        }
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
