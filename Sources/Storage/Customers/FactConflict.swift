internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

/// A field of which two sources say different things.
public struct FactConflict: Sendable, Hashable {
    /// What it is about: `organization`, `account`, `deployment` or `contact`.
    public var kind: String
    /// The id; for a contact, the hash of it.
    public var id: String
    /// The field.
    public var field: String
    /// Who says something, and when, what counts first.
    public var claims: [Claim]

    /// One source's word.
    public struct Claim: Sendable, Hashable {
        /// The source.
        public var source: String
        /// The date of what it says.
        public var date: Instant
    }
}

extension TenantStore {
    /// The fields of which the sources say different things; all of them are kept.
    ///
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func conflicts() throws(StorageError) -> [FactConflict] {
        let seal = try seal()
        return try reading { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT kind, id, field, source, seenAt, value FROM fact AS this WHERE item = '' AND field <> 'id'
                        AND EXISTS (SELECT 1 FROM fact AS other WHERE other.kind = this.kind AND other.id = this.id
                            AND other.field = this.field AND other.item = '' AND other.source <> this.source)
                    ORDER BY kind, id, field, seenAt DESC, source
                    """)
            var found: [FactConflict] = []
            var values: [Set<[UInt8]>] = []
            while let row = try rows.next() {
                let (kind, key, field): (String, String, String) = (row[0], FactReader.key(row[1]), row[2])
                let claim = FactConflict.Claim(source: row[3], date: Instant(seconds: row[4]))
                let value = try Self.comparable(row[5], kind, key, field, claim.source, seal)
                if let last = found.last, last.kind == kind, last.id == key, last.field == field {
                    found[found.count - 1].claims.append(claim)
                    values[values.count - 1].insert(value)
                } else {
                    found.append(FactConflict(kind: kind, id: key, field: field, claims: [claim]))
                    values.append([value])
                }
            }
            return zip(found, values).filter { $0.1.count > 1 }.map(\.0)
        }
    }

    /// What is the same for equal facts: sealed ones differ in their bytes.
    private static func comparable(
        _ value: DatabaseValue, _ kind: String, _ key: String, _ field: String, _ source: String, _ seal: TextSeal
    ) throws -> [UInt8] {
        guard case .blob(let bytes) = value.storage else { return Array("\(value)".utf8) }
        let cell = SealedCell("fact.value", row: [kind, key, field, source])
        return seal.hash(try seal.open(SealedText(stored: Array(bytes)), in: cell), as: field)
    }
}
