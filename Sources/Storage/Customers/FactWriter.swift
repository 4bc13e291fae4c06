internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// Writes what one source says of customers at one time; what the same source said later stays.
struct FactWriter {
    private let seal: TextSeal
    private let source: String
    private let seenAt: Double
    private let put: Statement
    private let forget: Statement

    init(_ database: Database, _ seal: TextSeal, source: String, seenAt: Instant) throws {
        self.seal = seal
        self.source = source
        self.seenAt = seenAt.seconds
        put = try database.makeStatement(
            sql: """
                INSERT INTO fact (kind, id, field, source, item, seenAt, value) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET seenAt = excluded.seenAt, value = excluded.value
                    WHERE excluded.seenAt >= seenAt
                """)
        forget = try database.makeStatement(
            sql: "DELETE FROM fact WHERE kind = ? AND id = ? AND field = ? AND source = ? AND seenAt <= ?")
    }

    /// The entity is there, whatever else is known of it.
    func exists(_ kind: FactKind, _ id: String) throws { try write(kind, id.databaseValue, "id", nil) }

    func text(_ kind: FactKind, _ id: String, _ field: String, _ value: String?) throws {
        if let value, !value.isEmpty { try write(kind, id.databaseValue, field, value) }
    }

    func number(_ kind: FactKind, _ id: String, _ field: String, _ value: Double?) throws {
        if let value { try write(kind, id.databaseValue, field, value) }
    }

    /// A list stands for all that the source knows, so the items that it has no more go.
    func list(_ kind: FactKind, _ id: String, _ field: String, _ items: [String]) throws {
        guard !items.isEmpty else { return }
        try forget.execute(arguments: [kind.rawValue, id, field, source, seenAt])
        for item in items { try write(kind, id.databaseValue, field, nil, item: item) }
    }

    /// The name of a company.
    func name(_ kind: FactKind, _ id: String, _ value: String) throws {
        guard !value.isEmpty else { return }
        let cell = FactReader.cell(kind, id, "name", source)
        try write(kind, id.databaseValue, "name", Data(try seal.seal(RawText(value), in: cell).bytes))
    }

    /// A contact; its id, name and address are sealed.
    func contact(_ contact: Contact) throws {
        let hash = Data(seal.hash(RawText(contact.id), as: FactKind.contact.rawValue))
        let key = FactReader.key(hash.databaseValue)
        for (field, text) in [("id", RawText(contact.id)), ("name", contact.name), ("email", contact.email)]
        where text.count > 0 {
            let sealed = try seal.seal(text, in: FactReader.cell(.contact, key, field, source))
            try write(.contact, hash.databaseValue, field, Data(sealed.bytes))
        }
        if let account = contact.account { try write(.contact, hash.databaseValue, "account", account) }
    }

    private func write(
        _ kind: FactKind, _ id: DatabaseValue, _ field: String, _ value: (any DatabaseValueConvertible)?,
        item: String = ""
    ) throws {
        try put.execute(arguments: [kind.rawValue, id, field, source, item, seenAt, value])
    }
}
