import Knowledge
import Records
import Testing

struct DeskKnowledgeTests {
    private static let knowledge = DeskKnowledge(DeskOfTests.cases, at: DeskOfTests.end)

    @Test func `an archived article does not come back to the team as a draft`() throws {
        var articles = Self.knowledge.articlesForTeam(existing: [])
        articles[0].state = .archived
        let shown = Self.knowledge.articlesForTeam(existing: articles)
        #expect(shown == Array(articles.dropFirst()))
    }
}
