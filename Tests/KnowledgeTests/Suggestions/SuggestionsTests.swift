import Knowledge
import Models
import Records
import Testing

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
