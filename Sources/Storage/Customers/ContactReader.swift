internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// The ids of people by their hashes.
struct ContactReader {
    private let seal: TextSeal
    private let find: Statement
    private var contacts: [Data: String] = [:]

    init(_ database: Database, _ seal: TextSeal) throws {
        self.seal = seal
        find = try database.cachedStatement(
            sql: "SELECT source, value FROM fact WHERE kind = 'contact' AND id = ? AND field = 'id' LIMIT 1")
    }

    /// The id of a contact; nil when nobody is known by the hash.
    mutating func id(of hash: Data) throws -> String? {
        if let known = contacts[hash] { return known }
        guard let row = try Row.fetchOne(find, arguments: [hash]) else { return nil }
        let cell = FactReader.cell(.contact, FactReader.key(hash.databaseValue), "id", row[0])
        let id = try seal.string(of: SealedText(stored: Array(row[1] as Data)), in: cell)
        contacts[hash] = id
        return id
    }
}
