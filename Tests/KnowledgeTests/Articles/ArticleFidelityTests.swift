import Knowledge
import Records
import Testing

struct ArticleFidelityTests {
    private let cases = [
        "1": DeskOfTests.supportCase("1", note: "Install the driver again."),
        "2": DeskOfTests.supportCase(
            "2", messages: [DeskOfTests.message(.customer, hours: 1, "I turned it off and on.")]),
    ]

    private func article(
        issue: [Article.Sentence] = [], resolution: [Article.Sentence] = []
    ) -> Article {
        Article(id: "K", createdAt: DeskOfTests.end, title: "", issue: issue, resolution: resolution)
    }

    private let said = Article.Sentence(
        text: "All documents come out of the printer as empty pages.", tickets: ["1", "2"])
    private let solution = Article.Sentence(text: "Install the driver again.", tickets: ["1"])

    @Test func `sentences that stand in all cases they cite are faithful`() {
        let found = ArticleFidelity.measure([article(issue: [said], resolution: [solution])], cases: cases)
        #expect(found.faithful == 1 && found.fromAgents == 1)
        let none = ArticleFidelity.measure([article()], cases: cases)
        #expect(none.faithful == 1 && none.fromAgents == 1)
    }

    @Test(arguments: [
        Article.Sentence(text: "Buy another printer.", tickets: ["1"]),
        Article.Sentence(text: "Install the driver again.", tickets: ["1", "2"]),
        Article.Sentence(text: "Install the driver again.", tickets: ["1", "gone"]),
        Article.Sentence(text: "Install the driver again.", tickets: []),
    ])
    func `an invented sentence, a wrong citation and none are found`(sentence: Article.Sentence) {
        let found = ArticleFidelity.measure([article(issue: [said, sentence, said, said])], cases: cases)
        #expect(found.faithful == 0.75)
    }

    @Test func `a resolution that a customer said is found`() {
        let customers = Article.Sentence(text: "I turned it off and on.", tickets: ["2"])
        let found = ArticleFidelity.measure([article(resolution: [solution, customers])], cases: cases)
        #expect(found.faithful == 1 && found.fromAgents == 0.5)
    }

    @Test func `the characters that leak are those of whole strings, wherever and however they stand, each once`() {
        var leaky = article(issue: [.init(text: "Ask at NORDWIND, or at Nordwind.", tickets: ["1"])])
        leaky.environment = [.init(field: "host", value: "acme-7", cases: 3)]
        let strings = ["Nordwind", "acme-7", "nord-west", "Ana"]
        #expect(ArticleFidelity.leakedCharacters(of: strings, in: [article(), leaky]) == 8 + 6)
        #expect(ArticleFidelity.leakedCharacters(of: strings, in: [article()]) == 0)
    }
}
