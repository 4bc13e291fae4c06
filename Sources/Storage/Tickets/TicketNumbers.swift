internal import GRDB

/// Finds the rows of tickets by their ids.
struct TicketNumbers {
    private let find: Statement
    private let file: String

    init(_ database: Database, file: String) throws {
        find = try database.makeStatement(sql: "SELECT number FROM ticket WHERE id = ?")
        self.file = file
    }

    /// The number of a ticket; nil when it is not there.
    func number(of id: String) throws -> Int64? { try Int64.fetchOne(find, arguments: [id]) }

    /// The number of a ticket that must be there.
    ///
    /// - Throws: ``StorageError/unknown(file:kind:id:)`` when it is not.
    func neededNumber(of id: String) throws -> Int64 {
        guard let number = try number(of: id) else { throw StorageError.unknown(file: file, kind: "ticket", id: id) }
        return number
    }
}
