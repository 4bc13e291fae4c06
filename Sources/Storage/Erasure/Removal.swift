internal import Foundation
internal import GRDB
internal import Records

/// Removes rows and keeps the account of it, within one transaction.
struct Removal {
    let database: Database
    /// The rows, by kind.
    private(set) var removed: [String: Int] = [:]
    /// The log records whose counts were removed.
    var records = 0
    /// The names that were not looked for in texts.
    var namesLeft = 0

    init(_ database: Database) {
        self.database = database
    }

    mutating func add(_ kind: String, _ rows: Int) {
        if rows > 0 { removed[kind, default: 0] += rows }
    }

    /// Runs a statement and counts the rows that it changes.
    mutating func run(_ kind: String, _ sql: String, _ arguments: StatementArguments = []) throws {
        try database.execute(sql: sql, arguments: arguments)
        add(kind, database.changesCount)
    }

    private var isEmpty: Bool { removed.isEmpty && records == 0 }

    /// Writes down that this was removed and, if it is anything, still stands in free pages.
    func keep(kind: String, subject: Data?, at time: Instant) throws {
        let json = String(decoding: try JSONEncoder().encode(removed), as: UTF8.self)
        try database.execute(
            sql: """
                INSERT INTO erasure (kind, subject, time, finishedAt, records, namesLeft, removed)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, arguments: [kind, subject, time.seconds, isEmpty ? time.seconds : nil, records, namesLeft, json])
    }
}
