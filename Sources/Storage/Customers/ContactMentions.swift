internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// The hashes of people whom tickets and messages name; of each at least the id is known from then on.
struct ContactMentions {
    private let seal: TextSeal
    private let source: String
    private let seenAt: Double
    private let mention: Statement
    private var hashes: [String: Data] = [:]

    init(_ database: Database, _ seal: TextSeal, source: String, seenAt: Instant) throws {
        self.seal = seal
        self.source = source
        self.seenAt = seenAt.seconds
        mention = try database.makeStatement(
            sql: """
                INSERT INTO fact (kind, id, field, source, item, seenAt, value) SELECT 'contact', ?, 'id', ?, '', ?, ?
                WHERE NOT EXISTS (SELECT 1 FROM fact WHERE kind = 'contact' AND id = ?)
                """)
    }

    mutating func hash(of contact: String) throws -> Data {
        if let known = hashes[contact] { return known }
        let hash = Data(seal.hash(RawText(contact), as: FactKind.contact.rawValue))
        let cell = FactReader.cell(.contact, FactReader.key(hash.databaseValue), "id", source)
        let sealed = Data(try seal.seal(RawText(contact), in: cell).bytes)
        try mention.execute(arguments: [hash, source, seenAt, sealed, hash])
        hashes[contact] = hash
        return hash
    }
}
