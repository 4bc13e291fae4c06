internal import Synchronization

/// The tables of an instance, read by query.
struct ServiceNowTables: Sendable {
    /// Some rows.
    struct Page: Sendable {
        var rows: [JSON]
        /// Whether there are more behind them.
        var hasNext: Bool
        /// Whether none is missing of which this account may not see anything.
        var isWhole: Bool
    }

    /// The rows that are read at once where all are wanted.
    private static let rowsAtATime = 1_000
    /// The pages that are read at most where all rows are wanted.
    private static let mostPages = 200

    let connection: SystemConnection

    init(_ connection: SystemConnection) {
        self.connection = connection
    }

    /// A page of rows.
    ///
    /// - Returns: nil when the answer has one of the `codes`.
    func page(
        of table: String, query: String, columns: [String], limit: Int, offset: Int = 0, accepting codes: Set<Int> = []
    ) async throws(SystemFault) -> Page? {
        var parameters = Self.parameters(columns)
        parameters += [.init("sysparm_query", query), .init("sysparm_limit", "\(limit)")]
        if offset > 0 { parameters.append(.init("sysparm_offset", "\(offset)")) }
        let answer = try await connection.send(
            SystemRequest("GET", Self.path(table), query: parameters), accepting: codes)
        guard !codes.contains(answer.status) else { return nil }
        let json = try whole(answer)
        guard case .list(let rows) = json["result"] else { throw .unreadable("\(table): no result") }
        // Rows are counted before those are left out that this account may not see.
        let total = answer.headers["x-total-count"].flatMap { Int($0) }
        return Page(
            rows: rows, hasNext: Self.hasNext(answer, read: offset + limit, isFull: rows.count >= limit),
            isWhole: total.map { rows.count >= min(limit, $0 - offset) } ?? true)
    }

    /// All rows of a query whose rows stay where they are.
    ///
    /// - Parameter isComplete: Whether a row that this account may not see is refused; else it is left out.
    func all(
        of table: String, query: String, columns: [String], isComplete: Bool = false
    ) async throws(SystemFault) -> [JSON] {
        var rows: [JSON] = []
        for number in 0..<Self.mostPages {
            let page = try await page(
                of: table, query: query, columns: columns, limit: Self.rowsAtATime, offset: number * Self.rowsAtATime)
            guard page?.isWhole != false || !isComplete else {
                throw .forbidden("rows of \(table) are hidden from this account")
            }
            rows += page?.rows ?? []
            guard page?.hasNext == true else { return rows }
        }
        throw .refused(reason: "\(table): more than \(Self.mostPages * Self.rowsAtATime) rows", fields: [])
    }

    /// A row by its id; nil when there is none, or none that this account may see.
    func row(_ id: String, of table: String, columns: [String]) async throws(SystemFault) -> JSON? {
        let answer = try await connection.send(
            SystemRequest("GET", Self.path(table, id), query: Self.parameters(columns)), accepting: [404])
        return answer.status == 404 ? nil : try record(answer)
    }

    /// Makes a row, or changes one.
    ///
    /// - Parameter id: The row; nil for a new one.
    /// - Returns: The row as it is then.
    func write(
        _ values: [String: JSON], to id: String?, of table: String, columns: [String]
    ) async throws(SystemFault) -> JSON {
        let request = SystemRequest(
            id == nil ? "POST" : "PATCH", Self.path(table, id), query: Self.parameters(columns),
            body: .json(.object(values)))
        return try record(try await connection.send(request))
    }

    private static func path(_ table: String, _ id: String? = nil) -> String {
        // Of the second version an empty result is an empty list, and no error.
        "/api/now/v2/table/" + SystemRequest.escaped(table) + (id.map { "/" + SystemRequest.escaped($0) } ?? "")
    }

    private static func parameters(_ columns: [String]) -> [SystemRequest.Query] {
        [
            .init("sysparm_fields", columns.joined(separator: ",")), .init("sysparm_display_value", "false"),
            .init("sysparm_exclude_reference_link", "true"),
        ]
    }

    private func record(_ answer: SystemResponse) throws(SystemFault) -> JSON {
        let json = try whole(answer)
        guard case .object = json["result"] else { throw .unreadable("the answer holds no record") }
        return json["result"]
    }

    /// The answer, if the instance did not break off in the middle: it then says so beside the result, with the code of success.
    private func whole(_ answer: SystemResponse) throws(SystemFault) -> JSON {
        let json = try answer.json
        guard json["error"].isNull else {
            throw .unreadable("the instance broke off: \(connection.explanation(of: answer)?.reason ?? "")")
        }
        return json
    }

    /// Reads `{"error": {"message", "detail"}}`.
    @Sendable static func reason(_ json: JSON) -> (reason: String, fields: [String])? {
        let sentences = [json["error"]["message"].text, json["error"]["detail"].text].compactMap { $0 }
        return sentences.isEmpty ? nil : (sentences.joined(separator: ": "), [])
    }

    /// Whether rows come behind a page: a short page may be one of which this account may not see everything.
    private static func hasNext(_ answer: SystemResponse, read: Int, isFull: Bool) -> Bool {
        if let link = answer.headers["link"] { return link.contains("rel=\"next\"") }
        if let total = answer.headers["x-total-count"].flatMap({ Int($0) }) { return read < total }
        return isFull
    }

    /// What a reference leads to, in either of the forms in which it is sent.
    static func reference(_ json: JSON) -> String? { json["value"].identifier ?? json.identifier }

    /// Whether a text can stand in a list of a query.
    static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && !text.contains { $0 == "^" || $0 == "," || $0.isNewline }
    }
}

/// The ids of users by their log-in names.
final class KnownUsers: Sendable {
    private static let most = 100_000
    private let known = Mutex<[String: String]>([:])

    /// The names that were not asked for yet.
    func missing(_ names: Set<String>) -> Set<String> { known.withLock { known in names.filter { known[$0] == nil } } }

    /// The ids of those that are known.
    func ids(_ names: Set<String>) -> [String: String] {
        known.withLock { known in
            Dictionary(
                names.compactMap { name in known[name].map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Takes note of ids.
    func learn(_ pairs: [(name: String, id: String)]) {
        known.withLock { known in
            if known.count + pairs.count > Self.most { known = [:] }
            for (name, id) in pairs { known[name] = id }
        }
    }
}

/// Tables that an account may not read, each told once.
final class ForbiddenTables: Sendable {
    private let tables = Mutex<(all: Set<String>, untold: [String])>(([], []))

    /// Takes note of one.
    func note(_ table: String) {
        tables.withLock { if $0.all.insert(table).inserted { $0.untold.append(table) } }
    }

    /// Those that were not told.
    func take() -> [String] {
        tables.withLock { tables in
            defer { tables.untold = [] }
            return tables.untold
        }
    }
}
