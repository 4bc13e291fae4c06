internal import Features
internal import Models
public import Records
internal import Statistics

/// How well articles that are written about groups of questions are found by other questions about the same.
public struct ArticleEvaluation: Sendable {
    /// The words of an article that are looked at.
    public static let wordBudget = 60

    /// The number of articles.
    public private(set) var articles = 0
    /// The labels that no article was written about.
    public private(set) var refused = 0
    /// The mean number of words of what is looked at.
    public private(set) var wordsMean = 0.0
    /// The share of the questions whose own article is the first found among all.
    public private(set) var findabilityAt1 = 0.0
    /// The share of the questions whose own article is among the first three.
    public private(set) var findabilityAt3 = 0.0
    /// The mean of one by the place of the own article.
    public private(set) var meanReciprocalRank = 0.0
    /// The same at the first place by BM25 alone.
    public private(set) var lexicalAt1 = 0.0
    /// The same for articles that were handed to the wrong groups, a control.
    public private(set) var wrongArticleAt1 = 0.0
    /// The same for one random question of each group, a control.
    public private(set) var randomQuestionAt1 = 0.0
    /// The same for all questions of each group, a control.
    public private(set) var allQuestionsAt1 = 0.0
    /// The share of the sentences that stand word for word in each case they cite.
    public private(set) var faithful = 0.0
    /// The area under the curve of the probability of an answer, between questions whose article exists and those whose article was taken away: every fourth by name.
    public private(set) var aurocNoArticle = 0.0
    /// The share of the articles that say the same as another.
    public private(set) var duplicateRate = 0.0

    /// Writes an article about each label of the known questions, and looks for them with the others.
    ///
    /// - Parameters:
    ///   - known: The questions that articles are made of; each counts as another customer's.
    ///   - asked: The questions that look for them. How articles are found is measured over those whose label is known, as in ``RetrievalEvaluation``: for the others there
    ///     is nothing to find. They count among those that no article answers.
    ///   - seed: Fixes what is drawn.
    public init(known: [IntentDescriptor.Question], asked: [IntentDescriptor.Question], seed: UInt64 = 1) {
        let cases = Self.cases(of: known)
        let index = CaseIndex(cases.map(CaseText.init), seed: seed)
        var ofLabel: [String: [Int]] = [:]
        for (number, question) in known.enumerated() { ofLabel[question.label, default: []].append(number) }
        let labels = ofLabel.keys.sorted()
        let drafts = Self.drafts(about: ofLabel, cases, index)
        refused = labels.count - drafts.count
        articles = drafts.count
        measureSentences(drafts.map(\.article), cases)
        let recurring = asked.filter { ofLabel[$0.label] != nil }
        measureFinding(drafts.map { ($0.label, Self.cut($0.article)) }, index, recurring)
        var generator = SplitMix64(seed: seed)
        let shuffled = drafts.shuffled(using: &generator)
        wrongArticleAt1 = Self.firstShare(
            zip(drafts, shuffled).map { ($0.label, Self.cut($1.article)) }, index, recurring)
        randomQuestionAt1 = Self.firstShare(
            labels.map { ($0, CaseText(body: known[(ofLabel[$0] ?? []).randomElement(using: &generator) ?? 0].text)) },
            index, recurring)
        allQuestionsAt1 = Self.firstShare(
            labels.map { label in
                (label, CaseText(body: RedactedText(joining: (ofLabel[label] ?? []).map { known[$0].text })))
            }, index, recurring)
        measureHonesty(labels, known, asked)
    }

    /// Writes an article about each label of some questions, as far as there is enough to say.
    ///
    /// - Parameters:
    ///   - known: The questions that articles are made of; each counts as another customer's.
    ///   - seed: Fixes what is drawn.
    public static func articles(about known: [IntentDescriptor.Question], seed: UInt64 = 1) -> [Article] {
        let cases = cases(of: known)
        let ofLabel = Dictionary(grouping: known.indices) { known[$0].label }
        return drafts(about: ofLabel, cases, CaseIndex(cases.map(CaseText.init), seed: seed)).map(\.article)
    }

    private static func cases(of known: [IntentDescriptor.Question]) -> [SupportCase] {
        known.enumerated().map { number, question in
            SupportCase(
                ticket: Ticket(
                    id: "\(number)", openedAt: Instant(seconds: Double(number)), account: "\(number)",
                    body: question.text))
        }
    }

    private static func drafts(
        about ofLabel: [String: [Int]], _ cases: [SupportCase], _ index: CaseIndex
    ) -> [(label: String, article: Article)] {
        let writer = ArticleWriter(cases, index, Solutions(cases, index))
        let time = Instant(seconds: Double(cases.count))
        return ofLabel.sorted { $0.key < $1.key }.compactMap { label, members in
            (try? writer.write(about: members, id: label, group: label, at: time)).map { (label, $0.article) }
        }
    }

    /// An article as it is looked for: its title, issue and keywords, up to ``wordBudget`` words.
    private static func cut(_ article: Article) -> CaseText {
        var left = wordBudget
        func take(_ text: RedactedText) -> RedactedText {
            var end = text.string.startIndex
            var wasBlank = true
            for index in text.string.indices {
                let isBlank = text.string[index].isWhitespace
                if wasBlank, !isBlank {
                    if left == 0 { break }
                    left -= 1
                }
                wasBlank = isBlank
                end = text.string.index(after: index)
            }
            return text[bytes: 0..<text.string.utf8.distance(from: text.string.startIndex, to: end)]
        }
        let title = take(article.title)
        let body = RedactedText(joining: article.issue.map { take($0.text) })
        return CaseText(title: title, body: body, keywords: Array(article.keywords.prefix(left)))
    }

    private mutating func measureSentences(_ articles: [Article], _ cases: [SupportCase]) {
        var ofCase: [String: SupportCase] = [:]
        for one in cases { ofCase[one.ticket.id] = one }
        (faithful, _) = ArticleFidelity.measure(articles, cases: ofCase)
        var index = CaseIndex()
        var doubled = 0
        for article in articles {
            if let same = index.search(article.comparedText, count: 1).first, same.score >= ArticleBook.sameLikeness {
                doubled += 1
            }
            index.add(article.comparedText)
        }
        duplicateRate = Double(doubled) / Double(max(1, articles.count))
    }

    private mutating func measureFinding(
        _ articles: [(label: String, text: CaseText)], _ cases: CaseIndex, _ asked: [IntentDescriptor.Question]
    ) {
        let words = articles.map { article in
            let texts = [article.text.title, article.text.body].map {
                $0.string.split(whereSeparator: \.isWhitespace).count
            }
            return Double(article.text.keywords.count + texts.reduce(0, +))
        }
        wordsMean = words.reduce(0, +) / Double(max(1, words.count))
        var index = CaseIndex(lexicon: cases.lexicon, space: cases.space)
        for article in articles { index.add(article.text) }
        var lexical = 0.0
        let answers = asked.map { question -> RankedAnswers? in
            let found = index.search(CaseText(body: question.text), count: articles.count)
            let byWords = found.max { ($0.likeness.containment, -$0.number) < ($1.likeness.containment, -$1.number) }
            if let byWords, articles[byWords.number].label == question.label { lexical += 1 }
            return RankedAnswers(ranked: found.map { articles[$0.number].label }, relevant: [question.label])
        }.compactMap(\.self)
        let measures = RankingMeasures(answers)
        findabilityAt1 = measures.answeredShare(within: 1)
        findabilityAt3 = measures.answeredShare(within: 3)
        meanReciprocalRank = measures.meanReciprocalRank
        lexicalAt1 = lexical / Double(max(1, asked.count))
    }

    private static func firstShare(
        _ articles: [(label: String, text: CaseText)], _ cases: CaseIndex, _ asked: [IntentDescriptor.Question]
    ) -> Double {
        var index = CaseIndex(lexicon: cases.lexicon, space: cases.space)
        for article in articles { index.add(article.text) }
        let right = asked.count { question in
            index.search(CaseText(body: question.text), count: 1).first.map { articles[$0.number].label }
                == question.label
        }
        return Double(right) / Double(max(1, asked.count))
    }

    private mutating func measureHonesty(
        _ labels: [String], _ known: [IntentDescriptor.Question], _ asked: [IntentDescriptor.Question]
    ) {
        let gone = Set(labels.enumerated().filter { $0.offset % 4 == 0 }.map(\.element))
        let kept = labels.filter { !gone.contains($0) }
        var position: [String: Int] = [:]
        for (place, label) in kept.enumerated() { position[label] = place }
        let articles = kept.map {
            Article(id: $0, createdAt: Instant(seconds: 0), title: RedactedText())
        }
        // Cases of the labels that are gone are gone too: nobody wrote of such a thing before.
        let left = known.filter { !gone.contains($0.label) }
        let texts = left.map { CaseText(body: $0.text) }
        let articleOfCase = left.map { position[$0.label] }
        let suggestions = Suggestions(texts, CaseIndex(texts), articles: articles, articleOfCase: articleOfCase)
        let scores = concurrently(asked.count, by: 64) { range in
            asked[range].map { suggestions.probabilityOfAnswer(to: CaseText(body: $0.text)) }
        }.flatMap(\.self)
        let scored = zip(asked, scores)
        // Nor is there one of what was asked for the first time.
        aurocNoArticle = DetectionMeasures.auroc(
            normal: scored.filter { position[$0.0.label] == nil }.map(\.1),
            anomalous: scored.filter { position[$0.0.label] != nil }.map(\.1))
    }
}
