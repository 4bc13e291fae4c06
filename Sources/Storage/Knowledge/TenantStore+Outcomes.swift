internal import GRDB
public import Records

extension TenantStore {
    /// Keeps what a model said of tickets: all of it, or nothing; what it said of a ticket at one time is never rewritten.
    ///
    /// - Throws: ``StorageError``, ``StorageError/unknown(file:kind:id:)`` when a ticket is not there.
    public func keep(_ outcomes: [ModelOutcome], by entry: AuditEntry) throws(StorageError) {
        try writing { database in
            let tickets = try TicketNumbers(database, file: path)
            let insert = try database.makeStatement(
                sql: """
                    INSERT INTO outcome (model, version, ticket, time, hours, lower, upper)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """)
            for item in outcomes {
                try insert.execute(
                    arguments: [
                        item.model, item.version, tickets.neededNumber(of: item.ticket), item.time.seconds, item.hours,
                        item.lower, item.upper,
                    ])
            }
            try Self.record(entry, in: database)
        }
    }

    /// What models said of tickets, in the order of times, tickets, models and versions.
    public func outcomes() throws(StorageError) -> [ModelOutcome] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT model, version, id, time, hours, lower, upper
                    FROM outcome JOIN ticket ON ticket.number = outcome.ticket
                    ORDER BY time, id, model, version
                    """
            ).map { row in
                ModelOutcome(
                    model: row["model"], version: row["version"], ticket: row["id"],
                    time: Instant(seconds: row["time"]), hours: row["hours"], lower: row["lower"], upper: row["upper"])
            }
        }
    }
}
