internal import FoundationEssentials
public import Records
internal import Synchronization

/// Zendesk Support, through its REST API, version 2.
///
/// The feed is the export by cursor, which leaves out the last minute and tells of deleted tickets too. A write carries the time of the
/// last change that was read (`safe_update`), so that nothing is written over what somebody else wrote meanwhile.
/// An account is a mail address with an API token, or an OAuth token alone.
public final class ZendeskSystem: TicketSystem {
    /// What Zendesk offers; it takes 65,535 characters, of which the line with the mark is a hundred at most.
    public let traits = SystemTraits(
        messagesAtATime: 1, feedInterval: 7, hasTags: true, editsMessages: false,
        longestText: TextLimit(units: 65_435, form: .html))

    /// The pages of a list that are read at most; a ticket can have 5,000 comments.
    static let mostPages = 100
    /// The lane of the exports, which have a limit of their own.
    private static let exports = "incremental"

    let description: SystemDescription
    let connection: SystemConnection
    /// The ids of the fields that take a list; nil while nobody has asked.
    private let lists = Mutex<Set<String>?>(nil)

    /// Creates the way to an account.
    ///
    /// - Parameters:
    ///   - description: The account.
    ///   - secret: Its API token; an OAuth token where the description names no user.
    ///   - clock: Tells the time.
    public init(_ description: SystemDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        self.description = description
        connection = SystemConnection(
            address: description.address,
            credentials: description.user.isEmpty
                ? .scheme("Bearer", secret: secret) : .basic(user: description.user + "/token", secret: secret),
            limits: [Self.exports: 10], clock: clock, explain: ZendeskReason.read)
    }

    /// The time by Zendesk's clock.
    public var now: Instant { connection.now }

    // MARK: Reading

    /// The next page of the export; merged and deleted tickets say so.
    public func changes(after cursor: FeedCursor?, from start: Instant) async throws(SystemFault) -> FeedPage {
        let place = ExportPlace(cursor, from: start, at: connection.now)
        let json = try await connection.send(
            SystemRequest(
                "GET", "/api/v2/incremental/tickets/cursor.json", query: [place.query, .init("per_page", "1000")]),
            lane: Self.exports
        ).json
        guard case .list(let items) = json["tickets"] else { throw .unreadable("the export holds no tickets") }
        var page = FeedPage(tickets: [], next: place.cursor, isLast: true)
        for item in items {
            if let ticket = try await remote(item, isAmongOthers: true) {
                page.tickets.append(ticket)
            } else {
                page.unreadable.append(
                    "zendesk: ticket \(item["id"].identifier ?? "without an id") lacks an id or a time")
            }
        }
        if let after = json["after_cursor"].identifier {
            let next = ExportPlace.after(after)
            page.next = next.cursor
            // An export that does not move on must not be asked for again at once.
            page.isLast = json["end_of_stream"].flag ?? items.isEmpty || next == place
        }
        return page
    }

    /// A ticket; one that was deleted is found for 30 days.
    public func ticket(_ id: String) async throws(SystemFault) -> RemoteTicket? {
        let answer = try await connection.send(
            SystemRequest("GET", "/api/v2/tickets/\(SystemRequest.escaped(id))"), accepting: [404])
        guard answer.status != 404 else { return try await deletedTicket(id) }
        guard let ticket = try await remote(try answer.json["ticket"]) else {
            throw .unreadable("ticket \(id): the answer holds no ticket")
        }
        return ticket
    }

    /// A ticket among those that were deleted in the last 30 days.
    private func deletedTicket(_ id: String) async throws(SystemFault) -> RemoteTicket? {
        let query: [SystemRequest.Query] = [
            .init("sort_by", "deleted_at"), .init("sort_order", "desc"), .init("per_page", "100"),
        ]
        let json = try await connection.send(
            SystemRequest("GET", "/api/v2/deleted_tickets", query: query), accepting: [403]
        ).json
        guard let item = json["deleted_tickets"].items.first(where: { $0["id"].identifier == id }),
            let time = item["deleted_at"].text.flatMap({ Instant(iso8601: $0) })
        else { return nil }
        return RemoteTicket(
            id: id, number: id, version: "deleted", createdAt: time, updatedAt: time, fate: .deleted,
            subject: RawText(item["subject"].text ?? ""))
    }

    /// A ticket as Zendesk shows it; nil when it lacks what every ticket has.
    ///
    /// - Parameter isAmongOthers: Whether it may come without a version, to be asked for by itself, when it cannot be told where it went.
    func remote(_ json: JSON, isAmongOthers: Bool = false) async throws(SystemFault) -> RemoteTicket? {
        guard var ticket = RemoteTicket(zendesk: json, description: description, readAt: connection.now) else {
            return nil
        }
        guard ticket.fate == .present, ticket.fields[.status] == "closed", ticket.tags.contains("closed_by_merge")
        else { return ticket }
        do throws(SystemFault) {
            if let target = try await mergeTarget(of: ticket.id) { ticket.fate = .merged(into: target) }
        } catch {
            guard isAmongOthers, !error.stopsAll else { throw error }
            ticket.version = ""
        }
        return ticket
    }

    /// Where a merged ticket lives on: only its last comment tells.
    private func mergeTarget(of id: String) async throws(SystemFault) -> String? {
        let query: [SystemRequest.Query] = [.init("sort_order", "desc"), .init("per_page", "1")]
        let json = try await connection.send(
            SystemRequest("GET", "/api/v2/tickets/\(id)/comments", query: query), accepting: [404, 410]
        ).json
        guard let last = json["comments"].items.first else { return nil }
        let source = last["via"]["source"]
        if source["rel"].text == "merge", let target = source["to"]["ticket_id"].identifier, target != id {
            return target
        }
        let text = last["body"].text ?? ""
        guard let sign = text.firstIndex(of: "#") else { return nil }
        let number = text[sign...].dropFirst().prefix { $0.isASCII && $0.isNumber }
        return number.isEmpty || number == id ? nil : String(number)
    }

    /// All comments of each ticket, the description first.
    public func messages(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: [RemoteMessage]] {
        var messages: [String: [RemoteMessage]] = [:]
        for ticket in tickets { messages[ticket.id] = try await comments(of: ticket.id) }
        return messages
    }

    private func comments(of id: String) async throws(SystemFault) -> [RemoteMessage] {
        try await all(
            "/api/v2/tickets/\(SystemRequest.escaped(id))/comments", query: [.init("include_inline_images", "true")],
            list: "comments"
        ).compactMap { RemoteMessage(zendesk: $0) }
    }

    /// The audits of each ticket, in which its comments stand too, but for the pictures within their texts.
    public func history(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: RemoteHistory] {
        let custom = Set(description.fields.values)
        var histories: [String: RemoteHistory] = [:]
        for ticket in tickets {
            let audits = try await all(
                "/api/v2/tickets/\(SystemRequest.escaped(ticket.id))/audits", query: [], list: "audits")
            var history = RemoteHistory(changes: audits.flatMap { RemoteChange.all(zendesk: $0, custom: custom) })
            let comments = audits.flatMap { audit in audit.zendeskComments }
            history.messages =
                comments.contains { $0["html_body"].text?.contains("<img") ?? false }
                ? try await self.comments(of: ticket.id) : comments.compactMap { RemoteMessage(zendesk: $0) }
            histories[ticket.id] = history
        }
        return histories
    }

    /// Users by their ids, a hundred at a time.
    public func people(_ ids: [String]) async throws(SystemFault) -> [RemotePerson] {
        let ids = ids.filter { Int($0) != nil }
        var people: [RemotePerson] = []
        for start in stride(from: 0, to: ids.count, by: 100) {
            let some = ids[start..<min(ids.count, start + 100)].joined(separator: ",")
            let json = try await connection.send(
                SystemRequest("GET", "/api/v2/users/show_many.json", query: [.init("ids", some)])
            ).json
            guard case .list(let users) = json["users"] else { throw .unreadable("users/show_many: no users") }
            people += users.compactMap { user in
                guard let id = user["id"].identifier else { return nil }
                return RemotePerson(
                    id: id, name: RawText(user["name"].text ?? ""), email: user["email"].text.map { RawText($0) },
                    organization: user["organization_id"].identifier,
                    isAgent: ["agent", "admin"].contains(user["role"].text ?? ""))
            }
        }
        return people
    }

    /// Organisations by their ids, a hundred at a time.
    public func organizations(_ ids: [String]) async throws(SystemFault) -> [RemoteOrganization] {
        var organizations: [RemoteOrganization] = []
        for some in ids.filter({ Int($0) != nil }).chunks(of: 100) {
            let request = SystemRequest(
                "GET", "/api/v2/organizations/show_many.json", query: [.init("ids", some.joined(separator: ","))])
            guard case .list(let found) = try await connection.send(request).json["organizations"] else {
                throw .unreadable("organizations/show_many: no organizations")
            }
            organizations += found.compactMap { json in
                guard let id = json["id"].identifier else { return nil }
                return RemoteOrganization(
                    id: id, name: json["name"].word ?? "", domains: json["domain_names"].items.compactMap(\.word))
            }
        }
        return organizations
    }

    /// The fields of the account, and the choices of the two that have states and priorities.
    public func vocabulary() async throws(SystemFault) -> SystemVocabulary {
        let fields = try await all("/api/v2/ticket_fields", query: [], list: "ticket_fields")
        var words = SystemVocabulary(statuses: [:], priorities: [:], fields: [:])
        for field in fields where field["active"].flag ?? true {
            guard let id = field["id"].identifier, let title = field["title"].text else { continue }
            words.fields[id] = title
            var options: [String: String] = [:]
            for option in field["system_field_options"].items {
                if let value = option["value"].identifier { options[value] = option["name"].text ?? value }
            }
            switch field["type"].text {
            case "status": words.statuses = options
            case "priority", "basic_priority": words.priorities = options
            default: continue
            }
        }
        if !description.groups.known.isEmpty {
            let groups = try await all("/api/v2/groups", query: [], list: "groups")
            words.groups = Set(groups.compactMap { $0["id"].identifier })
        }
        return words
    }

    /// The ids of the fields that take a list; they are asked for once.
    func multiselects() async throws(SystemFault) -> Set<String> {
        if let known = lists.withLock({ $0 }) { return known }
        let fields = try await all("/api/v2/ticket_fields", query: [], list: "ticket_fields")
        let found = Set(fields.filter { $0["type"].text == "multiselect" }.compactMap { $0["id"].identifier })
        lists.withLock { $0 = found }
        return found
    }

    /// All items of a list, which goes by cursor, or by the numbers of pages where that was not taken up.
    func all(_ path: String, query: [SystemRequest.Query], list name: String) async throws(SystemFault) -> [JSON] {
        var items: [JSON] = []
        var seen: Set<String> = []
        var request = SystemRequest("GET", path, query: query + [.init("page[size]", "100")])
        for _ in 0..<Self.mostPages {
            let json = try await connection.send(request).json
            guard case .list(let page) = json[name] else { throw .unreadable("\(path): no \(name)") }
            items += page
            let next: String?
            if json["meta"].isNull {
                next = json["next_page"].text
                if let next { request = SystemRequest("GET", next) }
            } else {
                next = json["meta"]["has_more"].flag == true ? json["meta"]["after_cursor"].identifier : nil
                let place = next.map { [SystemRequest.Query("page[after]", $0)] } ?? []
                request.query = query + [.init("page[size]", "100")] + place
            }
            guard let next, seen.insert(next).inserted else {
                // Only pages by number come with the count of all.
                let all = json["meta"].isNull ? json["count"].integer ?? 0 : 0
                guard items.count >= all else { throw .unreadable("\(path): \(items.count) of \(all) \(name)") }
                return items
            }
        }
        throw .refused(reason: "\(path): more than \(Self.mostPages * 100) \(name)", fields: [])
    }
}

/// Where the export goes on.
private enum ExportPlace: Equatable {
    /// At a time, in seconds since 1970.
    case time(Int64)
    case after(String)

    init(_ cursor: FeedCursor?, from start: Instant, at now: Instant) {
        if let cursor, cursor.text.hasPrefix("after:") {
            self = .after(String(cursor.text.dropFirst(6)))
        } else if let cursor, cursor.text.hasPrefix("time:"), let seconds = Int64(cursor.text.dropFirst(5)) {
            self = .time(seconds)
        } else {
            // The export refuses a beginning in the last minute; to begin earlier loses nothing.
            let latest = now.seconds - 120
            self = .time(Int64(min(max(0, start.seconds.isFinite ? start.seconds : 0), latest).rounded(.down)))
        }
    }

    var cursor: FeedCursor {
        switch self {
        case .time(let seconds): FeedCursor("time:\(seconds)")
        case .after(let place): FeedCursor("after:\(place)")
        }
    }

    var query: SystemRequest.Query {
        switch self {
        case .time(let seconds): .init("start_time", "\(seconds)")
        case .after(let place): .init("cursor", place)
        }
    }
}
