internal import Features
public import Models
public import Records
internal import Statistics

/// Articles that answer a question in a customer's own words.
public struct Suggestions: Sendable {
    /// An article for a question.
    public struct Suggestion: Sendable, Hashable {
        /// The article.
        public var article: Article
        /// The probability that it answers, 0 to 1.
        public var probability: Double
    }

    /// The cases that are found for a question before votes are counted.
    private static let found = 60
    /// The past cases that are asked again to learn how sure an answer is.
    private static let asked = 4_000
    /// The parts in which answers are taken away.
    private static let folds = 4

    private let index: CaseIndex
    private let articles: [Article]
    private let articleOfCase: [Int?]
    /// How sure an answer is.
    public let model: AnswerModel

    /// Prepares suggestions.
    ///
    /// - Parameters:
    ///   - index: The texts of the desk's cases.
    ///   - articles: The articles that may be shown.
    ///   - articleOfCase: The position of the article that each case is about; nil for one that has none.
    ///   - model: How sure an answer is; learnt from the cases when nil.
    public init(_ index: CaseIndex, articles: [Article], articleOfCase: [Int?], model: AnswerModel? = nil) {
        precondition(articleOfCase.count == index.count, "each case is about an article or about none")
        self.index = index
        self.articles = articles
        self.articleOfCase = articleOfCase
        self.model = model ?? Self.learn(index, articleOfCase) ?? .prior(AnswerEvidence.count)
    }

    /// The articles for a question, the most probable first.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - count: The most that are given.
    ///   - least: The least probability of one; where none has it, nothing is suggested.
    public func suggest(for text: CaseText, count: Int, least: Double = 0) -> [Suggestion] {
        let matches = index.search(text, count: Self.found) { articleOfCase[$0] != nil }
        guard let evidence = AnswerEvidence(matches, answerOfCase: { articleOfCase[$0] }) else { return [] }
        let answered = model.probability(evidence.values)
        return evidence.ranking.prefix(count).map { answer, share in
            // The model speaks of the first; the others have what their votes are beside its.
            Suggestion(article: articles[answer], probability: answered * share / evidence.share)
        }.filter { $0.probability >= least }
    }

    /// The probability that any article answers a question; 0 where no case is found.
    public func probabilityOfAnswer(to text: CaseText) -> Double {
        suggest(for: text, count: 1).first?.probability ?? 0
    }

    /// Asks past cases again without themselves: for a quarter of the answers at a time, as if these did not exist.
    private static func learn(_ index: CaseIndex, _ answerOfCase: [Int?]) -> AnswerModel? {
        let known = answerOfCase.indices.filter { answerOfCase[$0] != nil }
        let count = min(asked, known.count)
        let questions = (0..<count).map { known[$0 * known.count / count] }
        let learnt = concurrently(questions.count, by: 64) { range in
            questions[range].flatMap { question -> [(evidence: [Double], isAnswered: Bool)] in
                let matches = index.search(index.question(about: question), count: 2 * found) { number in
                    number != question && answerOfCase[number] != nil
                }
                // Once as the desk is, once with the answer gone: as often as a fold of the answers would be.
                let fold = (answerOfCase[question] ?? 0) % folds
                return (0..<folds).compactMap { gone in
                    AnswerEvidence(matches) { number in
                        answerOfCase[number].flatMap { $0 % folds == gone ? nil : $0 }
                    }.map { ($0.values, gone != fold && $0.answer == answerOfCase[question]) }
                }
            }
        }.flatMap(\.self)
        return AnswerModel(evidence: learnt.map(\.evidence), isAnswered: learnt.map(\.isAnswered))
    }
}
