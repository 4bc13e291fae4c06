internal import Features
internal import Glibc
public import Records
internal import Statistics

/// Writes articles about groups of cases, of sentences that people have said.
///
/// Nothing is worded anew: each sentence stands word for word in the cases that it cites. Title and issue are the customers' own words, the resolution is
/// taken from what agents told customers and from resolution notes alone, the environment from structured fields and signatures. No word stands in an article that
/// fewer than ``leastCustomers`` customers have used.
public struct ArticleWriter: Sendable {
    /// The fewest cases that an article is made of.
    public static let leastCases = 3
    /// The words of the issue, beside the title.
    private static let issueWords = 32
    private static let titleWords = 12
    private static let keywords = 20
    /// The cases of a group that sentences are taken from, evenly spaced in time.
    private static let readCases = 100
    /// The share of what speaks for a solution from which another one is stated beside it.
    private static let comparableShare = 0.5
    /// The share of the words of a sentence that another case says, too, where it tells the same.
    private static let sameShare = 0.8
    /// The weeks before an article that say how many cases there will be.
    private static let recentWeeks = 12.0

    /// Why there is no article.
    public enum Refusal: Error, Hashable, CustomStringConvertible {
        /// So few cases.
        case fewCases(Int)
        /// So few customers, of whom an article would tell.
        case fewCustomers(Int)
        /// So few customers, as those of some of the cases are not known.
        case unknownCustomers(cases: Int, known: Int)
        /// No sentence says what the issue is without a word that points to somebody.
        case nothingCommon
        /// An article says the same already.
        case alreadyWritten(article: String)
        /// There was an article, and somebody took it out of use.
        case archived(article: String)

        /// The reason in words.
        public var description: String {
            switch self {
            case .fewCases(let count):
                "only \(count) case\(count == 1 ? "" : "s"), \(ArticleWriter.leastCases) are needed"
            case .fewCustomers(let count):
                "only \(count) customer\(count == 1 ? "" : "s"), whom an article would point to"
            case .unknownCustomers(let cases, let known):
                "\(known) customer\(known == 1 ? " is" : "s are") known, and of \(cases) case\(cases == 1 ? "" : "s") it is not, so that an article might point to one"
            case .nothingCommon: "no sentence says what it is about in words that enough customers have used"
            case .alreadyWritten(let article): "article \(article) says the same"
            case .archived(let article): "article \(article) was archived by a person"
            }
        }
    }

    /// An article, and what it would be good for.
    public struct Draft: Sendable, Hashable {
        /// The article.
        public var article: Article
        /// The numbers of the cases that it is about.
        public var cases: [Int]
        /// The hours a week until a solution is told that cases like these cost lately: what is there to be saved.
        public var hoursAWeek: Double
    }

    /// The fewest customers of a word.
    public let leastCustomers: Int
    let cases: [SupportCase]
    let index: CaseIndex
    let solutions: Solutions
    private let form: FormParts
    private let privacy: WordPrivacy
    private let commonWords: [Int32]

    /// Reads what may be said.
    ///
    /// - Parameters:
    ///   - cases: All cases of the desk.
    ///   - index: Their texts, under the same numbers.
    ///   - solutions: What resolved them.
    ///   - leastCustomers: The fewest customers that a word must have come from.
    public init(_ cases: [SupportCase], _ index: CaseIndex, _ solutions: Solutions, leastCustomers: Int = 3) {
        let words = CaseWords.all(cases)
        self.init(
            cases, index, solutions, FormParts(cases, words), WordPrivacy(cases, words, least: leastCustomers))
    }

    init(
        _ cases: [SupportCase], _ index: CaseIndex, _ solutions: Solutions, _ form: FormParts, _ privacy: WordPrivacy
    ) {
        self.cases = cases
        self.index = index
        self.solutions = solutions
        self.form = form
        self.privacy = privacy
        leastCustomers = privacy.least
        commonWords = index.commonWords()
    }

    /// Writes an article about some cases.
    ///
    /// - Parameters:
    ///   - members: The numbers of the cases, ascending.
    ///   - id: The id of the article.
    ///   - group: The id of the issue group.
    ///   - time: When it is written.
    public func write(
        about members: [Int], id: String, group: String, at time: Instant
    ) throws(Refusal) -> Draft {
        guard members.count >= Self.leastCases else { throw .fewCases(members.count) }
        let known = Set(members.compactMap { cases[$0].customer }).count
        let unknown = members.count { cases[$0].customer == nil }
        guard known + min(1, unknown) >= leastCustomers else {
            throw unknown == 0 ? .fewCustomers(known) : .unknownCustomers(cases: unknown, known: known)
        }
        let read = read(members)
        let weights = GroupTerms(
            members.map(index.terms), holders: index.holders, count: index.count)
        let titles = read.flatMap { number -> [SaidSentence] in
            let title = cases[number].ticket.subject.withoutMailPrefixes
            return form.tells(title: title) ? of(title, number, isWhole: true) : []
        }
        let sentences = read.flatMap { of(cases[$0].ticket.body, $0) }.filter { form.tells(line: $0.text) }
        var choice = SentenceChoice()
        guard let title = choice.best(titles, orElse: sentences, weights: weights.weights, words: Self.titleWords)
        else { throw .nothingCommon }
        let issue = choice.choose(from: sentences + titles, weights: weights.weights, budget: Self.issueWords)
        var article = Article(
            id: id, group: group, createdAt: time, title: title.text,
            issue: (issue.isEmpty ? [title] : issue).map { cited($0.text, in: read, by: customersSaid) })
        article.environment = environment(members)
        (article.resolution, article.otherResolution) = resolutions(members)
        // A title alone, such as one that is said of anything, helps nobody.
        guard !issue.isEmpty || !article.resolution.isEmpty else { throw .nothingCommon }
        article.cause = cause(read)
        article.keywords = keywords(weights, of: members, where: privacy.allows(word:))
        return Draft(article: article, cases: members, hoursAWeek: hoursAWeek(members, time))
    }

    /// The words that tell some cases from all others for the team, the most telling first; none that fewer than ``leastCustomers`` customers have used, unless the
    /// desk has no more.
    func label(of members: [Int]) -> [String] {
        let weights = GroupTerms(members.map(index.terms), holders: index.holders, count: index.count)
        return keywords(weights, of: members, where: privacy.allowsWithin(word:))
    }

    /// Whether a sentence may be told to the team of other customers than the one in whose case it stands;
    /// see ``WordPrivacy/allowsWithin(_:isCapitalTelling:)``.
    func mayTell(_ sentence: RedactedText, isCapitalTelling: @autoclosure () -> Bool) -> Bool {
        privacy.allowsWithin(sentence, isCapitalTelling: isCapitalTelling())
    }

    /// See ``WordPrivacy/namesOne(_:isCapitalTelling:)``.
    func namesOne(_ sentence: RedactedText, isCapitalTelling: Bool) -> Bool {
        privacy.namesOne(sentence, isCapitalTelling: isCapitalTelling)
    }

    private func keywords(_ weights: GroupTerms, of members: [Int], where isAllowed: (String) -> Bool) -> [String] {
        var words: [String] = []
        var unspaced: UnspacedWords?
        for term in weights.leading(.max, where: { commonWords[Int($0)] >= 0 }) where words.count < Self.keywords {
            let word = index.lexicon.word(commonWords[Int(term)])
            // A letter is a piece of a word that a sign parts.
            guard word.unicodeScalars.count > 1 else { continue }
            guard UnspacedWords.isPiece(word) else {
                if isAllowed(word) { words.append(word) }
                continue
            }
            let texts = unspaced ?? UnspacedWords(read(members).map(customersSaid))
            unspaced = texts
            if let whole = texts.word(around: word, where: isAllowed), !words.contains(where: { $0.contains(whole) }) {
                words.append(whole)
            }
        }
        return words
    }

    /// The cases of a group that are read.
    private func read(_ members: [Int]) -> [Int] {
        let count = min(members.count, Self.readCases)
        return (0..<count).map { members[$0 * members.count / count] }
    }

    private func of(_ text: RedactedText, _ member: Int, isWhole: Bool = false) -> [SaidSentence] {
        SaidSentence.of(text, member: member, isWhole: isWhole, isOpening: true, index.lexicon, privacy)
    }

    /// The same for what agents said: the index knows the words of customers alone.
    private func ofAgents(
        _ text: RedactedText, _ member: Int, isWhole: Bool = false,
        where isWanted: (RedactedText) -> Bool = { _ in true }
    ) -> [SaidSentence] {
        SaidSentence.of(
            text, member: member, isWhole: isWhole, isOpening: false, privacy.lexicon, privacy, where: isWanted)
    }

    private func customersSaid(_ number: Int) -> [RedactedText] {
        [cases[number].ticket.subject, cases[number].ticket.body]
    }

    private func agentsSaid(_ number: Int) -> [RedactedText] {
        [cases[number].ticket.resolution]
            + cases[number].messages.filter { $0.side == .agent && $0.isPublic }.map(\.text)
    }

    /// A sentence with all cases among some in which it stands word for word.
    private func cited(
        _ text: RedactedText, in members: [Int], by said: (Int) -> [RedactedText]
    ) -> Article.Sentence {
        Article.Sentence(
            text: text,
            tickets: members.filter { number in said(number).contains { $0.withoutMarkup.holds(text) } }.map {
                cases[$0].ticket.id
            })
    }

    /// The facts that enough customers have in common, the signatures of their logs among them.
    func environment(_ members: [Int]) -> [Article.EnvironmentFact] {
        var customers: [Article.EnvironmentFact: (accounts: Set<String>, cases: Int)] = [:]
        var ofField: [String: Int] = [:]
        for number in members {
            let signatures = cases[number].signatures.map { (Article.EnvironmentFact.signature, $0) }
            let facts = cases[number].environment.map { ($0.field, $0.value) } + signatures
            for fact in Set(facts.map { Article.EnvironmentFact(field: $0.0, value: $0.1, cases: 0) }) {
                customers[fact, default: ([], 0)].accounts.insert(cases[number].customer ?? "")
                customers[fact]?.cases += 1
            }
            for field in Set(facts.map(\.0)) { ofField[field, default: 0] += 1 }
        }
        return customers.filter { fact, seen in
            // A tenth of the cases is more than what a neighbour's ticket in the wrong group brings in.
            privacy.allows(customers: seen.accounts.count) && 10 * seen.cases >= ofField[fact.field] ?? 0
        }.map { Article.EnvironmentFact(field: $0.key.field, value: $0.key.value, cases: $0.value.cases) }
            .sorted { ($0.field, -$0.cases, $0.value) < ($1.field, -$1.cases, $1.value) }
    }

    /// What lastingly resolved the most cases, and what resolved nearly as many, but for what was given up and for what is forbidden by what has for the
    /// most part been told since; nothing where no two cases agree.
    private func resolutions(_ members: [Int]) -> (first: [Article.Sentence], other: [Article.Sentence]) {
        var tellers: [Int: [Int]] = [:]
        for number in members {
            if let solution = solutions.ofCase[number] { tellers[solution, default: []].append(number) }
        }
        let ranked = StandingSolution.all(tellers, index.vectors).filter { $0.tellers.count >= 2 }.map { one in
            (
                solution: one.solution, tellers: one.tellers,
                promise: Double(one.support) * solutions.successRate(of: one.solution)
            )
        }.sorted { (-$0.promise, $0.solution) < (-$1.promise, $1.solution) }
        let orders = ranked.map { one in Prohibition(one.tellers.last.flatMap(solutions.text) ?? RedactedText()) }
        let standing = ranked.indices.filter { place in
            guard let end = ranked[place].tellers.last.map(openedAt) else { return false }
            return !ranked.indices.contains { other in
                let tellers = ranked[other].tellers
                return openedAt(tellers[tellers.count / 2]) > end && orders[other].forbids(orders[place])
            }
        }.map { ranked[$0] }
        let least = Self.comparableShare * (standing.first?.promise ?? 0)
        var stated: [[Article.Sentence]] = []
        for one in standing where one.promise >= least && stated.count < 2 {
            let told = sentences(toldBy: one.tellers)
            if !told.isEmpty { stated.append(told) }
        }
        return (stated.first ?? [], stated.dropFirst().first ?? [])
    }

    /// When a case was opened, in seconds.
    private func openedAt(_ number: Int) -> Double { cases[number].ticket.openedAt.seconds }

    /// A solution as the case tells it that agrees best with the others.
    private func sentences(toldBy tellers: [Int]) -> [Article.Sentence] {
        let tellers = Array(tellers.suffix(Self.readCases))
        let told = tellers.map { number in
            (solutions.toldPublicly(number)?.sentences ?? []).flatMap { ofAgents($0, number, isWhole: true) }
        }
        var holders: [Int32: Int] = [:]
        for sentences in told {
            for term in Set(sentences.flatMap(\.terms)) { holders[term, default: 0] += 1 }
        }
        // What no other case tells as a whole is about its own: answers in one form of words may send each customer elsewhere.
        let terms = told.map { Set($0.flatMap(\.terms)) }
        var isCommon: [RedactedText: Bool] = [:]
        let common = told.map { sentences in
            sentences.filter { sentence in
                if let known = isCommon[sentence.text] { return known }
                let least = Self.sameShare * Double(sentence.terms.count)
                func tells(_ terms: Set<Int32>) -> Bool { Double(sentence.terms.count(where: terms.contains)) >= least }
                let isTold = terms.firstIndex(where: tells).map { terms[($0 + 1)...].contains(where: tells) } ?? false
                isCommon[sentence.text] = isTold
                return isTold
            }
        }
        let chosen =
            common.enumerated().max { left, right in
                agreement(left.element, holders) < agreement(right.element, holders)
            }?.element ?? []
        return chosen.map { cited($0.text, in: tellers, by: agentsSaid) }
    }

    /// How many others say what some sentences do, for each of their terms; longer texts say more.
    private func agreement(_ sentences: [SaidSentence], _ holders: [Int32: Int]) -> Double {
        let terms = Set(sentences.flatMap(\.terms))
        let shared = terms.reduce(0) { $0 + Double((holders[$1] ?? 1) - 1) }
        return shared / Double(max(1, terms.count)).squareRoot()
    }

    /// Why, as agents say it: the sentence about a cause that agrees best with others.
    private func cause(_ members: [Int]) -> [Article.Sentence] {
        let sentences = members.flatMap { number in
            agentsSaid(number).flatMap { ofAgents($0, number, where: CausalWords.speak) }
        }
        var holders: [Int32: Set<Int>] = [:]
        for sentence in sentences {
            for term in sentence.terms { holders[term, default: []].insert(sentence.member) }
        }
        func support(_ sentence: SaidSentence) -> Double {
            let shared = sentence.terms.count { holders[$0]?.count ?? 0 > 1 }
            return 2 * shared > sentence.terms.count ? Double(shared) / Double(sentence.terms.count).squareRoot() : 0
        }
        guard let best = sentences.max(by: { support($0) < support($1) }), support(best) > 0 else { return [] }
        return [cited(best.text, in: members, by: agentsSaid)]
    }

    /// The hours a week until a solution is told that some cases cost lately; 0 for none.
    func hoursAWeek(_ members: [Int], _ time: Instant) -> Double {
        let since = time.seconds - Self.recentWeeks * 7 * 86_400
        let recent = members.count { cases[$0].ticket.openedAt.seconds > since && cases[$0].ticket.openedAt <= time }
        let hours = members.compactMap { number -> Double? in
            guard let end = solutions.told(number)?.saidAt ?? cases[number].ticket.resolvedAt else { return nil }
            return max(0, end.seconds - cases[number].ticket.openedAt.seconds) / 3_600
        }
        guard !hours.isEmpty else { return 0 }
        let typical = exp(hours.reduce(0) { $0 + log1p($1) } / Double(hours.count)) - 1
        return Double(recent) / Self.recentWeeks * typical
    }
}
