internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// The seconds for which it is looked whether a ticket that was gone is there again.
    private static let doubtful = 30 * 86_400.0

    static let unreadTables = """
        CREATE TABLE unreadTicket (
            system TEXT NOT NULL, remote TEXT NOT NULL, since REAL NOT NULL, attempts INTEGER NOT NULL,
            notBefore REAL NOT NULL, fault TEXT NOT NULL, PRIMARY KEY (system, remote)) WITHOUT ROWID;
        CREATE INDEX unreadByTime ON unreadTicket (system, attempts = 0, notBefore);
        CREATE TABLE reconciliation (system TEXT PRIMARY KEY, time REAL NOT NULL) WITHOUT ROWID;
        CREATE INDEX deliveryByTime ON hookDelivery (system, time);
        """

    static func put(_ item: UnreadTicket, of system: String, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO unreadTicket (system, remote, since, attempts, notBefore, fault) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (system, remote) DO UPDATE SET notBefore = CASE WHEN excluded.attempts > attempts
                THEN excluded.notBefore ELSE MAX(notBefore, excluded.notBefore) END,
                attempts = MAX(attempts, excluded.attempts),
                fault = CASE excluded.fault WHEN '' THEN fault ELSE excluded.fault END
                """)
        try statement.execute(arguments: [
            system, item.remote, item.since.seconds, item.attempts, item.notBefore.seconds, item.fault.string,
        ])
    }

    /// Tickets of a system that are still to be read: those first that could not be read before, each the one that is due longest.
    ///
    /// - Parameters:
    ///   - system: The name of the system.
    ///   - time: Those that may not be read yet at this time are left out; nil for all.
    ///   - limit: The most tickets.
    public func unreadTickets(
        of system: String, dueAt time: Instant? = nil, limit: Int
    ) throws(StorageError) -> [UnreadTicket] {
        try reading { database in
            let rows = try Row.fetchAll(
                try database.cachedStatement(
                    sql: """
                        SELECT * FROM unreadTicket WHERE system = ? AND notBefore <= ?
                        ORDER BY attempts = 0, notBefore, remote LIMIT ?
                        """), arguments: [system, time?.seconds ?? .infinity, limit])
            return rows.map { row in
                UnreadTicket(
                    remote: row["remote"], since: Instant(seconds: row["since"]), attempts: row["attempts"],
                    notBefore: Instant(seconds: row["notBefore"]), fault: RedactedText(stored: row["fault"]))
            }
        }
    }

    /// The number of tickets of a system that are still to be read.
    ///
    /// - Parameters:
    ///   - system: The name of the system.
    ///   - attempts: Those of which reading has failed so often are left out; nil for all.
    ///   - time: Those that may be read at this time are counted all the same.
    public func unreadCount(
        of system: String, triedFewerThan attempts: Int? = nil, orDueAt time: Instant? = nil
    ) throws(StorageError) -> Int {
        try reading {
            try Int.fetchOne(
                $0, sql: "SELECT COUNT(*) FROM unreadTicket WHERE system = ? AND (attempts < ? OR notBefore <= ?)",
                arguments: [system, attempts ?? .max, time?.seconds ?? -.infinity]) ?? 0
        }
    }

    /// Those of some tickets of a system that are still to be read because they could not be read before.
    public func failedTickets(among remotes: [String], of system: String) throws(StorageError) -> Set<String> {
        try reading { database in
            let statement = try database.cachedStatement(
                sql: "SELECT 1 FROM unreadTicket WHERE system = ? AND remote = ? AND attempts > 0")
            return try Set(remotes.filter { try Bool.fetchOne(statement, arguments: [system, $0]) == true })
        }
    }

    /// The ids of the tickets of a system that were read last, and are there as far as is known.
    public func lastRead(
        in system: String, otherThan remotes: Set<String>, limit: Int
    ) throws(StorageError) -> [String] {
        try reading { database in
            let rows = try String.fetchCursor(
                database,
                sql: """
                    SELECT remote FROM linkedTicket WHERE system = ? AND fate = 'present' ORDER BY readAt DESC LIMIT ?
                    """, arguments: [system, remotes.count + limit])
            var found: [String] = []
            while found.count < limit, let remote = try rows.next() {
                if !remotes.contains(remote) { found.append(remote) }
            }
            return found
        }
    }

    /// Has all open tickets that a system is known to have read again, and takes note of the time.
    ///
    /// Those that were gone not long ago are too: who had lost the right to see them was told the same.
    public func readOpenTicketsAgain(of system: String, at time: Instant) throws(StorageError) {
        try writing { database in
            try database.execute(
                sql: """
                    INSERT INTO unreadTicket (system, remote, since, attempts, notBefore, fault)
                    SELECT system, remote, ?2, 0, ?2, ''
                    FROM linkedTicket JOIN ticket ON ticket.number = linkedTicket.ticket
                    WHERE system = ?1 AND (fate = 'present' AND resolvedAt IS NULL OR fate = 'deleted' AND readAt > ?3)
                    ON CONFLICT DO NOTHING
                    """, arguments: [system, time.seconds, time.seconds - Self.doubtful])
            try database.execute(
                sql: """
                    INSERT INTO reconciliation (system, time) VALUES (?, ?)
                    ON CONFLICT (system) DO UPDATE SET time = excluded.time
                    """, arguments: [system, time.seconds])
        }
    }

    /// When all open tickets of a system were read again last.
    ///
    /// - Parameters:
    ///   - system: The name of the system.
    ///   - now: The time that is kept, and returned, when they never were.
    public func lastReconciliation(of system: String, at now: Instant) throws(StorageError) -> Instant {
        try writing { database in
            try database.execute(
                sql: "INSERT INTO reconciliation (system, time) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [system, now.seconds])
            let time = try Double.fetchOne(
                database, sql: "SELECT time FROM reconciliation WHERE system = ?", arguments: [system])
            return Instant(seconds: time ?? now.seconds)
        }
    }
}
