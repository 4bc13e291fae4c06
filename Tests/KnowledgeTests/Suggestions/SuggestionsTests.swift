import Models
import Records
import Testing

@testable import Knowledge

struct SuggestionsTests {
    private static let articles = DeskOfTests.issues.enumerated().map { number, issue in
        Article(id: "K-\(number)", createdAt: DeskOfTests.end, title: issue.titles[0])
    }
    private static let other = CaseText(
        title: "Invoice", body: "Why was value added tax charged twice on the invoice of March?")

    private func suggestions(without: Int? = nil) -> Suggestions {
        Suggestions(
            DeskOfTests.texts, CaseIndex(DeskOfTests.texts), articles: Self.articles,
            articleOfCase: DeskOfTests.labels.map { $0 == without ? nil : $0 })
    }

    @Test(arguments: 0..<3)
    func `the article about the question comes first, surer than for a question about something else`(
        issue: Int
    ) throws {
        let suggestions = suggestions()
        let text = CaseText(body: DeskOfTests.issues[issue].sentences[1])
        let found = suggestions.suggest(for: text, count: 3)
        let first = try #require(found.first)
        #expect(first.article.id == "K-\(issue)")
        #expect(found.map(\.probability) == found.map(\.probability).sorted(by: >))
        #expect(found.allSatisfy { $0.probability >= 0 && $0.probability <= 1 })
        #expect(suggestions.probabilityOfAnswer(to: text) == first.probability)
        #expect(first.probability > suggestions.probabilityOfAnswer(to: Self.other) + 0.2)
    }

    @Test(arguments: [(0, 1), (1, 2), (2, 0)])
    func `the probabilities of the answers to one question add up to at most 1`(one: Int, other: Int) throws {
        let text = CaseText(
            body: RedactedText(joining: [one, other].map { DeskOfTests.issues[$0].sentences[1] }))
        // One model that was learnt, and one that is sure of all that is found.
        for model in [nil, AnswerModel.prior(suggestions().model.count, even: 0)] {
            let suggestions = Suggestions(
                DeskOfTests.texts, CaseIndex(DeskOfTests.texts), articles: Self.articles,
                articleOfCase: DeskOfTests.labels, model: model)
            let found = suggestions.suggest(for: text, count: 3)
            #expect(found.count > 1)
            #expect(found.reduce(0) { $0 + $1.probability } <= 1 + 1e-12)
            #expect(found.map(\.probability) == found.map(\.probability).sorted(by: >))
            #expect(found.first?.probability == suggestions.probabilityOfAnswer(to: text))
        }
    }

    /// Suggestions of articles whose resolutions cite some cases, where it is known what each case told.
    private func suggestions(_ articles: [Article], articleOfCase: [Int?], told: [Int?]) -> Suggestions {
        var articles = articles
        for place in articles.indices {
            let own = articleOfCase.indices.filter { articleOfCase[$0] == place }.prefix(3)
            articles[place].resolution = [
                Article.Sentence(text: articles[place].title, tickets: own.map { "T\($0)" })
            ]
        }
        return Suggestions(
            DeskOfTests.texts, CaseIndex(DeskOfTests.texts), articles: articles, articleOfCase: articleOfCase,
            solutions: StatedSolutions(articles, DeskOfTests.cases, ofCase: told), model: nil, chance: nil)
    }

    @Test func `an article is less sure where cases of its group told something else`() throws {
        let text = CaseText(body: DeskOfTests.printer.sentences[1])
        func first(_ told: [Int?]) throws -> Double {
            let suggestions = suggestions(Self.articles, articleOfCase: DeskOfTests.labels, told: told)
            return try #require(suggestions.suggest(for: text, count: 1).first).probability
        }
        // The first three cases of each issue tell what its article states.
        let mixed = DeskOfTests.labels.enumerated().map { $0.offset / 3 % 5 < 3 ? $0.element : $0.element + 3 }
        #expect(try first(mixed) < first(DeskOfTests.labels) - 0.1)
        // The cases that told nothing change little.
        let silent = DeskOfTests.labels.enumerated().map { $0.offset / 3 % 5 < 3 ? $0.element : nil }
        #expect(try first(silent) > first(mixed) + 0.1)
    }

    @Test func `articles with the same resolution do not take each other's votes`() throws {
        let rival = Article(id: "K-3", createdAt: DeskOfTests.end, title: DeskOfTests.printer.titles[1])
        // Every second case about the printer is about another article, which states the same.
        let articleOfCase = DeskOfTests.labels.enumerated().map { $0.offset % 6 == 3 ? 3 : $0.element }
        let text = CaseText(body: DeskOfTests.printer.sentences[1])
        let parted = suggestions(Self.articles + [rival], articleOfCase: articleOfCase, told: DeskOfTests.labels)
        let one = suggestions(Self.articles, articleOfCase: DeskOfTests.labels, told: DeskOfTests.labels)
        let found = parted.suggest(for: text, count: 4)
        #expect(found.count { ["K-0", "K-3"].contains($0.article.id) } == 1)
        #expect(found.map(\.probability) == one.suggest(for: text, count: 4).map(\.probability))
    }

    @Test func `nothing is suggested below the least probability`() throws {
        let suggestions = suggestions()
        let text = CaseText(body: DeskOfTests.printer.sentences[1])
        let first = try #require(suggestions.suggest(for: text, count: 1).first).probability
        #expect(suggestions.suggest(for: text, count: 3, least: first).count == 1)
        #expect(suggestions.suggest(for: text, count: 3, least: first + 1e-9).isEmpty)
        #expect(suggestions.suggest(for: text, count: 0).isEmpty)
    }

    @Test func `an article that must not be shown is not suggested`() {
        let found = suggestions(without: 0).suggest(for: CaseText(body: DeskOfTests.printer.sentences[1]), count: 3)
        #expect(found.allSatisfy { $0.article.id != "K-0" })
    }

    @Test func `nothing is suggested where nothing is known or asked`() {
        let none = Suggestions([], CaseIndex(), articles: [], articleOfCase: [])
        #expect(none.suggest(for: Self.other, count: 3).isEmpty)
        #expect(none.probabilityOfAnswer(to: Self.other) == 0)
        #expect(suggestions().suggest(for: CaseText(), count: 3).isEmpty)
    }

    @Test func `the same desk gives the same probabilities, also with the model that was learnt before`() {
        let (one, other) = (suggestions(), suggestions())
        #expect(one.model == other.model)
        let stored = Suggestions(
            DeskOfTests.texts, CaseIndex(DeskOfTests.texts), articles: Self.articles,
            articleOfCase: DeskOfTests.labels, model: one.model)
        for text in DeskOfTests.texts.prefix(9) + [Self.other] {
            let found = one.suggest(for: text, count: 3)
            #expect(found == other.suggest(for: text, count: 3) && found == stored.suggest(for: text, count: 3))
        }
    }
}
