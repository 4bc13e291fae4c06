internal import Records

/// A space of Confluence, through its REST API, version 2.
///
/// A change carries the number of the version after the one that was read, so that nothing is written over what somebody else wrote.
/// The title of a page is unique in its space; drafts are in no list, and are found by their ids alone. What is retired goes to the
/// trash, from which people can take it back.
struct ConfluenceBase: KnowledgeBase {
    let markup = Markup.html
    let drafts = DraftKeeping.unlisted

    private let space: String
    private let connection: SystemConnection

    /// Creates the way to a space.
    ///
    /// - Parameters:
    ///   - description: Its place is the id of the space.
    ///   - secret: The API token of the user; an OAuth token where the description names no user.
    ///   - clock: Tells the time.
    init(_ description: KnowledgeBaseDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        space = description.place
        connection = SystemConnection(
            address: description.address,
            credentials: description.user.isEmpty
                ? .scheme("Bearer", secret: secret) : .basic(user: description.user, secret: secret),
            clock: clock
        ) { json in
            json["errors"].items.first?["title"].text.map { ($0, []) } ?? json["message"].text.map { ($0, []) }
        }
    }

    func page(_ id: String) async throws(SystemFault) -> KnowledgePage? {
        // A page that was never published is shown only to those who ask for its draft.
        for query in [Self.body, Self.body + [SystemRequest.Query("get-draft", "true")]] {
            let answer = try await connection.send(
                SystemRequest("GET", Self.path(id), query: query), accepting: [404])
            if answer.status != 404 { return try Self.page(try answer.json) }
        }
        return nil
    }

    func look(for key: String, titled title: String) async throws(SystemFault) -> PageThere {
        let query = Self.body + [.init("space-id", space), .init("title", title), .init("status", "current")]
        let json = try await connection.send(SystemRequest("GET", "/wiki/api/v2/pages", query: query)).json
        guard case .list(let found) = json["results"] else { throw .unreadable("the answer holds no list of pages") }
        guard let item = found.first(where: { $0["title"].text == title }) else { return .nothing }
        let body = item["body"]["storage"]["value"].text ?? ""
        return PageText.isMarked(body, key) ? .page(try Self.page(item)) : .foreign
    }

    func create(_ text: PageText, as state: KnowledgePage.State) async throws(SystemFault) -> KnowledgePage {
        var members = Self.members(text, state)
        members["spaceId"] = .text(space)
        let json = try await connection.send(SystemRequest("POST", "/wiki/api/v2/pages", body: .json(.object(members))))
            .json
        return try await written(json)
    }

    func update(
        _ page: KnowledgePage, to text: PageText, as state: KnowledgePage.State
    ) async throws(SystemFault) -> KnowledgePage {
        guard let number = Int(page.revision) else { throw .unreadable("page \(page.id): the version is no number") }
        var members = Self.members(text, state)
        members["id"] = .text(page.id)
        // Drafts are all of the first version, so that it guards nothing.
        if state == .draft, try await self.page(page.id) != page { throw .stale }
        members["version"] = ["number": .integer(state == .draft ? 1 : Int64(number) + 1), "message": "Casebook"]
        let request = SystemRequest("PUT", Self.path(page.id), body: .json(.object(members)))
        return try await written(try await connection.send(request).json)
    }

    func retire(_ page: KnowledgePage, key: String) async throws(SystemFault) {
        guard let now = try await self.page(page.id) else { return }
        guard now == page else { throw .stale }
        _ = try await connection.send(SystemRequest("DELETE", Self.path(page.id)), accepting: [404])
    }

    /// The page that a write has made: of the version that the answer names, even if a later one is there already.
    private func written(_ json: JSON) async throws(SystemFault) -> KnowledgePage {
        if json["body"]["storage"]["value"].text != nil { return try Self.page(json) }
        guard let id = json["id"].identifier, let read = try await page(id) else {
            throw .unreadable("the page that was written is not there")
        }
        guard json["version"]["number"].identifier == read.revision else { throw .stale }
        return read
    }

    private static let body = [SystemRequest.Query("body-format", "storage")]

    private static func path(_ id: String) -> String { "/wiki/api/v2/pages/" + SystemRequest.escaped(id) }

    private static func members(_ text: PageText, _ state: KnowledgePage.State) -> [String: JSON] {
        [
            "status": state == .draft ? "draft" : "current", "title": .text(text.title),
            "body": ["representation": "storage", "value": .text(text.body)],
        ]
    }

    /// Reads `{"id", "status", "title", "version": {"number"}, "body": {"storage": {"value"}}}`.
    private static func page(_ json: JSON) throws(SystemFault) -> KnowledgePage {
        guard let id = json["id"].identifier, let title = json["title"].text,
            let revision = json["version"]["number"].identifier, let body = json["body"]["storage"]["value"].text
        else { throw .unreadable("the answer holds no page") }
        let state: KnowledgePage.State =
            switch json["status"].text {
            case "current": .published
            case "draft": .draft
            default: .retired
            }
        return KnowledgePage(
            id: id, revision: revision, state: state, fingerprint: PageFingerprint(title: title, body: body))
    }
}
