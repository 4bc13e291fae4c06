internal import Records

/// A knowledge base of a ServiceNow instance: rows of `kb_knowledge`.
///
/// A page is made as a draft and published by a change of its state; what has become of that is read back, as approval may hold it in
/// review. Where articles have versions, a change of a published one makes a new row with the same number: the newest row counts. Nothing
/// guards a write, so the row is read and compared right before. A page is found by the line with our key in its text.
struct ServiceNowBase: KnowledgeBase {
    let markup = Markup.html
    let drafts = DraftKeeping.listed

    private static let table = "kb_knowledge"
    private static let columns = [
        "sys_id", "number", "version", "short_description", "text", "workflow_state", "kb_knowledge_base",
        "sys_mod_count",
    ]
    private let place: String
    private let rows: ServiceNowTables

    /// Creates the way to a knowledge base.
    ///
    /// - Parameters:
    ///   - description: Its place is the `sys_id` of the knowledge base.
    ///   - secret: The password of the user; an OAuth token where the description names no user.
    ///   - clock: Tells the time.
    init(_ description: KnowledgeBaseDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        place = description.place
        rows = ServiceNowTables(
            SystemConnection(
                address: description.address,
                credentials: description.user.isEmpty
                    ? .scheme("Bearer", secret: secret) : .basic(user: description.user, secret: secret),
                clock: clock, explain: ServiceNowTables.reason))
    }

    func page(_ id: String) async throws(SystemFault) -> KnowledgePage? {
        guard let row = try await rows.row(id, of: Self.table, columns: Self.columns) else { return nil }
        guard let number = row["number"].word, ServiceNowTables.isPlain(number) else { return try Self.page(row) }
        let versions = try await rows.all(of: Self.table, query: "number=\(number)", columns: Self.columns)
        // The instance passes over a part of a query that it does not understand, and answers with more rows.
        return try Self.page(Self.newest(versions.filter { $0["number"].word == number }) ?? row)
    }

    func look(for key: String, titled title: String) async throws(SystemFault) -> PageThere {
        let query = "kb_knowledge_base=\(place)^textLIKE\(MessageMark.line(key))"
        let found = try await rows.all(of: Self.table, query: query, columns: Self.columns).filter {
            ServiceNowTables.reference($0["kb_knowledge_base"]) == place
                && PageText.isMarked($0["text"].text ?? "", key)
        }
        guard let row = Self.newest(found) else { return .nothing }
        return .page(try Self.page(row))
    }

    func create(_ text: PageText, as state: KnowledgePage.State) async throws(SystemFault) -> KnowledgePage {
        var values = Self.values(text)
        values["kb_knowledge_base"] = .text(place)
        values["workflow_state"] = "draft"
        let row = try await rows.write(values, to: nil, of: Self.table, columns: Self.columns)
        return try await brought(try Self.page(row), to: state)
    }

    func update(
        _ page: KnowledgePage, to text: PageText, as state: KnowledgePage.State
    ) async throws(SystemFault) -> KnowledgePage {
        guard try await self.page(page.id) == page else { throw .stale }
        let row = try await rows.write(Self.values(text), to: page.id, of: Self.table, columns: Self.columns)
        return try await brought(try Self.page(row), to: state)
    }

    func retire(_ page: KnowledgePage, key: String) async throws(SystemFault) {
        guard let now = try await self.page(page.id) else { return }
        guard now == page else { throw .stale }
        let row = try await rows.write(
            ["workflow_state": "retired"], to: page.id, of: Self.table, columns: Self.columns)
        guard try Self.page(row).state == .retired else {
            throw .refused(reason: "the instance has not retired the article", fields: ["workflow_state"])
        }
    }

    /// Publishes what was written, and reads what has become of it.
    private func brought(_ page: KnowledgePage, to state: KnowledgePage.State) async throws(SystemFault)
        -> KnowledgePage
    {
        guard page.state != state, page.state != .review else { return page }
        _ = try await rows.write(
            ["workflow_state": .text(state.rawValue)], to: page.id, of: Self.table, columns: Self.columns)
        guard let row = try await rows.row(page.id, of: Self.table, columns: Self.columns) else {
            throw .unreadable("the article that was written is not there")
        }
        let now = try Self.page(row)
        guard now.fingerprint == page.fingerprint else { throw .stale }
        return now
    }

    private static func values(_ text: PageText) -> [String: JSON] {
        ["short_description": .text(text.title), "text": .text(text.body)]
    }

    /// The row with the highest version, such as `2.1`.
    private static func newest(_ rows: [JSON]) -> JSON? {
        func version(_ row: JSON) -> (Int, Int) {
            let parts = (row["version"].word ?? "").split(separator: ".").map { Int($0) ?? 0 }
            return (parts.first ?? 0, parts.dropFirst().first ?? 0)
        }
        return rows.max { version($0) < version($1) }
    }

    private static func page(_ row: JSON) throws(SystemFault) -> KnowledgePage {
        guard let id = row["sys_id"].word, let title = row["short_description"].text, let text = row["text"].text else {
            throw .unreadable("the answer holds no article")
        }
        let state: KnowledgePage.State =
            switch row["workflow_state"].word {
            case "published": .published
            case "draft": .draft
            case "review": .review
            default: .retired
            }
        return KnowledgePage(
            id: id, revision: row["sys_mod_count"].word ?? "", state: state,
            fingerprint: PageFingerprint(title: title, body: text))
    }
}
