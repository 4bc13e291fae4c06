/// What a reader of a desk's files should know of a field: that it is not read, or that rows lack it.
public struct FieldNote: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of notes.
    public enum Kind: Sendable, Hashable {
        /// Nothing reads a field of this name.
        case unread
        /// A row without it says nothing.
        case missing
    }

    /// The file.
    public let file: String
    /// The field.
    public let field: String
    /// What is to be known of it.
    public let kind: Kind
    /// The first line of which it is true, from 1.
    public let firstLine: Int
    /// The number of rows.
    public internal(set) var rows = 1

    /// One line: `FILE:LINE: field "X" is not read (N rows)`.
    public var description: String {
        "\(file):\(firstLine): field \"\(field)\" is \(kind == .unread ? "not read" : "missing") (\(rows) rows)"
    }
}

extension DeskFolder {
    /// The fields that are read, by the names of the files.
    private static let fields: [(file: String, names: Set<String>)] = [
        ("organizations", ["id", "name", "segment", "annualValue"]),
        ("accounts", ["id", "organization", "name", "tier", "annualValue", "slaHours"]),
        (
            "deployments",
            ["id", "environment", "region", "version", "components", "hosts", "accounts", "customised"]
        ),
        ("contacts", ["id", "account", "name", "email"]), ("aliases", ["account", "kind", "value"]),
        ("topology", ["from", "to"]), ("releases", ["component", "version", "deployment", "deployedAt"]),
        (
            "tickets",
            [
                "id", "openedAt", "resolvedAt", "account", "contact", "channel", "subject", "body", "priority",
                "category", "group", "assignee", "resolution",
            ]
        ),
        ("interactions", ["ticket", "time", "side", "public", "channel", "author", "text", "body"]),
        ("agents", ["id", "group", "since", "until"]),
    ]

    /// The most fields of one file that are noted, as keys may be anything.
    private static let mostNotes = 50

    /// Looks for what the files of customers, tickets, messages and agents hold and nothing reads, and for messages without a text.
    ///
    /// Rows that are wrong are passed over.
    ///
    /// - Returns: The notes in the order of the files and of their first lines, at most 50 a file.
    /// - Throws: ``RecordError``.
    public func fieldNotes() throws(RecordError) -> [FieldNote] {
        var notes: [FieldNote] = []
        for (name, known) in Self.fields {
            for file in try files(name) {
                var places: [String: Int] = [:]
                func note(_ field: String, _ kind: FieldNote.Kind, _ row: RecordRow) {
                    if let place = places[field] {
                        notes[place].rows += 1
                    } else if places.count < Self.mostNotes {
                        places[field] = notes.count
                        let shown = String(field.prefix(RowFault.longestExcerpt))
                        notes.append(FieldNote(file: file.path, field: shown, kind: kind, firstLine: row.line))
                    }
                }
                _ = try RecordRows.read(file, badRows: .areSetAside) { row throws(JSONRefusal) in
                    for field in row.names.subtracting(known).sorted() { note(field, .unread, row) }
                    if name == "interactions", try Interaction.text(of: row).isEmpty { note("text", .missing, row) }
                }
            }
        }
        return notes
    }
}
