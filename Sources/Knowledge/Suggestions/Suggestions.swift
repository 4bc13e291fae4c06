internal import Features
public import Models
public import Records
internal import Statistics

/// Articles that answer a question in a customer's own words.
///
/// How sure an answer is, is learnt from past cases: an article answered one where it states the solution that the case told in the end, as far as solutions are known. Articles with
/// the same solution are one answer, for which the article stands that is about the most alike case. Past cases are about what the desk knows, and do not teach
/// what else people ask: of a question that resembles its nearest case less than past cases do, what was learnt is multiplied by the probability that the desk has met the
/// issue at all, see ``ChanceLikeness``.
public struct Suggestions: Sendable {
    /// An article for a question.
    public struct Suggestion: Sendable, Hashable {
        /// The article.
        public var article: Article
        /// The probability that it is the answer, 0 to 1; those of one question add up to at most 1.
        public var probability: Double
    }

    /// The cases that are found for a question before votes are counted.
    private static let found = 60
    /// The past cases that are asked again to learn how sure an answer is.
    private static let asked = 4_000

    private let index: CaseIndex
    private let articles: [Article]
    private let articleOfCase: [Int?]
    /// The first article of the same solution as that of each case.
    private let answerOfCase: [Int?]
    private let odds: PhraseOdds
    /// What is asked of each answer, in the latent space; nil where nothing differs there.
    private let places: ClassMeans?
    /// How sure an answer is.
    public private(set) var model: AnswerModel
    /// How like a case questions are that are about nothing.
    let chance: ChanceLikeness?

    /// Prepares suggestions.
    ///
    /// - Parameters:
    ///   - texts: The desk's cases.
    ///   - index: The index of the same texts.
    ///   - articles: The articles that may be shown.
    ///   - articleOfCase: The position of the article that each case is about; nil for one that has none.
    ///   - model: How sure an answer is; learnt from the cases when nil.
    public init(
        _ texts: [CaseText], _ index: CaseIndex, articles: [Article], articleOfCase: [Int?], model: AnswerModel? = nil
    ) {
        self.init(
            texts, index, articles: articles, articleOfCase: articleOfCase, solutions: nil, model: model, chance: nil)
    }

    /// The same, where it is known what resolved the cases and what the articles state.
    init(
        _ texts: [CaseText], _ index: CaseIndex, articles: [Article], articleOfCase: [Int?],
        solutions: StatedSolutions?, model: AnswerModel?, chance: ChanceLikeness?
    ) {
        precondition(articleOfCase.count == index.count, "each case is about an article or about none")
        self.index = index
        self.articles = articles
        self.articleOfCase = articleOfCase
        let answers = solutions?.answers ?? Array(articles.indices)
        answerOfCase = articleOfCase.map { $0.map { answers[$0] } }
        let phrases = concurrently(texts.count, by: 256) { range in
            range.map { articleOfCase[$0] == nil ? [] : PhraseOdds.phrases(of: texts[$0]) }
        }.flatMap(\.self)
        odds = PhraseOdds(phrases, answerOfCase: answerOfCase, answers: articles.count)
        places = ClassMeans(answerOfCase, classes: articles.count, dimensions: index.vectors.dimensions) {
            index.vectors[$0]
        }
        self.chance = chance ?? ChanceLikeness(index)
        self.model = .prior(AnswerEvidence.count)
        // Without articles there is nothing to be sure of.
        if let learnt = model ?? (articles.isEmpty ? nil : learnt(texts, solutions)) { self.model = learnt }
    }

    /// The articles for a question, the most probable first.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - count: The most that are given.
    ///   - least: The least probability of one; where none has it, nothing is suggested.
    public func suggest(for text: CaseText, count: Int, least: Double = 0) -> [Suggestion] {
        suggest(for: text, from: index.look(for: text), count: count, least: least)
    }

    /// The same, for a question that was looked for in the index already.
    public func suggest(for text: CaseText, from search: CaseSearch, count: Int, least: Double = 0) -> [Suggestion] {
        let matches = search.best(Self.found) { articleOfCase[$0] != nil }
        guard let evidence = evidence(for: text, matches, from: search) else { return [] }
        var answered = model.probability(evidence.values)
        if evidence.nearest < model.usualLikeness {
            answered *= chance?.probabilityMet(resemblance: evidence.nearest, terms: search.terms) ?? 1
        }
        let others = evidence.ranking.dropFirst().reduce(0) { $0 + $1.share }
        return evidence.ranking.prefix(count).enumerated().map { place, vote in
            // The model speaks of the first. A question has one answer: by their votes the others divide what is left, and have no more
            // than their votes are beside its.
            let probability =
                place == 0
                ? answered : min(answered * vote.share / evidence.share, (1 - answered) * vote.share / others)
            return Suggestion(
                article: articles[articleOfCase[vote.nearest] ?? vote.answer], probability: probability)
        }.filter { $0.probability >= least }
    }

    private func evidence(
        for text: CaseText, _ matches: [CaseMatch], from search: CaseSearch, leavingOut own: Int? = nil,
        withoutPart gone: Int? = nil
    ) -> AnswerEvidence? {
        let phrases = PhraseOdds.phrases(of: text)
        return AnswerEvidence(
            matches, answerOfCase: { answerOfCase[$0] },
            reading: { odds.reading(of: phrases, for: $0, leavingOut: own, withoutPart: gone) },
            squares: { answers in
                places?.squares(of: search.place, from: answers, leavingOut: own) ?? answers.map { _ in 0 }
            }, dimensions: search.place.count)
    }

    /// The probability that any article answers a question; 0 where no case is found.
    public func probabilityOfAnswer(to text: CaseText) -> Double {
        suggest(for: text, count: 1).first?.probability ?? 0
    }

    /// Asks past cases again without themselves, those that no article is about too, and every fourth of them as if a quarter of the answers, its own among
    /// them, did not exist.
    private func learnt(_ texts: [CaseText], _ solutions: StatedSolutions?) -> AnswerModel? {
        let known = answerOfCase.indices.filter { answerOfCase[$0] != nil || solutions?.ofCase[$0] != nil }
        let count = min(Self.asked, known.count)
        let questions = (0..<count).map { known[$0 * known.count / count] }
        let learnt = concurrently(count, by: 64) { range in
            range.compactMap { place -> (evidence: [Double], isAnswered: Bool, isWhole: Bool)? in
                let question = questions[place]
                let own = answerOfCase[question]
                let gone = place % 4 == 0 ? (own ?? 0) % PhraseOdds.parts : nil
                let search = index.look(for: index.question(about: question))
                let matches = search.best(Self.found) { number in
                    guard number != question, let answer = answerOfCase[number] else { return false }
                    return answer % PhraseOdds.parts != gone
                }
                let found = evidence(
                    for: texts[question], matches, from: search, leavingOut: own, withoutPart: gone)
                guard let found, let article = articleOfCase[found.ranking[0].nearest] else { return nil }
                let isAbout = articleOfCase[question] == article
                let isAnswered =
                    solutions.map { $0.does(article, answer: question, isAbout: isAbout) }
                    ?? (found.answer == own)
                return isAnswered.map { (found.values, $0, gone == nil) }
            }
        }.flatMap(\.self)
        return AnswerModel(
            evidence: learnt.map(\.evidence), isAnswered: learnt.map(\.isAnswered),
            likenesses: learnt.filter(\.isWhole).map { $0.evidence[0] })
    }
}
