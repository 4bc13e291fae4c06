public import Records
internal import Synchronization

/// Request Tracker 5, through its REST interface, version 2.
///
/// A write carries the entity tag of the ticket as it was compared with what was read before. The system answers 200 to what it did not do,
/// so each write is read back. A number that was merged leads silently to the other ticket, so the id in each answer is compared
/// with the one that was asked for. An account is a token, or a login name with a password.
public final class RequestTrackerSystem: TicketSystem {
    /// What Request Tracker offers.
    public let traits = SystemTraits(
        messagesAtATime: 20, feedInterval: 5, hasTags: false, editsMessages: false,
        longestRequest: 120)

    /// The seconds between the time of a change and its appearance, at most: what a request takes.
    private static let overlap = 30.0
    /// The entries of a page; there are never more, however many are asked for.
    static let pageSize = 100
    /// The pages of a list that are read at most.
    static let mostPages = 100

    let description: SystemDescription
    let connection: SystemConnection
    private let isClockChecked = Mutex(false)

    /// Creates the way to a system.
    ///
    /// - Parameters:
    ///   - description: The system; its place is the name of a queue.
    ///   - secret: The token; a password where the description names a user.
    ///   - clock: Tells the time.
    public init(_ description: SystemDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        self.description = description
        connection = SystemConnection(
            address: description.address,
            credentials: description.user.isEmpty
                ? .scheme("token", secret: secret) : .basic(user: description.user, secret: secret),
            clock: clock
        ) { json in json["message"].text.map { ($0, []) } }
    }

    /// The time by the clock of the system.
    public var now: Instant { connection.now }

    /// Tickets by the time of their last change, and those that were merged into them; deleted ones are not among them.
    public func changes(after cursor: FeedCursor?, from start: Instant) async throws(SystemFault) -> FeedPage {
        try await checkClock()
        let place = TimeCursor(cursor, from: start)
        let since = "LastUpdated >= '\(Self.text(place.position))'"
        let items: [JSON]
        let next: TimeCursor
        var isLast = false
        if let handled = place.token.flatMap({ Int($0) }) {
            // One second with more than a page goes on by the ids, as pages by number lose what moves out of it.
            let end = Instant(seconds: place.position.seconds.rounded(.down) + 1)
            items = try await tickets(
                "\(since) AND LastUpdated < '\(Self.text(end))' AND id > \(handled)", order: ["id"])
            let last = items.count < Self.pageSize ? nil : items.last?["id"].identifier
            let times = last == nil ? [end] : []
            next = place.after(times, token: last ?? "0", overlap: Self.overlap, at: connection.earlierNow)
        } else {
            items = try await tickets(since, order: ["LastUpdated", "id"])
            isLast = items.count < Self.pageSize
            let times = items.compactMap { $0["LastUpdated"].text.flatMap { Instant(iso8601: $0) } }
            next = place.after(times, token: isLast ? nil : "0", overlap: Self.overlap, at: connection.earlierNow)
        }
        var tickets: [RemoteTicket] = []
        var unreadable: [String] = []
        for item in items + (try await merged(into: items.compactMap { $0["id"].identifier })) {
            if let ticket = RequestTrackerTicket(item) {
                guard ticket.isIn(queue: description.place) else { continue }
                tickets.append(ticket.ticket(asked: ticket.id, custom: custom))
            } else {
                unreadable.append("ticket \(item["id"].identifier ?? "without an id"): without its times")
            }
        }
        return FeedPage(tickets: tickets, next: next.feedCursor, isLast: isLast, unreadable: unreadable)
    }

    /// The names of the custom fields that are kept the same.
    var custom: [String] { Set(description.fields.values).sorted() }

    /// The first page of the tickets that a condition holds for.
    private func tickets(_ condition: String, order: [String]) async throws(SystemFault) -> [JSON] {
        let queue = description.place.isEmpty ? "" : "Queue = \(Self.quoted(description.place)) AND "
        let orders = order.flatMap { [SystemRequest.Query("orderby", $0), .init("order", "ASC")] }
        return try await list(
            SystemRequest(
                "GET", "/REST/2.0/tickets",
                query: [
                    .init("query", queue + condition), .init("fields", RequestTrackerTicket.fields),
                    .init("fields[Queue]", "Name"),
                ] + orders), pages: 1)
    }

    /// The tickets that were merged into others, which only those who name the others see.
    private func merged(into ids: [String]) async throws(SystemFault) -> [JSON] {
        guard !ids.isEmpty else { return [] }
        let condition = ids.map { "(EffectiveId = \($0) AND id != \($0))" }.joined(separator: " OR ")
        return try await list(
            SystemRequest(
                "GET", "/REST/2.0/tickets",
                query: [
                    .init("query", condition), .init("fields", RequestTrackerTicket.fields),
                    .init("fields[Queue]", "Name"),
                    .init("orderby", "id"),
                ]), pages: Self.mostPages)
    }

    /// The entries of a list.
    ///
    /// - Parameter pages: The pages that are read at most.
    func list(_ request: SystemRequest, pages: Int) async throws(SystemFault) -> [JSON] {
        var items: [JSON] = []
        for page in 1...pages {
            var request = request
            request.query += [.init("per_page", "\(Self.pageSize)"), .init("page", "\(page)")]
            let json = try await connection.send(request).json
            guard case .list(let found) = json["items"] else {
                throw .unreadable("\(request.path): a list without items")
            }
            items += found
            if found.count < Self.pageSize { break }
        }
        return items
    }

    /// Makes sure, once, that the times the system is asked for are those it tells: it reads the former in the zone of the account.
    ///
    /// - Throws: ``SystemFault/credentials(_:)`` when they are not, as every look at the feed would miss changes or repeat them.
    private func checkClock() async throws(SystemFault) {
        guard !isClockChecked.withLock({ $0 }) else { return }
        // The ticket may change between the two questions, but not for ever.
        for _ in 0..<5 {
            let newest = SystemRequest(
                "GET", "/REST/2.0/tickets",
                query: [
                    .init("query", "id > 0"), .init("orderby", "LastUpdated"), .init("order", "DESC"),
                    .init("per_page", "1"),
                    .init("fields", "LastUpdated"),
                ])
            guard let seen = try await connection.send(newest).json["items"].items.first,
                let id = seen["id"].identifier,
                let time = seen["LastUpdated"].text.flatMap({ Instant(iso8601: $0) })
            else { return }
            let (first, last) = (Instant(seconds: time.seconds - 1), Instant(seconds: time.seconds + 1))
            let range = "LastUpdated > '\(Self.text(first))' AND LastUpdated < '\(Self.text(last))' AND id = \(id)"
            let again = SystemRequest("GET", "/REST/2.0/tickets", query: [.init("query", range)])
            if try await list(again, pages: 1).count == 1 {
                isClockChecked.withLock { $0 = true }
                return
            }
        }
        throw .credentials("the account reads times in a zone of its own: set its time zone to UTC")
    }

    /// A time as questions name it, to the second before.
    static func text(_ instant: Instant) -> String {
        let second = Instant(seconds: instant.seconds.rounded(.down)).iso8601
        return String(second.map { $0 == "T" ? " " : $0 }.filter { $0 != "Z" })
    }

    /// A text of a question.
    static func quoted(_ text: String) -> String {
        var quoted = ""
        for character in text {
            if character == "'" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return "'" + quoted + "'"
    }

    /// The path of a ticket.
    func path(_ id: String, _ rest: String = "") -> String { "/REST/2.0/ticket/\(SystemRequest.escaped(id))\(rest)" }
}
