import Foundation
import GRDB
@_spi(Stored) import Records
import Storage
import Testing

@Suite("Erasing knowledge from a store")
struct KnowledgeErasureTests {
    private let folder: StoreFolder
    private let redactor: Redactor

    init() throws {
        folder = try StoreFolder()
        redactor = try #require(StoredDesk.redactor())
    }

    private func article(_ id: String, _ version: Int, _ issue: Article.Sentence...) -> Article {
        Article(id: id, version: version, createdAt: StoredDesk.time, title: issue[0].text, issue: issue)
    }

    /// `A1` as the tickets that are left know it.
    private func left(_ tickets: String...) -> Article {
        var article = StoredKnowledge.article
        article.title = RedactedText(stored: "export hangs")
        article.issue = [StoredKnowledge.sentence("export hangs", "T2")]
        article.cause = []
        article.resolution[0].tickets = tickets
        article.keywords = ["export"]
        return article
    }

    @Test func `with an account go its tickets' messages and all that is known from them alone`() throws {
        let store = try StoredKnowledge.store(at: folder.store)
        let receipt = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        let removed = receipt.removed
        #expect(removed["interactions"] == 2 && removed["citations"] == 4 && removed["sentences"] == 2)
        #expect(removed["keywords"] == 1 && removed["articles"] == nil && removed["articleUses"] == 1)
        #expect(removed["memberships"] == 1 && removed["groupDecisions"] == 2 && removed["outcomes"] == 2)
        #expect(try store.articles() == [left("T2")])
        #expect(try store.interactions().map(\.ticket) == ["T2", "T2", "T2"])
        #expect(try store.interactions()[1].text.string == "received, like that of <erased>")
        #expect(try store.uses() == [StoredKnowledge.uses[2], StoredKnowledge.uses[0]])
        #expect(try store.memberships() == [StoredKnowledge.memberships[0]])
        #expect(try store.groupDecisions() == [StoredKnowledge.decisions[2]])
        #expect(try store.outcomes() == [StoredKnowledge.outcomes[0]])
        #expect(try store.agents().count == 3)
        #expect(try store.check().problems == [])
        for trace in ["plumbago", "it is slow", "zyxwvut", "person-1", "acct-1"] {
            #expect(try !folder.holds(trace), "\(trace)")
        }
    }

    @Test func `a message that lost a name is not kept a second time with it`() throws {
        let store = try StoredKnowledge.store(at: folder.store)
        _ = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        try store.keep(StoredKnowledge.interactions, source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        #expect(try store.interactions().count == 3)
        #expect(try !folder.holds("zyxwvut"))
    }

    @Test func `with a person go the messages, and what articles have of these words, and what agents wrote stays`()
        throws
    {
        let store = try StoredKnowledge.store(at: folder.store)
        let unnamed = StoredKnowledge.message("T1", 15, .customer, "", "obsidian too")
        try store.keep([unnamed], source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        let receipt = try store.erase(.contact("person-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(receipt.removed["interactions"] == 2 && receipt.removed["citations"] == 3)
        #expect(receipt.removed["tickets"] == nil && receipt.removed["outcomes"] == nil)
        #expect(try store.articles() == [left("T1", "T2")])
        #expect(try store.interactions() == Array(StoredKnowledge.interactions[1...]))
        #expect(try store.memberships().count == 2 && store.uses().count == 3)
        #expect(try store.check().problems == [])
        for trace in ["plumbago", "obsidian", "it is slow", "person-1"] {
            #expect(try !folder.holds(trace), "\(trace)")
        }
    }

    @Test func `a person who wrote in another's ticket leaves the rest of it`() throws {
        let store = try StoredKnowledge.store(at: folder.store)
        _ = try store.erase(.contact("person-2"), redactor: redactor, by: StoredDesk.entry(.erased))
        var known = StoredKnowledge.article
        known.issue[1].tickets = ["T1"]
        #expect(try store.articles() == [known])
        #expect(try store.interactions(ofTicket: "T2") == Array(StoredKnowledge.interactions[3...]))
        #expect(try store.tickets(.account("acct-2")) == [StoredDesk.tickets[1]])
    }

    @Test func `every version loses what nobody says any more, and one that is left empty goes with those it replaced`()
        throws
    {
        let plumbago = StoredKnowledge.sentence("the plumbago export hangs", "T1", "T1")
        let other = StoredKnowledge.sentence("our export hangs", "T2")
        let byHand = article("A5", 1, StoredKnowledge.sentence("ask Zyxwvut Sails"))
        let store = try StoredKnowledge.store(
            at: folder.store,
            articles: [
                StoredKnowledge.article, article("A2", 1, plumbago), article("A3", 1, plumbago, other),
                article("A3", 2, plumbago), article("A4", 1, plumbago), article("A4", 2, other, plumbago), byHand,
            ])
        let viewed = ["A2", "A3", "A4"].map { ArticleUse(article: $0, time: StoredDesk.time, kind: .viewed) }
        try store.keep(viewed, by: StoredDesk.entry(.usedArticles))
        let receipt = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(receipt.removed["articles"] == 4)
        #expect(try store.articles().map(\.id) == ["A1", "A4", "A5"])
        #expect(try store.versions(ofArticle: "A3").isEmpty)
        #expect(try store.versions(ofArticle: "A4") == [article("A4", 2, other)])
        // A sentence that never cited anybody has lost nothing but the name.
        #expect(try store.articles().last?.issue == [StoredKnowledge.sentence("ask <erased>")])
        #expect(try store.articles().last?.title.string == "ask <erased>")
        #expect(try Set(store.uses().map(\.article)) == ["A1", "A4"])
        #expect(try store.check().problems == [])
        for trace in ["plumbago", "zyxwvut"] { #expect(try !folder.holds(trace), "\(trace)") }
    }

    @Test func `of a title nothing stays that only a lost sentence said, though no ticket says it`() throws {
        var loose = article(
            "A7", 1, StoredKnowledge.sentence("their feldspar leaks", "T1"), StoredKnowledge.sentence("told them", "T2")
        )
        loose.keywords = ["leaks", "told"]
        let store = try StoredKnowledge.store(at: folder.store, articles: [StoredKnowledge.article, loose])
        _ = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        let left = try #require(try store.articles().last)
        #expect(left.title.string == "told them" && left.keywords == ["told"])
        #expect(try !folder.holds("feldspar"))
    }

    @Test func `names go from every text of articles, agents and decisions`() throws {
        let store = try StoredKnowledge.store(at: folder.store)
        var named = article("A6", 1, StoredKnowledge.sentence("Zyxwvut Sails waits", "T2"))
        named.environment = [Article.EnvironmentFact(field: "workspace", value: "yachts.example", cases: 1)]
        named.keywords = ["zyxwvut sails"]
        try store.keep([named], by: StoredDesk.entry(.wroteArticles))
        try store.keep(
            [Agent(id: "zelda@yachts.example", group: "for acct-1")], date: StoredDesk.time, by: StoredDesk.entry())
        try store.keep(
            [GroupDecision(kind: .undo, "T2", "T3", time: StoredDesk.time, actor: "zelda@yachts.example")],
            by: StoredDesk.entry(.decided))
        let said = StoredKnowledge.message("T2", 95, .agent, "acct-1 bot", "hi")
        try store.keep([said], source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        _ = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(try store.articles().last?.environment.first?.value == "<erased>")
        #expect(try store.articles().last?.keywords == ["<erased>"])
        #expect(try store.agents().contains(Agent(id: "<erased>", group: "for <erased>")))
        #expect(try store.groupDecisions().last?.actor == "<erased>")
        #expect(try store.interactions().last?.author == "<erased> bot")
        for trace in ["yachts", "zelda", "zyxwvut", "acct-1"] { #expect(try !folder.holds(trace), "\(trace)") }
    }

    @Test func `a word that messages of many accounts have is no name`() throws {
        let store = try StoredDesk.store(at: folder.store)
        let tickets = (4...6).map { Ticket(id: "T\($0)", openedAt: StoredDesk.time, account: "acct-\($0)") }
        let said = tickets.map { StoredKnowledge.message($0.id, 10, .agent, "", "the export") }
        try store.keep(
            CustomerContext(aliases: [AccountAlias(account: "acct-1", kind: "name", value: "export")]),
            tickets: tickets, interactions: said, source: "crm", date: StoredDesk.time, by: StoredDesk.entry())
        let receipt = try store.erase(.account("acct-1"), redactor: redactor, by: StoredDesk.entry(.erased))
        #expect(receipt.namesLeft == 1)
        #expect(try store.interactions().map(\.text.string) == ["the export", "the export", "the export"])
    }

    @Test func `what is too old goes with what is known from it alone`() throws {
        let store = try StoredKnowledge.store(at: folder.store)
        let later = StoredKnowledge.after(1_000)
        let entry = StoredDesk.entry(.removedOld)
        var receipt = try store.removeOlder(than: later, [.tickets], by: entry)
        #expect(receipt.removed["tickets"] == 1 && receipt.removed["interactions"] == 3)
        var known = StoredKnowledge.article
        known.issue[1].tickets = ["T1"]
        known.resolution[0].tickets = ["T1"]
        #expect(try store.articles() == [known])
        #expect(try store.interactions() == Array(StoredKnowledge.interactions[..<2]))
        #expect(try store.groupDecisions() == [StoredKnowledge.decisions[1]])
        #expect(try store.outcomes().map(\.ticket) == ["T1", "T1"])
        #expect(try store.memberships().map(\.ticket) == ["T1"])
        #expect(try !folder.holds("received, like"))
        receipt = try store.removeOlder(than: StoredKnowledge.after(250), [.uses, .agents], by: entry)
        #expect(receipt.removed == ["articleUses": 1, "agents": 1])
        #expect(try store.uses() == [StoredKnowledge.uses[0]])
        #expect(try store.agents().allSatisfy { $0.until == nil } && store.agents().count == 2)
        #expect(try store.check().problems == [])
    }

    @Test func `a receipt of a tenant counts what was known`() throws {
        var store: TenantStore? = try StoredKnowledge.store(at: folder.store)
        #expect(try store?.check().rows["articleSentence"] == 4)
        store = nil
        let removed = try TenantStore.destroy(path: folder.store, at: StoredDesk.time).removed
        #expect(removed["interaction"] == 5 && removed["agent"] == 3 && removed["article"] == 1)
        #expect(removed["articleUse"] == 3 && removed["groupMember"] == 2)
        #expect(removed["groupDecision"] == 3 && removed["outcome"] == 3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `uses of articles that are not there are told`() throws {
        let store = try StoredKnowledge.store(at: folder.store)
        try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "DELETE FROM article") }
        #expect(try store.check().problems == ["uses of articles that are not there: 3"])
    }
}
