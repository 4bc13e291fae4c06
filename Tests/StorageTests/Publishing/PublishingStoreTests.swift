@_spi(Stored) import Records
import Storage
import Testing

@Suite("Published articles in a store")
struct PublishingStoreTests {
    private let article = PublishedArticle(
        base: "help", article: "A1", remote: "7", version: 2, revision: "r1", hash: "aa", sent: "bb", sentText: "cc",
        state: .published, conflict: "somebody has changed it there", publishedAt: StoredKnowledge.after(60))

    @Test func `what is known of an article comes back, and the last that was kept stands`() throws {
        let store = try StoredKnowledge.store()
        var other = article
        for state in PublishedArticle.State.allCases {
            (other.state, other.version, other.conflict) = (state, other.version + 1, "")
            try store.keep(other)
            #expect(try store.published(in: "help") == [other])
        }
        try store.keep(article, by: StoredDesk.entry(.published))
        #expect(try store.published(in: "help") == [article])
        #expect(try store.published(in: "wiki").isEmpty)
        #expect(try store.audit().last?.action == .published)
    }

    @Test func `an article that is forgotten in one base stays in another`() throws {
        let store = try StoredKnowledge.store()
        var other = article
        other.base = "wiki"
        try store.keep(article)
        try store.keep(other)
        try store.forget(article: "A1", in: "help", by: StoredDesk.entry(.published))
        #expect(try store.published(in: "help").isEmpty)
        #expect(try store.published(in: "wiki") == [other])
    }

    @Test func `a page outlives an article that an erasure removed, so that it can be retired`() throws {
        let store = try StoredKnowledge.store()
        try store.keep(article)
        for account in try store.customers().accounts.map(\.id) {
            _ = try store.erase(
                .account(account), redactor: #require(StoredDesk.redactor()), by: StoredDesk.entry(.erased))
        }
        #expect(try store.articles().isEmpty)
        #expect(try store.published(in: "help") == [article])
        #expect(try store.check().problems == [])
    }
}
