public import Records
internal import Synchronization

/// A tracker of Roundup 2 with the classic schema, through its REST interface.
///
/// A write carries the entity tag of the issue as it was compared with what was read before, so that nothing is written over what
/// somebody else wrote meanwhile. Roundup has no internal messages: one that is not for the customer is an ordinary message that
/// is mailed to nobody and leaves the status as it is, but everybody who may see the issue can read it. So it is written only where the
/// description says that nobody but the team can.
public final class RoundupSystem: TicketSystem {
    /// What Roundup offers.
    public let traits = SystemTraits(messagesAtATime: 20, feedInterval: 2, hasTags: true, editsMessages: true)

    /// The seconds between the time of a change and its appearance, at most: what a request takes.
    private static let overlap = 30.0
    /// The issues of a page.
    private static let pageSize = 500

    let description: SystemDescription
    let connection: SystemConnection
    private let isClockChecked = Mutex(false)

    /// Whether nobody but the team can read the tracker.
    public func hidesInternalMessages(inTicket number: String?) async throws(SystemFault) -> Bool {
        description.isTeamOnly
    }

    /// Creates the way to a tracker.
    ///
    /// - Parameters:
    ///   - description: The tracker: its address ends with its name, such as `https://example.com/tracker`; the user is a login name.
    ///   - secret: The password.
    ///   - clock: Tells the time.
    public init(_ description: SystemDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        self.description = description
        let parts = description.address.split(separator: "/", omittingEmptySubsequences: false)
        // Writes are refused unless they say that they come from the tracker itself.
        connection = SystemConnection(
            address: description.address, credentials: .basic(user: description.user, secret: secret),
            headers: [
                ("X-Requested-With", "rest"), ("Referer", description.address + "/"),
                ("Origin", parts.prefix(3).joined(separator: "/")),
            ],
            clock: clock, explain: RoundupReason.read)
    }

    /// The time by the clock of the tracker.
    public var now: Instant { connection.now }

    /// Ends the connection.

    /// Issues by the time of their last activity; those that were retired are not among them.
    public func changes(after cursor: FeedCursor?, from start: Instant) async throws(SystemFault) -> FeedPage {
        try await checkClock()
        let place = TimeCursor(cursor, from: start)
        let from = RoundupDate.text(place.position)
        var rows: [JSON]
        var token: String?
        if let handled = place.token.flatMap({ Int($0) }) {
            // One second with more than a page: all its ids, as pages by offset lose what moves out of it.
            let next = Instant(seconds: place.position.seconds.rounded(.down) + 1)
            let all = try await list(
                "issue", [.init("activity", "from \(from) to \(RoundupDate.text(next))")], fields: ["activity"])
            rows = all.filter { ($0["id"].integer ?? 0) > handled }
            rows.sort { ($0["id"].integer ?? 0) < ($1["id"].integer ?? 0) }
            if rows.count > Self.pageSize {
                rows = Array(rows.prefix(Self.pageSize))
                token = rows.last?["id"].identifier
            } else {
                let page = try await page(
                    rows, next: place.after([next], token: "0", overlap: Self.overlap, at: connection.earlierNow))
                return page
            }
        } else {
            rows = try await list(
                "issue",
                [
                    .init("activity", "from \(from)"), .init("@sort", "activity,id"),
                    .init("@page_size", "\(Self.pageSize + 1)"),
                ], fields: ["activity"])
            if rows.count > Self.pageSize {
                rows.removeLast()
                token = "0"
            }
        }
        let times = rows.compactMap { $0["activity"].text.flatMap(RoundupDate.instant) }
        return try await page(
            rows, next: place.after(times, token: token, overlap: Self.overlap, at: connection.earlierNow),
            isLast: token == nil)
    }

    /// The issues of rows, in their order.
    private func page(_ rows: [JSON], next: TimeCursor, isLast: Bool = false) async throws(SystemFault) -> FeedPage {
        let ids = rows.compactMap { $0["id"].identifier }
        var tickets: [RemoteTicket] = []
        var unreadable: [String] = []
        let issues = try await issues(ids)
        for id in ids {
            // What is missing was retired meanwhile.
            guard let json = issues[id] else { continue }
            if let issue = RoundupIssue(json) {
                tickets.append(issue.ticket(custom: custom))
            } else {
                unreadable.append("issue \(id): without its times")
            }
        }
        return FeedPage(tickets: tickets, next: next.feedCursor, isLast: isLast, unreadable: unreadable)
    }

    /// The properties that are kept the same besides the usual ones.
    var custom: [String] { description.fields.values.sorted() }

    /// Issues that are not retired, by their ids.
    func issues(_ ids: [String]) async throws(SystemFault) -> [String: JSON] {
        try await items("issue", ids, fields: RoundupIssue.properties + custom, detail: 2)
    }

    /// Items of a class that are not retired, by their ids.
    ///
    /// - Parameter detail: 2 for the names of what they point to, 3 for the content of messages besides.
    func items(
        _ name: String, _ ids: [String], fields: [String], detail: Int
    ) async throws(SystemFault) -> [String: JSON] {
        var found: [String: JSON] = [:]
        var rest = ids[...]
        while !rest.isEmpty {
            let query = rest.prefix(200).map { SystemRequest.Query("id", $0) } + [.init("@verbose", "\(detail)")]
            rest = rest.dropFirst(200)
            for item in try await list(name, query, fields: fields) {
                if let id = item["id"].identifier { found[id] = item }
            }
        }
        return found
    }

    /// Items of a class.
    func list(
        _ name: String, _ query: [SystemRequest.Query], fields: [String]
    ) async throws(SystemFault) -> [JSON] {
        let query = query + [.init("@fields", fields.joined(separator: ","))]
        let json = try await connection.send(SystemRequest("GET", "/rest/data/\(name)", query: query)).json
        guard case .list(let items) = json["data"]["collection"] else {
            throw .unreadable("\(name): a list without a collection")
        }
        return items
    }

    /// Makes sure, once, that the times the tracker is asked for are those it tells: it reads the former in the zone of the account.
    ///
    /// - Throws: ``SystemFault/credentials(_:)`` when they are not, as every look at the feed would miss changes or repeat them.
    private func checkClock() async throws(SystemFault) {
        guard !isClockChecked.withLock({ $0 }) else { return }
        let newest = try await connection.send(
            SystemRequest(
                "GET", "/rest/data/issue", query: [.init("@sort", "-activity"), .init("@page_size", "1")])
        ).json["data"]["collection"].items.first?["id"].identifier
        guard let newest else { return }
        // The issue may change between the two questions, but not for ever.
        for _ in 0..<5 {
            guard let seen = try await items("issue", [newest], fields: ["activity"], detail: 1)[newest],
                let time = seen["activity"].text.flatMap(RoundupDate.instant)
            else { return }
            let range = "from \(RoundupDate.text(time)) to \(RoundupDate.text(Instant(seconds: time.seconds + 1)))"
            let again = try await list("issue", [.init("id", newest), .init("activity", range)], fields: ["activity"])
            if again.first?["activity"] == seen["activity"] {
                isClockChecked.withLock { $0 = true }
                return
            }
        }
        throw .credentials("the account reads times in a zone of its own: set its time zone to UTC in the tracker")
    }
}
