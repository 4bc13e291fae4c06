public import Records
internal import Synchronization

/// A site of Jira with Jira Service Management, through the REST API of the platform, version 3.
///
/// Issues have no guard against lost updates: a write reads the issue first and compares, which leaves a moment open in which the last
/// writer wins. The index of the search lags behind, so the feed asks again for some time before the newest change.
/// An account is a mail address with an API token, or an OAuth token alone.
public final class JiraSystem: TicketSystem {
    /// What Jira offers.
    public let traits = SystemTraits(
        messagesAtATime: 1, feedInterval: 5, hasTags: true, editsMessages: true,
        openingLag: 60, longestRequest: 120, longestText: TextLimit(units: 32_767, form: .text))

    /// The seconds before the newest change that are asked for again.
    private static let overlap = 120.0
    /// The index is late by minutes at times.
    private static let lateness = TimeCursor.Lateness(unsettled: 300, lookBack: 1_800, every: 300)
    /// The issues of a page; with fields there are no more, however many are asked for.
    private static let pageSize: Int64 = 100

    let description: SystemDescription
    let connection: SystemConnection
    private let known = Mutex<[String: JiraField]?>(nil)
    /// The issues to which addresses were added, which only a request of its own tells.
    let addressed = Mutex<Set<String>>([])
    /// Whether projects are of a service desk, by their keys.
    let serviceProjects = Mutex<[String: Bool]>([:])
    /// The words for states by their names; they are asked for once.
    let statusWords = Mutex<[String: String]?>(nil)

    /// Creates the way to a site.
    ///
    /// - Parameters:
    ///   - description: The site; its place is the key of a project.
    ///   - secret: The API token; an OAuth token where the description names no user.
    ///   - clock: Tells the time.
    public init(_ description: SystemDescription, secret: String, clock: @escaping @Sendable () -> Instant) {
        self.description = description
        connection = SystemConnection(
            address: description.address,
            credentials: description.user.isEmpty
                ? .scheme("Bearer", secret: secret) : .basic(user: description.user, secret: secret),
            clock: clock, explain: JiraReason.read)
    }

    /// The time by the clock of the site.
    public var now: Instant { connection.now }

    /// Issues by the time of their last change; those that were deleted are not among them.
    public func changes(after cursor: FeedCursor?, from start: Instant) async throws(SystemFault) -> FeedPage {
        let place = TimeCursor(cursor, from: start)
        // Dates in words are of the account's zone and go in minutes; milliseconds are exact. There was no Jira before 1973.
        let since = "updated >= \(Int(min(max(1e11, (place.position.seconds * 1_000).rounded(.down)), 1e15)))"
        let project = description.place.isEmpty ? "" : "project = \(Self.quoted(description.place)) AND "
        let jql = "\(project)\(since) ORDER BY updated ASC, key ASC"
        let json: JSON
        do throws(SystemFault) {
            json = try await search(jql, token: place.token)
        } catch .refused where place.token != nil {
            // A token lives for some days; without it the same is read from its beginning.
            json = try await search(jql, token: nil)
        }
        guard case .list(let items) = json["issues"] else { throw .unreadable("a search without issues") }
        let organizations = try await organizations()
        var tickets: [RemoteTicket] = []
        var unreadable: [String] = []
        for item in items {
            if let ticket = RemoteTicket(jira: item, description: description, organizations: organizations) {
                tickets.append(ticket)
            } else {
                unreadable.append("issue \(item["id"].identifier ?? "without an id"): without its times")
            }
        }
        let token = json["isLast"].flag == true ? nil : json["nextPageToken"].text
        let next = place.after(
            tickets.map(\.updatedAt), token: token, overlap: Self.overlap, at: connection.earlierNow,
            lateness: Self.lateness)
        return FeedPage(tickets: tickets, next: next.feedCursor, isLast: token == nil, unreadable: unreadable)
    }

    /// A page of a search.
    func search(_ jql: String, token: String?) async throws(SystemFault) -> JSON {
        var body: [String: JSON] = [
            "jql": .text(jql), "fields": .list(try await readFields().map { .text($0) }),
            "maxResults": .integer(Self.pageSize),
        ]
        if let token { body["nextPageToken"] = .text(token) }
        return try await send(SystemRequest("POST", "/rest/api/3/search/jql", body: .json(.object(body)))).json
    }

    /// The fields that are read of an issue.
    func readFields() async throws(SystemFault) -> [String] {
        let usual = [
            "summary", "description", "status", "priority", "assignee", "reporter", "labels", "created", "updated",
            "resolution", "resolutiondate", "issuetype", "issuelinks", "attachment",
        ]
        return usual + [try await organizations()].compactMap { $0 } + Set(description.fields.values).sorted()
    }

    /// The id of the field with the customer's organisations; nil where there is none.
    func organizations() async throws(SystemFault) -> String? {
        try await fields().values.filter(\.holdsOrganizations).map(\.id).min()
    }

    /// The fields of the site, by their ids; they are asked for once.
    func fields() async throws(SystemFault) -> [String: JiraField] {
        if let fields = known.withLock({ $0 }) { return fields }
        let list = try await send(SystemRequest("GET", "/rest/api/3/field")).json.items.compactMap(JiraField.init)
        let fields = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        known.withLock { $0 = fields }
        return fields
    }

    /// Sends a request.
    ///
    /// - Throws: ``SystemFault/credentials(_:)`` too where Jira answers a wrong token as it would a stranger, with what is public.
    func send(_ request: SystemRequest, accepting codes: Set<Int> = []) async throws(SystemFault) -> SystemResponse {
        let answer = try await connection.send(request, accepting: codes)
        guard answer.headers["x-seraph-loginreason"]?.hasPrefix("AUTHENTICAT") != true else {
            throw .credentials("the token was not accepted")
        }
        return answer
    }

    /// A text of JQL.
    static func quoted(_ text: String) -> String {
        var quoted = ""
        for character in text {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return "\"" + quoted + "\""
    }

    /// The path of an issue.
    func path(_ id: String, _ rest: String = "") -> String { "/rest/api/3/issue/\(SystemRequest.escaped(id))\(rest)" }
}
