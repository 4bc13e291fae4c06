internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// What is right and wrong with a store.
public struct StoreCheck: Sendable, Hashable, Encodable {
    /// The steps by which its tables came to be.
    public var schema: [String] = []
    /// Whether sealed texts were opened, one by one.
    public var isKeyChecked = false
    /// The rows of each table.
    public var rows: [String: Int] = [:]
    /// Removals whose last bytes were not overwritten yet.
    public var unfinishedErasures = 0
    /// What is wrong, in words that hold nothing of what is kept; empty when all is right.
    public var problems: [String] = []
}

extension TenantStore {
    /// Looks at every page, every reference, every sealed text, and whether the counts add up.
    ///
    /// - Throws: ``StorageError`` when the file is damaged so much that it cannot be looked at.
    public func check() throws(StorageError) -> StoreCheck {
        try reading { database in
            var check = StoreCheck()
            for line in try String.fetchAll(database, sql: "PRAGMA integrity_check(20)") where line != "ok" {
                check.problems.append("integrity: " + line)
            }
            let references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            if references > 0 { check.problems.append("references: \(references) rows without what they belong to") }
            check.schema = try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
            for table in try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'grdb%' ORDER BY 1")
            {
                check.rows[table] = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(table)")
            }
            check.unfinishedErasures =
                try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM erasure WHERE finishedAt IS NULL") ?? 0
            for (words, sql) in Self.sums {
                let wrong = try Int.fetchOne(database, sql: sql) ?? 0
                if wrong != 0 { check.problems.append("\(words): \(wrong)") }
            }
            let entries = try Self.unreadableEntries(database)
            if !entries.isEmpty {
                check.problems.append("entries of the outbox that cannot be read: \(Self.listed(entries))")
            }
            if try read(database) != kept(database) {
                check.problems.append("records read of the sources and records counted differ")
            }
            if hasKey {
                check.isKeyChecked = true
                try openAll(database, &check.problems)
            }
            return check
        }
    }

    /// What must be 0.
    private static let sums = [
        (
            "shapes whose records do not add up",
            """
            SELECT COUNT(*) FROM shape WHERE records <>
                (SELECT COALESCE(SUM(records), 0) FROM eventCount WHERE eventCount.shape = shape.number)
            """
        ),
        ("numbers of shapes with gaps", "SELECT COALESCE(MAX(number) + 1, 0) - COUNT(*) FROM shape"),
        ("numbers of scopes with gaps", "SELECT COALESCE(MAX(number) + 1, 0) - COUNT(*) FROM scope"),
        (
            "counts of shapes that are not there",
            "SELECT COUNT(*) FROM eventCount WHERE shape <> -1 AND shape NOT IN (SELECT number FROM shape)"
        ),
        (
            "counts of scopes that are not there",
            "SELECT COUNT(*) FROM eventCount WHERE scope <> -1 AND scope NOT IN (SELECT number FROM scope)"
        ),
        ("counts of less than one record", "SELECT COUNT(*) FROM eventCount WHERE records < 1"),
        (
            "uses of articles that are not there",
            "SELECT COUNT(*) FROM articleUse WHERE article NOT IN (SELECT id FROM article)"
        ),
        (
            "messages of channels that stand in another ticket",
            """
            SELECT COUNT(*) FROM channelMessage JOIN interaction ON interaction.number = channelMessage.interaction
            WHERE interaction.ticket <> channelMessage.ticket
            """
        ),
    ]

    /// The numbers of the entries that nobody could send, or tell how far they have come.
    private static func unreadableEntries(_ database: Database) throws -> [Int64] {
        var numbers: [Int64] = []
        let rows = try Row.fetchCursor(database, sql: "SELECT number, state, payload FROM outbox ORDER BY number")
        while let row = try rows.next() {
            if OutboxEntry.State(rawValue: row[1]) == nil || OutboxPayload(text: row[2]) == nil {
                numbers.append(row[0])
            }
        }
        return numbers
    }

    private static func listed(_ numbers: [Int64]) -> String {
        numbers.prefix(20).map(String.init).joined(separator: ", ") + (numbers.count > 20 ? ", ..." : "")
    }

    /// The records that the sources have given.
    private func read(_ database: Database) throws -> Int64 {
        try String.fetchAll(database, sql: "SELECT checkpoint FROM source").reduce(0) { sum, text in
            let checkpoint = try JSONDecoder().decode(LogCheckpoint.self, from: Data(text.utf8))
            return sum + checkpoint.records + checkpoint.passedLines
        }
    }

    /// The records that are counted, and those that were removed.
    private func kept(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT (SELECT COALESCE(SUM(records), 0) FROM eventCount)
                    + (SELECT COALESCE(SUM(records), 0) FROM erasure)
                """) ?? 0
    }

    private func openAll(_ database: Database, _ problems: inout [String]) throws {
        let seal = try seal()
        var refused = 0
        let facts = try Row.fetchCursor(
            database, sql: "SELECT kind, id, field, source, value FROM fact WHERE typeof(value) = 'blob'")
        while let row = try facts.next() {
            let cell = SealedCell("fact.value", row: [row[0], FactReader.key(row[1]), row[2], row[3]])
            let sealed = SealedText(stored: Array(row[4] as Data))
            if (try? seal.open(sealed, in: cell)) == nil { refused += 1 }
        }
        for row in try Row.fetchAll(database, sql: "SELECT account, kind, value FROM alias") {
            let sealed = SealedText(stored: Array(row[2] as Data))
            if (try? seal.open(sealed, in: Self.aliasCell(row[0], row[1]))) == nil { refused += 1 }
        }
        if refused > 0 { problems.append("sealed texts that were changed or moved: \(refused)") }
    }
}
