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

    @Test func `what a web form puts into all tickets is not compared`() {
        var cases = DeskOfTests.cases
        for number in cases.indices {
            cases[number].ticket.subject = "New request from the portal"
            cases[number].ticket.body = RedactedText(
                stringLiteral: """
                    Product: \(number % 2 == 0 ? "Alpha" : "Beta")
                    Description: \(cases[number].ticket.body.string)
                    I agree to the terms: yes
                    """)
        }
        for (text, one) in zip(DeskKnowledge(cases, at: DeskOfTests.end).texts, DeskOfTests.cases) {
            #expect(text.title.isEmpty && text.body.string.contains(one.ticket.body.string))
            #expect(!["portal", "Product", "Description", "agree"].contains { text.body.string.contains($0) })
        }
        // Where a ticket says nothing else it stays as it is.
        for number in cases.indices { cases[number].ticket.body = "" }
        let texts = DeskKnowledge(cases, at: DeskOfTests.end).texts
        #expect(texts.allSatisfy { $0.title == "New request from the portal" })
    }

    @Test func `memberships keep the ids of groups when older tickets come in`() {
        let later = DeskKnowledge(Array(DeskOfTests.cases.dropFirst(9)), at: DeskOfTests.end)
        let kept = Dictionary(uniqueKeysWithValues: later.memberships.map { ($0.ticket, $0.group) })
        #expect(Set(kept.keys) == Set(later.cases.map(\.ticket.id)))
        let all = DeskKnowledge(DeskOfTests.cases, memberships: kept, at: DeskOfTests.end)
        #expect(Set(all.groups.map(\.id)) == Set(later.groups.map(\.id)))
    }

    @Test func `an article whose group is gone is about the group of most of its tickets`() throws {
        let drafts = Self.knowledge.articles().drafts.map(\.article)
        var kept = drafts
        for place in kept.indices {
            kept[place].group = "gone-\(place)"
            kept[place].state = .validated
        }
        let book = Self.knowledge.articles(existing: kept)
        #expect(book.drafts.isEmpty && book.refused.isEmpty)
        for (place, draft) in drafts.enumerated() {
            let asked = CaseText(title: draft.title)
            let found = try #require(Self.knowledge.suggestions(kept).suggest(for: asked, count: 1).first)
            #expect(found.article.id == kept[place].id)
        }
        kept[0].state = .archived
        #expect(
            Self.knowledge.articles(existing: kept).refused.map(\.reason) == [.archived(article: kept[0].id)])
        let own = drafts[0]
        #expect(Self.knowledge.articles(existing: [kept[0], own]).drafts.allSatisfy { $0.article.group != own.group })
    }

    @Test func `what became of an article whose group is gone is told of the group of its tickets`() throws {
        var article = try #require(Self.knowledge.articles().drafts.first).article
        let told = Self.knowledge.followUps(of: [(article, DeskOfTests.day(20))], uses: [], now: DeskOfTests.end)
        article.group = "gone"
        let again = Self.knowledge.followUps(of: [(article, DeskOfTests.day(20))], uses: [], now: DeskOfTests.end)
        #expect(told.map(\.article.group) == again.map(\.article.group))
    }
}
