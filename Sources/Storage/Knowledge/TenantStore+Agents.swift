internal import GRDB
public import Records

extension TenantStore {
    /// Keeps the members of the support team: all of them, or nothing.
    ///
    /// Of one agent, group and beginning the end that was said of the latest date counts. Who is not named stays.
    ///
    /// - Parameters:
    ///   - agents: The agents.
    ///   - date: When it was so.
    ///   - entry: Who keeps them.
    public func keep(_ agents: [Agent], date: Instant, by entry: AuditEntry) throws(StorageError) {
        try writing { database in
            try Self.put(agents, date, in: database)
            try Self.record(entry, in: database)
        }
    }

    static func put(_ agents: [Agent], _ date: Instant, in database: Database) throws {
        let put = try database.makeStatement(
            sql: """
                INSERT INTO agent (id, team, since, until, seenAt) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET until = excluded.until, seenAt = excluded.seenAt
                    WHERE excluded.seenAt >= seenAt
                """)
        for agent in agents {
            try put.execute(
                arguments: [agent.id, agent.group, agent.since?.seconds, agent.until?.seconds, date.seconds])
        }
    }

    /// The members of the support team, in the order of ids, groups and beginnings.
    public func agents() throws(StorageError) -> [Agent] {
        try reading { database in
            try Row.fetchAll(database, sql: "SELECT * FROM agent ORDER BY id, team, since").map { row in
                Agent(
                    id: row["id"], group: row["team"], since: (row["since"] as Double?).map(Instant.init(seconds:)),
                    until: (row["until"] as Double?).map(Instant.init(seconds:)))
            }
        }
    }
}
