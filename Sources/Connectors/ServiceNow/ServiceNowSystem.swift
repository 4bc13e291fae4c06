public import Records

/// The incidents of a ServiceNow instance, or another table that has the columns of tasks, through the Table API.
///
/// All reading is by query. As the system passes over a part of a query that it does not understand, and answers with more rows, every
/// answer is held against what was asked. Nothing guards a write: the count of changes is read and compared right before it.
/// What a script changes without moving `sys_updated_on` is not told by the system.
public final class ServiceNowSystem: TicketSystem {
    /// What ServiceNow offers; an answer holds no entry of a journal, and one that the account may not write is left out without a word.
    public let traits = SystemTraits(
        messagesAtATime: 50, feedInterval: 10, hasTags: false,
        editsMessages: false, longestRequest: 120, confirmsMessages: false)

    /// The seconds for which a row may become visible after one with a newer time.
    static let overlap = 30.0
    /// The rows of a page of changes.
    private static let changesAtATime = 200

    let description: SystemDescription
    let rows: ServiceNowTables
    /// The ids of users by their log-in names; what was asked for once.
    private let users = KnownUsers()
    /// The tables that this account may not read.
    private let forbidden = ForbiddenTables()

    /// The table.
    var table: String { description.place.isEmpty ? "incident" : description.place }

    /// Creates the way to an instance.
    ///
    /// - Parameters:
    ///   - description: The instance; its place is a table, `incident` where none is named.
    ///   - secret: The password; an OAuth token where the description names no user.
    ///   - clock: Tells the time.
    public init(_ description: SystemDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        self.description = description
        rows = ServiceNowTables(
            SystemConnection(
                address: description.address,
                credentials: description.user.isEmpty
                    ? .scheme("Bearer", secret: secret) : .basic(user: description.user, secret: secret),
                clock: clock, explain: ServiceNowTables.reason))
    }

    /// The time by the clock of the instance.
    public var now: Instant { rows.connection.now }

    // MARK: Reading

    /// The next page of records by the time of their change, and behind the last one those that were deleted.
    public func changes(after cursor: FeedCursor?, from start: Instant) async throws(SystemFault) -> FeedPage {
        let places = cursor.flatMap { try? JSON(bytes: Array($0.text.utf8)) } ?? .null
        let readAt = rows.connection.earlierNow
        let (found, changed) = try await part(
            of: table, filter: "", time: "sys_updated_on", columns: ServiceNowColumns.all(for: description),
            at: TimeCursor(places["changes"].text.map { FeedCursor($0) }, from: start), now: readAt)
        var page = FeedPage(tickets: [], next: FeedCursor(""), isLast: changed.isAtEnd)
        for row in found {
            if let ticket = RemoteTicket(serviceNow: row, description: description) {
                page.tickets.append(ticket)
            } else {
                page.unreadable.append(
                    "servicenow: \(table) \(row["sys_id"].word ?? "without an id") lacks an id or a time")
            }
        }
        // What was deleted before anything was read is of no interest; now the clock of the instance is known.
        var deletions = TimeCursor(
            places["deletions"].text.map { FeedCursor($0) }, from: rows.connection.earlierNow)
        if changed.isAtEnd {
            let (rows, next) = try await part(
                of: "sys_audit_delete", filter: "tablename=\(table)^", time: "sys_created_on",
                columns: ["sys_id", "documentkey", "display_value", "sys_created_on"], at: deletions, now: readAt,
                isOptional: true)
            page.tickets += rows.compactMap { deleted($0) }
            page.isLast = next.isAtEnd
            deletions = next.cursor
        }
        page.next = FeedCursor(
            JSON.object([
                "changes": .text(changed.cursor.feedCursor.text), "deletions": .text(deletions.feedCursor.text),
            ]).string)
        return page
    }

    /// A page of rows, oldest first, and where the next one begins.
    private func part(
        of table: String, filter: String, time column: String, columns: [String], at place: TimeCursor, now: Instant,
        isOptional: Bool = false
    ) async throws(SystemFault) -> (rows: [JSON], next: (cursor: TimeCursor, isAtEnd: Bool)) {
        let since = ServiceNowTime.text(place.position)
        let token = RowToken(place.token)
        // The rows of one second that come after one of them, and all later ones: "or" binds to the condition before it.
        let after = token.id.isEmpty ? "" : "^sys_id>\(token.id)^OR\(column)>\(since)"
        let page = try await rows.page(
            of: table, query: "\(filter)\(column)>=\(since)\(after)^ORDERBY\(column)^ORDERBYsys_id", columns: columns,
            limit: Self.changesAtATime, offset: token.skipped, accepting: isOptional ? [400, 403, 404] : [])
        guard let page else { return ([], (place, true)) }
        let times = page.rows.compactMap { ServiceNowTime.instant($0[column].word) }
        if let first = times.min(), first.seconds < place.position.seconds.rounded(.down) {
            throw .unreadable("\(table): rows from before \(since) came, so that a part of the query was passed over")
        }
        // Rows that this account may not see are missing in a page, which may be all of them.
        let last = page.rows.last?["sys_id"].word
        let next =
            last.map { RowToken(id: $0, skipped: 0) }
            ?? RowToken(id: token.id, skipped: token.skipped + Self.changesAtATime)
        let cursor = place.after(times, token: page.hasNext ? next.text : nil, overlap: Self.overlap, at: now)
        return (page.rows, (cursor, !page.hasNext))
    }

    private func deleted(_ row: JSON) -> RemoteTicket? {
        guard let id = row["documentkey"].word, let time = ServiceNowTime.instant(row["sys_created_on"].word) else {
            return nil
        }
        return RemoteTicket(
            id: id, number: row["display_value"].word ?? id, version: "deleted", createdAt: time, updatedAt: time,
            fate: .deleted)
    }

    /// A record; one that was deleted is not there.
    public func ticket(_ id: String) async throws(SystemFault) -> RemoteTicket? {
        guard let row = try await rows.row(id, of: table, columns: ServiceNowColumns.all(for: description)) else {
            return nil
        }
        guard let ticket = RemoteTicket(serviceNow: row, description: description), ticket.id == id else {
            throw .unreadable("\(table) \(id): the answer holds no such record")
        }
        return ticket
    }

    /// The entries of both journals, and the files, each as a message of its own.
    public func messages(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: [RemoteMessage]] {
        let tickets = Dictionary(
            tickets.filter { ServiceNowTables.isPlain($0.id) }.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        guard !tickets.isEmpty else { return [:] }
        let ids = tickets.keys.sorted().joined(separator: ",")
        let entries = try await rows.all(
            of: "sys_journal_field", query: "element_idIN\(ids)^ORDERBYsys_created_on^ORDERBYsys_id",
            columns: ["sys_id", "element_id", "element", "value", "sys_created_on", "sys_created_by"],
            isComplete: true)
        let files = try await permitted(
            of: "sys_attachment", query: "table_sys_idIN\(ids)^ORDERBYsys_created_on^ORDERBYsys_id",
            columns: [
                "sys_id", "table_name", "table_sys_id", "file_name", "content_type", "size_bytes", "sys_created_on",
                "sys_created_by",
            ])
        let names = Set((entries + files).compactMap { $0["sys_created_by"].word })
        let users = try await users(named: names)
        var messages: [String: [RemoteMessage]] = tickets.mapValues { _ in [] }
        for entry in entries {
            guard let id = entry["element_id"].word, let ticket = tickets[id],
                let message = RemoteMessage(journal: entry, of: ticket, users: users)
            else { continue }
            messages[id]?.append(message)
        }
        for file in files {
            guard let id = file["table_sys_id"].word, let ticket = tickets[id],
                let message = RemoteMessage(attachment: file, of: ticket, users: users)
            else { continue }
            messages[id]?.append(message)
        }
        return messages.mapValues { $0.sorted { ($0.time, $0.id) < ($1.time, $1.id) } }
    }

    /// The messages, and the changes in the audit of the table, which only accounts with the right to it can read.
    public func history(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: RemoteHistory] {
        let ids = tickets.map(\.id).filter(ServiceNowTables.isPlain).sorted().joined(separator: ",")
        guard !ids.isEmpty else { return [:] }
        var histories = try await messages(of: tickets).mapValues { RemoteHistory(messages: $0) }
        let fields = ServiceNowColumns.fields(for: description)
        let columns = Dictionary(
            fields.map { (ServiceNowColumns.name(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
        let rows = try await rows.all(
            of: "sys_audit",
            query: "tablename=\(table)^documentkeyIN\(ids)^fieldnameIN\(columns.keys.sorted().joined(separator: ","))"
                + "^ORDERBYsys_created_on^ORDERBYsys_id",
            columns: ["sys_id", "documentkey", "fieldname", "oldvalue", "newvalue", "sys_created_on"], isComplete: true)
        for row in rows {
            guard let id = row["documentkey"].word, let field = row["fieldname"].word.flatMap({ columns[$0] }),
                let time = ServiceNowTime.instant(row["sys_created_on"].word)
            else { continue }
            histories[id]?.changes.append(
                RemoteChange(
                    time: time, field: field, from: row["oldvalue"].word ?? "", to: row["newvalue"].word ?? ""))
        }
        return histories
    }

    /// The rows of a table without which the rest can be told; none where this account may not read it, which is told once.
    func permitted(of table: String, query: String, columns: [String]) async throws(SystemFault) -> [JSON] {
        do throws(SystemFault) {
            return try await rows.all(of: table, query: query, columns: columns)
        } catch .forbidden {
            forbidden.note(table)
            return []
        }
    }

    /// The tables that this account may not read and that were not told before.
    public func takeOmissions() -> [String] {
        forbidden.take().map { "this account may not read \($0), and what stands there is left out" }
    }

    /// The ids of users by their log-in names; names that nobody has are left out.
    private func users(named names: Set<String>) async throws(SystemFault) -> [String: String] {
        let unknown = users.missing(names).filter(ServiceNowTables.isPlain).sorted()
        for start in stride(from: 0, to: unknown.count, by: 50) {
            let some = unknown[start..<min(unknown.count, start + 50)]
            let found = try await permitted(
                of: "sys_user", query: "user_nameIN\(some.joined(separator: ","))", columns: ["sys_id", "user_name"])
            users.learn(
                found.compactMap { row in
                    guard let name = row["user_name"].word, let id = row["sys_id"].word else { return nil }
                    return (name, id)
                })
        }
        return users.ids(names)
    }
}

/// Where a page of rows begins within one second.
private struct RowToken {
    /// The row before the first one; empty at the beginning of the second.
    var id: String
    /// The rows behind it that were passed because this account may not see them.
    var skipped: Int

    init(id: String, skipped: Int) {
        self.id = id
        self.skipped = skipped
    }

    init(_ text: String?) {
        let parts = (text ?? "").split(separator: "+", omittingEmptySubsequences: false)
        id = parts.first.map(String.init) ?? ""
        skipped = parts.count > 1 ? max(0, Int(parts[1]) ?? 0) : 0
    }

    var text: String { "\(id)+\(skipped)" }
}
