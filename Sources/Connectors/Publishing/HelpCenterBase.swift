internal import Records
internal import Synchronization

/// A section of a Zendesk Help Center in one language.
///
/// Title, text and draft belong to the translation of an article. An article that is published has no draft beside it: what is written
/// to it is public at once. Nothing guards a write, so the translation is read and compared right before. An article is found by a
/// label. What is retired is archived.
final class HelpCenterBase: KnowledgeBase {
    let markup = Markup.html
    let drafts = DraftKeeping.listed

    private let locale: String
    private let section: String
    private let isInternal: Bool
    private let connection: SystemConnection
    /// Who may edit and who may read new articles; what was asked for once.
    private let rights = Mutex<[String: JSON]?>(nil)

    /// Creates the way to a section.
    ///
    /// - Parameters:
    ///   - description: Its place is a locale, a slash and the id of the section.
    ///   - secret: The API token of the user; an OAuth token where the description names no user.
    ///   - clock: Tells the time.
    init(_ description: KnowledgeBaseDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        let parts = description.place.split(separator: "/").map(String.init)
        locale = SystemRequest.escaped(parts.first ?? "")
        section = SystemRequest.escaped(parts.last ?? "")
        isInternal = description.audience == .internal
        connection = SystemConnection(
            address: description.address,
            credentials: description.user.isEmpty
                ? .scheme("Bearer", secret: secret) : .basic(user: description.user + "/token", secret: secret),
            clock: clock, explain: ZendeskReason.read)
    }

    func page(_ id: String) async throws(SystemFault) -> KnowledgePage? {
        let answer = try await connection.send(
            SystemRequest("GET", path(id, "translations/\(locale)")), accepting: [404])
        guard answer.status != 404 else { return nil }
        return try Self.page(id, try answer.json["translation"])
    }

    func look(for key: String, titled title: String) async throws(SystemFault) -> PageThere {
        let json = try await connection.send(
            SystemRequest(
                "GET", "/api/v2/help_center/\(locale)/articles",
                query: [.init("label_names", Self.label(key)), .init("per_page", "100")])
        ).json
        guard case .list(let articles) = json["articles"] else { throw .unreadable("the answer holds no articles") }
        for article in articles where article["label_names"].items.contains(.text(Self.label(key))) {
            if let id = article["id"].identifier, let page = try await page(id) { return .page(page) }
        }
        return .nothing
    }

    func create(_ text: PageText, as state: KnowledgePage.State) async throws(SystemFault) -> KnowledgePage {
        var article = try await rightsOfNewArticles()
        article["title"] = .text(text.title)
        article["body"] = .text(text.body)
        article["locale"] = .text(locale)
        article["draft"] = .flag(state == .draft)
        article["label_names"] = [.text(Self.label(text.key))]
        let json = try await connection.send(
            SystemRequest(
                "POST", "/api/v2/help_center/\(locale)/sections/\(section)/articles",
                body: .json(["article": .object(article), "notify_subscribers": false]))
        ).json["article"]
        guard let id = json["id"].identifier else { throw .unreadable("the answer holds no article") }
        return try await written(id)
    }

    /// The article as it reads after a write, which may have changed its markup.
    private func written(_ id: String) async throws(SystemFault) -> KnowledgePage {
        guard let page = try await page(id) else { throw .unreadable("article \(id) is not there") }
        return page
    }

    func update(
        _ page: KnowledgePage, to text: PageText, as state: KnowledgePage.State
    ) async throws(SystemFault) -> KnowledgePage {
        guard try await self.page(page.id) == page else { throw .stale }
        let translation: JSON = ["title": .text(text.title), "body": .text(text.body), "draft": .flag(state == .draft)]
        _ = try await connection.send(
            SystemRequest("PUT", path(page.id, "translations/\(locale)"), body: .json(["translation": translation])))
        return try await written(page.id)
    }

    func retire(_ page: KnowledgePage, key: String) async throws(SystemFault) {
        guard let now = try await self.page(page.id) else { return }
        guard now == page else { throw .stale }
        _ = try await connection.send(SystemRequest("DELETE", path(page.id)), accepting: [404])
    }

    /// Who may edit a new article, and who may read it: the team alone where the knowledge base is internal.
    private func rightsOfNewArticles() async throws(SystemFault) -> [String: JSON] {
        if let known = rights.withLock({ $0 }) { return known }
        let groups = try await connection.send(SystemRequest("GET", "/api/v2/guide/permission_groups")).json[
            "permission_groups"
        ].items
        guard let group = (groups.first { $0["built_in"].flag == true } ?? groups.first)?["id"], !group.isNull else {
            throw .refused(reason: "there is no group of people who may edit articles", fields: ["permission_group_id"])
        }
        var found: [String: JSON] = ["permission_group_id": group, "user_segment_id": .null]
        if isInternal {
            let segments = try await connection.send(SystemRequest("GET", "/api/v2/help_center/user_segments")).json
            guard let team = Self.team(segments) else {
                throw .refused(reason: "there is no segment of the team alone", fields: ["user_segment_id"])
            }
            found["user_segment_id"] = team
        }
        rights.withLock { $0 = found }
        return found
    }

    /// The segment of all agents among those of an account; nil where there is none.
    static func team(_ json: JSON) -> JSON? {
        json["user_segments"].items.first { $0["user_type"].text == "staff" && $0["built_in"].flag == true }?["id"]
    }

    private func path(_ id: String, _ rest: String = "") -> String {
        "/api/v2/help_center/articles/\(SystemRequest.escaped(id))" + (rest.isEmpty ? "" : "/" + rest)
    }

    private static func label(_ key: String) -> String { "casebook-" + key }

    /// Reads `{"title", "body", "draft", "updated_at"}`, which articles and translations have.
    private static func page(_ id: String, _ json: JSON) throws(SystemFault) -> KnowledgePage {
        guard let title = json["title"].text, let isDraft = json["draft"].flag, let revision = json["updated_at"].text
        else {
            throw .unreadable("article \(id): the answer holds no text")
        }
        return KnowledgePage(
            id: id, revision: revision, state: isDraft ? .draft : .published,
            fingerprint: PageFingerprint(title: title, body: json["body"].text ?? ""))
    }
}
