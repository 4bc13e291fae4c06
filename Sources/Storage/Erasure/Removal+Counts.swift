internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

extension Removal {
    /// Removes the counts of some scopes, what no counts are left for, and names in shapes and scopes.
    ///
    /// Shapes and scopes are numbered anew, since their numbers have no gaps; those that are the same without names become one.
    mutating func removeCounts(ofScopes scopes: Set<Int64>, words: ErasedWords?) throws {
        for scope in scopes {
            let sum = "SELECT COALESCE(SUM(records), 0) FROM eventCount WHERE scope = ?"
            records += try Int.fetchOne(database, sql: sum, arguments: [scope]) ?? 0
            try run("counts", "DELETE FROM eventCount WHERE scope = ?", [scope])
        }
        try removeUncounted(words: words)
    }

    /// Removes shapes and scopes that no counts are left for.
    mutating func removeUncounted(words: ErasedWords?) throws {
        let isNew = try [
            renumber("shape", words: words), renumber("scope", words: words),
        ]
        guard isNew.contains(true) else { return }
        // A count without a number keeps -1.
        try database.execute(
            sql: """
                CREATE TEMP TABLE kept AS SELECT minute, COALESCE(s.new, -1) AS shape, COALESCE(c.new, -1) AS scope,
                    severity, SUM(records) AS records
                FROM eventCount LEFT JOIN temp.shapeMap AS s ON s.old = shape LEFT JOIN temp.scopeMap AS c ON c.old = scope
                GROUP BY 1, 2, 3, 4;
                DELETE FROM eventCount;
                INSERT INTO eventCount SELECT * FROM temp.kept;
                DROP TABLE temp.kept;
                UPDATE shape SET records =
                    (SELECT COALESCE(SUM(records), 0) FROM eventCount WHERE eventCount.shape = shape.number);
                """)
    }

    /// Numbers the rows of a table anew without those that are not counted, and with names taken out.
    ///
    /// - Returns: Whether anything is different; the old and new numbers are in a temporary table.
    private mutating func renumber(_ table: String, words: ErasedWords?) throws -> Bool {
        let map = "temp.\(table)Map"
        try database.execute(
            sql: "DROP TABLE IF EXISTS \(map); CREATE TABLE \(map) (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
        let used = try Set(Int64.fetchAll(database, sql: "SELECT DISTINCT \(table) FROM eventCount"))
        let rows = try Row.fetchAll(database, sql: "SELECT number, text FROM \(table) ORDER BY number")
        var texts: [String] = []
        var numbers: [String: Int] = [:]
        var isChanged = false
        let put = try database.makeStatement(sql: "INSERT INTO \(map) (old, new) VALUES (?, ?)")
        for row in rows {
            let old: Int64 = row[0]
            guard used.contains(old) else {
                add(table + "s", 1)
                isChanged = true
                continue
            }
            let text: String = row[1]
            let erased = words?.erased(from: RedactedText(stored: text), isLog: true)?.string
            if erased != nil {
                add("texts", 1)
                isChanged = true
            }
            let number = numbers[erased ?? text] ?? texts.count
            if number == texts.count {
                texts.append(erased ?? text)
                numbers[erased ?? text] = number
            }
            try put.execute(arguments: [old, number])
        }
        guard isChanged else { return false }
        try database.execute(sql: "DELETE FROM \(table)")
        let insert = try database.makeStatement(sql: "INSERT INTO \(table) (number, text) VALUES (?, ?)")
        for (number, text) in texts.enumerated() { try insert.execute(arguments: [number, text]) }
        return true
    }
}
