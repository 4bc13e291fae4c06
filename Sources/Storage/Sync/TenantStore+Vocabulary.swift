internal import GRDB
public import Records

extension TenantStore {
    /// The words that a system had when it was looked at last; empty when it never was.
    public func seenWords(of system: String) throws(StorageError) -> Set<SeenWord> {
        try reading { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT kind, word, name FROM seenWord WHERE system = ?", arguments: [system])
            return Set(
                rows.compactMap { row in
                    SeenWord.Kind(rawValue: row["kind"]).map { SeenWord($0, row["word"], name: row["name"]) }
                })
        }
    }

    /// Keeps the words that a system has now, in place of those that it had.
    public func keep(_ words: Set<SeenWord>, of system: String, by entry: AuditEntry) throws(StorageError) {
        try writing { database in
            try database.execute(sql: "DELETE FROM seenWord WHERE system = ?", arguments: [system])
            let insert = try database.cachedStatement(
                sql: "INSERT INTO seenWord (system, kind, word, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
            for word in words { try insert.execute(arguments: [system, word.kind.rawValue, word.word, word.name]) }
            try Self.record(entry, in: database)
        }
    }

    /// How many tickets of a system have each value, of those that were opened last.
    ///
    /// - Parameters:
    ///   - system: The name of the system.
    ///   - places: Which tickets: 0 is the one that was opened last.
    ///   - most: Fields with more different values than this are left out.
    /// - Returns: The number of tickets, and the counts by Casebook's name of the field and the value.
    public func valueCounts(
        in system: String, places: Range<Int>, most: Int
    ) throws(StorageError) -> (tickets: Int, values: [String: [String: Int]]) {
        try reading { database in
            let chosen = """
                WITH chosen AS (SELECT remote FROM linkedTicket JOIN ticket ON ticket.number = linkedTicket.ticket
                WHERE system = ?1 ORDER BY openedAt DESC, remote LIMIT ?2 OFFSET ?3)
                """
            let arguments: StatementArguments = [system, places.count, places.lowerBound]
            let tickets = try Int.fetchOne(database, sql: chosen + " SELECT COUNT(*) FROM chosen", arguments: arguments)
            var values: [String: [String: Int]] = [:]
            var many: Set<String> = [Self.tag, Self.other]
            let rows = try Row.fetchCursor(
                database,
                sql: chosen + """
                     SELECT field, value, COUNT(*) AS count FROM linkedValue JOIN chosen USING (remote)
                    WHERE system = ?1 GROUP BY field, value
                    """, arguments: arguments)
            while let row = try rows.next() {
                let field: String = row["field"]
                guard !many.contains(field) else { continue }
                values[field, default: [:]][row["value"]] = row["count"]
                if values[field, default: [:]].count > most {
                    values[field] = nil
                    many.insert(field)
                }
            }
            return (tickets ?? 0, values)
        }
    }
}
