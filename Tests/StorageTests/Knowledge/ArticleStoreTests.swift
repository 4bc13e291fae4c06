@_spi(Stored) import Records
import Storage
import Testing

@Suite("Articles in a store")
struct ArticleStoreTests {
    private let article = StoredKnowledge.article

    private func second() -> Article {
        var second = article
        (second.version, second.state, second.updatedAt) = (2, .validated, StoredKnowledge.after(50))
        second.cause = []
        return second
    }

    @Test func `versions come back as they were kept, and the newest stands for the article`() throws {
        let store = try StoredDesk.store()
        let other = Article(
            id: "A0", createdAt: StoredDesk.time, title: RedactedText(stored: "by hand"),
            resolution: [StoredKnowledge.sentence("restart")])
        try store.keep([second(), article], by: StoredDesk.entry(.wroteArticles))
        try store.keep([other], by: StoredDesk.entry(.wroteArticles))
        #expect(try store.articles() == [other, second()])
        #expect(try store.articles(until: StoredKnowledge.after(49)).last == article)
        #expect(try store.articles(until: StoredKnowledge.after(50)).last == second())
        #expect(try store.versions(ofArticle: "A1") == [article, second()])
        #expect(try store.versions(ofArticle: "A2").isEmpty)
        #expect(try store.audit().map(\.action) == [.imported, .wroteArticles, .wroteArticles])
    }

    @Test func `ids of new articles are keyed where the store has a key`() throws {
        let plain = Article.id(ofGroup: "G-1", seal: nil)
        let keyed = try StoredDesk.store()
        #expect(keyed.articleID(ofGroup: "G-1") == keyed.articleID(ofGroup: "G-1"))
        #expect(keyed.articleID(ofGroup: "G-1") != plain)
        #expect(try TenantStore(inMemoryWith: nil).articleID(ofGroup: "G-1") == plain)
    }

    @Test func `a newer draft takes nothing out of use, and archiving does`() throws {
        let store = try StoredDesk.store()
        func keep(_ version: Int, _ state: Article.State) throws {
            let article = Article(
                id: "A0", version: version, state: state, createdAt: StoredDesk.time,
                title: RedactedText(stored: "by hand"))
            try store.keep([article], by: StoredDesk.entry(.wroteArticles))
        }
        var inUse: [Int?] = []
        let states: [Article.State] = [
            .draft, .notValidated, .draft, .validated, .draft, .archived, .draft, .validated,
        ]
        for (version, state) in states.enumerated() {
            try keep(version + 1, state)
            inUse.append(try store.articlesInUse().first?.version)
        }
        #expect(inUse == [nil, 2, 2, 4, 4, nil, nil, 8])
    }

    @Test func `what is in use at a moment is what was reviewed by then`() throws {
        let store = try StoredDesk.store()
        let states: [Article.State] = [.draft, .notValidated, .draft, .validated, .archived]
        for (place, state) in states.enumerated() {
            let article = Article(
                id: "A0", version: place + 1, state: state, createdAt: StoredKnowledge.after(0),
                updatedAt: StoredKnowledge.after(Double(place * 10)), title: RedactedText(stored: "by hand"))
            try store.keep([article], by: StoredDesk.entry(.wroteArticles))
        }
        let inUse = try [9, 10, 29, 30, 39, 40].map { second in
            try store.articlesInUse(until: StoredKnowledge.after(second)).first?.version
        }
        #expect(inUse == [nil, 2, 2, 4, 4, nil])
    }

    @Test func `a second resolution and signatures are kept with an article`() throws {
        let store = try StoredDesk.store()
        var both = article
        both.otherResolution = [StoredKnowledge.sentence("Restart the plumbago export.", "T2")]
        both.environment.append(.init(field: Article.EnvironmentFact.signature, value: "5e01", cases: 2))
        try store.keep([both], by: StoredDesk.entry(.wroteArticles))
        #expect(try store.articles() == [both])
    }

    @Test(arguments: 0..<8)
    func `a version is never rewritten, and may be kept again as it is`(change: Int) throws {
        let store = try StoredKnowledge.store()
        try store.keep([article, article], by: StoredDesk.entry(.wroteArticles))
        var other = article
        switch change {
        case 0: other.state = .archived
        case 1: other.audience = .internal
        case 2: other.title = RedactedText(stored: "another")
        case 3: other.issue[1].tickets.reverse()
        case 4: other.resolution[0].text = RedactedText(stored: "another")
        case 5: other.environment[0].cases = 3
        case 6: other.keywords.removeLast()
        default: other.updatedAt = StoredKnowledge.after(6)
        }
        #expect(throws: StorageError.different(file: "memory", kind: "version 1 of article", id: "A1")) {
            try store.keep([second(), other], by: StoredDesk.entry(.wroteArticles))
        }
        // Nothing of it is kept.
        #expect(try store.versions(ofArticle: "A1") == [article])
        #expect(
            StorageError.different(file: "f", kind: "version 1 of article", id: "A1").description
                == #"f: version 1 of article "A1" is kept with other content, and is never rewritten"#)
    }

    @Test func `a ticket that is cited must be there`() throws {
        let store = try StoredDesk.store()
        var stray = article
        stray.issue[0].tickets = ["T9"]
        #expect(throws: StorageError.unknown(file: "memory", kind: "ticket", id: "T9")) {
            try store.keep([stray], by: StoredDesk.entry(.wroteArticles))
        }
        #expect(try store.articles().isEmpty)
        stray = article
        stray.version = 0
        #expect(throws: StorageError.self) { try store.keep([stray], by: StoredDesk.entry(.wroteArticles)) }
    }

    @Test func `uses come back in the order of time, those of a ticket once`() throws {
        let store = try StoredKnowledge.store()
        let uses = StoredKnowledge.uses
        #expect(try store.uses() == [uses[1], uses[2], uses[0]])
        try store.keep(uses, by: StoredDesk.entry(.usedArticles))
        // Another reader without a ticket is another reader.
        #expect(try store.uses(ofArticle: "A1") == [uses[1], uses[2], uses[0], uses[0]])
        #expect(try store.uses(ofArticle: "A2").isEmpty)
        #expect(throws: StorageError.unknown(file: "memory", kind: "article", id: "A2")) {
            try store.keep(
                [ArticleUse(article: "A2", time: StoredDesk.time, kind: .viewed)], by: StoredDesk.entry(.usedArticles))
        }
        #expect(throws: StorageError.unknown(file: "memory", kind: "ticket", id: "T9")) {
            try store.keep(
                [ArticleUse(article: "A1", time: StoredDesk.time, kind: .linked, ticket: "T9")],
                by: StoredDesk.entry(.usedArticles))
        }
    }
}
