internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// What is known of one organisation, account, deployment or contact.
struct Entity {
    let kind: FactKind
    /// The id, or the hash of it for a contact.
    let key: String
    /// The fact that counts, by field.
    var values: [String: (value: DatabaseValue, source: String)] = [:]
    /// The items of lists, by field.
    var items: [String: [String]] = [:]
}

/// Reads facts and merges what several sources say.
///
/// Of one field, the fact with the latest date counts, of two of the same date that of the source that comes first in the order
/// of names. Lists of several sources are taken together.
struct FactReader {
    let seal: TextSeal

    /// Calls `body` with each entity, in the order of kinds and ids.
    func forEachEntity(_ database: Database, _ body: (Entity) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT kind, id, field, item, source, value FROM fact
                ORDER BY kind, id, field, seenAt DESC, source, item
                """)
        var current: Entity?
        while let row = try rows.next() {
            guard let kind = FactKind(rawValue: row[0]) else { continue }
            let key = Self.key(row[1])
            if current?.kind != kind || current?.key != key {
                if let current { try body(current) }
                current = Entity(kind: kind, key: key)
            }
            let field: String = row[2]
            let item: String = row[3]
            if !item.isEmpty {
                current?.items[field, default: []].append(item)
            } else if current?.values[field] == nil {
                current?.values[field] = (row[5], row[4])
            }
        }
        if let current { try body(current) }
    }

    /// The name of a company; empty when it is not known.
    func name(of entity: Entity) throws -> String {
        guard let (sealed, source) = try sealed("name", of: entity) else { return "" }
        return try seal.string(of: sealed, in: Self.cell(entity.kind, entity.key, "name", source))
    }

    /// A sealed field of a contact; nil when it is not known.
    func raw(_ field: String, of entity: Entity) throws -> RawText? {
        guard let (sealed, source) = try sealed(field, of: entity) else { return nil }
        return try seal.open(sealed, in: Self.cell(entity.kind, entity.key, field, source))
    }

    /// The id of a contact.
    func contactID(of entity: Entity) throws -> String {
        guard let (sealed, source) = try sealed("id", of: entity) else { return "" }
        return try seal.string(of: sealed, in: Self.cell(entity.kind, entity.key, "id", source))
    }

    private func sealed(_ field: String, of entity: Entity) throws -> (SealedText, String)? {
        guard let (value, source) = entity.values[field] else { return nil }
        guard let bytes = Data.fromDatabaseValue(value) else { throw SealError.refused }
        return (SealedText(stored: Array(bytes)), source)
    }

    /// An id as it stands in the places of sealed texts.
    static func key(_ id: DatabaseValue) -> String {
        guard case .blob(let bytes) = id.storage else { return String.fromDatabaseValue(id) ?? "" }
        return bytes.hexadecimal
    }

    /// Where a sealed fact stands.
    static func cell(_ kind: FactKind, _ key: String, _ field: String, _ source: String) -> SealedCell {
        SealedCell("fact.value", row: [kind.rawValue, key, field, source])
    }
}

extension Entity {
    func text(_ field: String) -> String { values[field].flatMap { String.fromDatabaseValue($0.value) } ?? "" }

    func optionalText(_ field: String) -> String? { values[field].flatMap { String.fromDatabaseValue($0.value) } }

    func number(_ field: String) -> Double? { values[field].flatMap { Double.fromDatabaseValue($0.value) } }

    func list(_ field: String) -> [String] {
        var seen: Set<String> = []
        return (items[field] ?? []).filter { seen.insert($0).inserted }
    }
}
