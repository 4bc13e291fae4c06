/// A data set of kind `duplicates`: tickets with times, and which of them repeat which.
public struct DuplicateDescriptor: Sendable, Equatable, Codable {
    /// The value of `kind`.
    public static let kind = "duplicates"

    /// Which columns of the tickets are read.
    public struct Columns: Sendable, Equatable, Codable {
        /// The id.
        public var id: String
        /// When the ticket was opened: ISO 8601, or as Jira exports it (`30/Sep/21 17:20`), in UTC.
        public var openedAt: String
        /// The title; nil where there is none.
        public var subject: String?
        /// The text; nil where there is none.
        public var body: String?
        /// The ids of what it repeats, parted by commas, also as a list in brackets and quotes; nil where only ``Links`` say so.
        public var duplicateOf: String?
    }

    /// Files of links beside the tickets.
    public struct Links: Sendable, Equatable, Codable {
        /// The files.
        public var files: [String]
        /// The column with the id of a ticket.
        public var id: String
        /// The column with the ids of what it repeats, as in the tickets.
        public var duplicateOf: String
    }

    /// The name; also the folder in which its files are looked for.
    public var name: String
    /// Always ``kind``.
    public var kind: String
    /// The files of tickets.
    public var files: [String]
    /// Which columns of the tickets are read.
    public var columns: Columns
    /// Files of links; nil where the tickets themselves say what they repeat.
    public var links: Links?

    /// Reads a descriptor.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Returns: nil for a descriptor of another kind.
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    public init?(json file: RecordFile) throws(RecordError) {
        let found: Self? = try file.descriptor(
            of: Self.kind, needing: "name, files (a list of texts), columns.id and columns.openedAt")
        guard let found else { return nil }
        try file.check(
            name: found.name,
            files: [("files", found.files)] + (found.links.map { [("links.files", $0.files)] } ?? []))
        guard found.columns.duplicateOf != nil || found.links != nil else {
            throw .invalidDescriptor(
                file: file.path, key: "links", reason: "is needed where columns.duplicateOf is not given")
        }
        self = found
    }

    /// Tickets in the order in which they were opened, and which of them repeat which.
    public struct Tickets: Sendable {
        /// The tickets.
        public var tickets: [Ticket]
        /// The links from one ticket to another, by the numbers of both, in the order of the files.
        public var repeats: [(ticket: Int, of: Int)]
        /// The rows that tell no ticket, as they lack an id or a time.
        public var setAside: [RejectedRow]
        /// How many links there are, also those that lead to no ticket.
        public var links: Int
    }

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - open: Opens a file by its name in the descriptor.
    ///   - redactor: Redacts texts as they are read.
    /// - Throws: ``RecordError``, of a table without one of the columns ``RecordError/unknownColumn(file:column:present:)``. A link to a ticket that is not there is passed over: what it repeated has been deleted; so is a row without an id, a time or with the id of another, unless none is left: then the first fault is thrown.
    public func tickets(
        redactor: Redactor, _ open: (String) throws(RecordError) -> RecordFile
    ) throws(RecordError) -> Tickets {
        var tickets: [Ticket] = []
        var links: [(String, String)] = []
        var setAside: [RejectedRow] = []
        func take(_ row: RecordRow, _ id: String, _ column: String) throws(JSONRefusal) {
            for other in try row.words(column).split(whereSeparator: { ",;|".contains($0) }) {
                let other = other.trimming(" \t[](){}'\"")
                if !other.isEmpty { links.append((id, other)) }
            }
        }
        var ids: Set<String> = []
        let read =
            [columns.id, columns.openedAt] + [columns.subject, columns.body, columns.duplicateOf].compactMap(\.self)
        for name in files {
            setAside += try RecordRows.read(try open(name), badRows: .areSetAside, columns: read) {
                row throws(JSONRefusal) in
                let id = try row.neededIdentifier(columns.id).trimming(" \t")
                guard ids.insert(id).inserted else { throw JSONRefusal(columns.id, excerpt: id, .duplicateId) }
                var ticket = Ticket(id: id, openedAt: try Self.time(row, columns.openedAt))
                if let subject = columns.subject { ticket.subject = redactor.redact(RawText(try row.words(subject))) }
                if let body = columns.body { ticket.body = redactor.redact(RawText(try row.words(body))) }
                if let column = columns.duplicateOf { try take(row, id, column) }
                tickets.append(ticket)
            }
        }
        if let linked = self.links {
            for name in linked.files {
                _ = try RecordRows.read(
                    try open(name), badRows: .areErrors, columns: [linked.id, linked.duplicateOf]
                ) { row throws(JSONRefusal) in
                    try take(row, try row.neededIdentifier(linked.id).trimming(" \t"), linked.duplicateOf)
                }
            }
        }
        guard !tickets.isEmpty else { throw setAside.first.map { .invalidRow($0.fault) } ?? .emptyFile(file: files[0]) }
        tickets.sort { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
        var position: [String: Int] = [:]
        for (number, ticket) in tickets.enumerated() { position[ticket.id] = number }
        let repeats = links.compactMap { link -> (ticket: Int, of: Int)? in
            guard let ticket = position[link.0], let other = position[link.1] else { return nil }
            return (ticket, other)
        }
        return Tickets(tickets: tickets, repeats: repeats, setAside: setAside, links: links.count)
    }

    private static func time(_ row: RecordRow, _ column: String) throws(JSONRefusal) -> Instant {
        let text = try row.neededIdentifier(column)
        if let time = Instant(iso8601: text) ?? Instant(jiraExport: text) { return time }
        throw JSONRefusal(column, excerpt: text, .badDate)
    }
}

extension StringProtocol {
    fileprivate func trimming(_ characters: String) -> String {
        String(drop { characters.contains($0) }.reversed().drop { characters.contains($0) }.reversed())
    }
}
