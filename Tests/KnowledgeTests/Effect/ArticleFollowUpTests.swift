import Knowledge
import Records
import Testing

struct ArticleFollowUpTests {
    private static let now = DeskOfTests.day(250)

    /// The desk of tests, whose cases about the printer came with a signature, and further ones.
    private func knowledge(_ later: SupportCase...) -> DeskKnowledge {
        var cases = DeskOfTests.cases
        for number in DeskOfTests.members(0) { cases[number].signatures = ["5e01"] }
        return DeskKnowledge(cases + later, at: Self.now)
    }

    private func vanished(_ article: Article, in knowledge: DeskKnowledge) throws -> [String] {
        let followUps = knowledge.followUps(
            of: [(article: article, publishedAt: DeskOfTests.day(60))], uses: [], now: Self.now)
        return try #require(followUps.first).staleness.compactMap {
            if case .vanished(let field, _, _) = $0 { field } else { nil }
        }
    }

    @Test func `an article whose signatures have not been seen for long is stale`() throws {
        let knowledge = knowledge()
        let drafts = knowledge.articles().drafts.map(\.article)
        let article = try #require(drafts.first { DeskOfTests.printer.titles.contains($0.title) })
        #expect(try vanished(article, in: knowledge).contains("signature"))
        var late = DeskOfTests.supportCase("late", day: 249)
        late.signatures = ["5e01"]
        #expect(try !vanished(article, in: self.knowledge(late)).contains("signature"))
    }

    @Test func `an article of a knowledge base is about the signatures of its tickets' issue`() throws {
        let knowledge = knowledge()
        let published = ArticlePublication(
            id: "KB1", publishedAt: DeskOfTests.day(60), title: "Empty pages", tickets: ["T0", "T3"])
        let article = knowledge.article(of: published)
        #expect(article.environment.contains { ($0.field, $0.value) == ("signature", "5e01") })
        #expect(try vanished(article, in: knowledge).contains("signature"))
    }
}
