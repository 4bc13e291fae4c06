@_spi(Stored) import Records
import Storage

/// What the team of ``StoredDesk`` has written and learnt.
enum StoredKnowledge {
    static func after(_ seconds: Double) -> Instant { Instant(seconds: StoredDesk.time.seconds + seconds) }

    static func sentence(_ text: String, _ tickets: String...) -> Article.Sentence {
        Article.Sentence(text: RedactedText(stored: text), tickets: tickets)
    }

    static func message(
        _ ticket: String, _ seconds: Double, _ side: Interaction.Side, _ author: String, _ text: String
    ) -> Interaction {
        Interaction(
            ticket: ticket, time: after(seconds), side: side, isPublic: side != .system, channel: "email",
            author: author, text: RedactedText(stored: text))
    }

    static let interactions = [
        message("T1", 10, .customer, "person-1", "The plumbago export hangs."),
        message("T1", 20, .agent, "agent-3", "Please restart the quartzite worker!"),
        message("T2", 70, .customer, "person-2", "Our export hangs"),
        message("T2", 80, .system, "", "received, like that of Zyxwvut Sails"),
        message("T2", 90, .agent, "agent-3", "restart the quartzite worker"),
    ]

    static let article = Article(
        id: "A1", state: .notValidated, audience: .everyone, group: "g-1", createdAt: StoredDesk.time,
        updatedAt: after(5), title: RedactedText(stored: "Plumbago export hangs"),
        issue: [sentence("the plumbago export hangs", "T1"), sentence("export hangs", "T1", "T2")],
        environment: [
            Article.EnvironmentFact(field: "version", value: "1.2", cases: 2),
            Article.EnvironmentFact(field: "component", value: "api", cases: 1),
        ],
        cause: [sentence("It is slow", "T1")], resolution: [sentence("Restart the quartzite worker.", "T1", "T2")],
        keywords: ["plumbago", "export"])

    static let agents = [
        Agent(id: "agent-3", group: "web", since: after(-900), until: after(-600)),
        Agent(id: "agent-3", group: "web", since: after(-600)),
        Agent(id: "agent-4"),
    ]

    static let uses = [
        ArticleUse(article: "A1", time: after(300), kind: .viewed),
        ArticleUse(article: "A1", time: after(200), kind: .linked, ticket: "T1"),
        ArticleUse(article: "A1", time: after(200), kind: .solved, ticket: "T2"),
    ]

    static let memberships = [
        GroupMembership(ticket: "T2", group: "g-1", time: after(100)),
        GroupMembership(ticket: "T1", group: "g-1", time: after(100)),
    ]

    static let decisions = [
        GroupDecision(kind: .mustLink, "T1", "T2", time: after(500), actor: "agent-4"),
        GroupDecision(kind: .cannotLink, "T3", "T1", time: after(400)),
        GroupDecision(kind: .cannotLink, "T2", "T3", time: after(400)),
    ]

    static let outcomes = [
        ModelOutcome(
            model: "resolution-time", version: 2, ticket: "T2", time: after(65), hours: 1.5, lower: 0.25,
            upper: .infinity),
        ModelOutcome(
            model: "resolution-time", version: 2, ticket: "T1", time: after(5), hours: 4, lower: 1, upper: 9),
        ModelOutcome(model: "baseline", version: 1, ticket: "T1", time: after(5), hours: 8, lower: 2, upper: 80),
    ]

    /// A store that holds the desk and all of this.
    static func store(at path: String? = nil, articles: [Article] = [article]) throws -> TenantStore {
        let store = try StoredDesk.store(at: path)
        try store.keep(interactions, source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        try store.keep(agents, date: StoredDesk.time, by: StoredDesk.entry())
        try store.keep(articles, by: StoredDesk.entry(.wroteArticles))
        try store.keep(uses, by: StoredDesk.entry(.usedArticles))
        try store.keep(memberships, by: StoredDesk.entry(.grouped))
        try store.keep(decisions, by: StoredDesk.entry(.decided))
        try store.keep(outcomes, by: StoredDesk.entry(.predicted))
        return store
    }
}
