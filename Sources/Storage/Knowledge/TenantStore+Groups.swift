internal import GRDB
public import Records

extension TenantStore {
    /// Appends what people said of tickets to what they said before: all of it, or nothing.
    ///
    /// The same word of the same person at the same time is one, so that what is sent twice does not undo what was said between.
    ///
    /// - Throws: ``StorageError``, ``StorageError/unknown(file:kind:id:)`` when a ticket is not there.
    public func keep(_ decisions: [GroupDecision], by entry: AuditEntry) throws(StorageError) {
        try writing { database in
            let tickets = try TicketNumbers(database, file: path)
            let insert = try database.makeStatement(
                sql: """
                    INSERT INTO groupDecision (kind, first, second, time, actor) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """)
            for item in decisions {
                try insert.execute(
                    arguments: [
                        item.kind.rawValue, tickets.neededNumber(of: item.first),
                        tickets.neededNumber(of: item.second), item.time.seconds, item.actor,
                    ])
            }
            try Self.record(entry, in: database)
        }
    }

    /// What people said of tickets, in the order in which it was kept.
    public func groupDecisions() throws(StorageError) -> [GroupDecision] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT kind, one.id AS first, other.id AS second, time, actor FROM groupDecision
                    JOIN ticket AS one ON one.number = first JOIN ticket AS other ON other.number = second
                    ORDER BY groupDecision.number
                    """
            ).compactMap { row in
                GroupDecision.Kind(rawValue: row["kind"]).map {
                    GroupDecision(
                        kind: $0, row["first"], row["second"], time: Instant(seconds: row["time"]), actor: row["actor"])
                }
            }
        }
    }

    /// Puts tickets into issue groups: all of them, or none.
    ///
    /// A ticket is in one group, the one it was put into last.
    ///
    /// - Throws: ``StorageError``, ``StorageError/unknown(file:kind:id:)`` when a ticket is not there.
    public func keep(_ memberships: [GroupMembership], by entry: AuditEntry) throws(StorageError) {
        try writing { database in
            let tickets = try TicketNumbers(database, file: path)
            let put = try database.makeStatement(
                sql: """
                    INSERT INTO groupMember (ticket, issueGroup, assignedAt) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET issueGroup = excluded.issueGroup, assignedAt = excluded.assignedAt
                        WHERE excluded.assignedAt >= assignedAt
                    """)
            for item in memberships {
                try put.execute(arguments: [tickets.neededNumber(of: item.ticket), item.group, item.time.seconds])
            }
            try Self.record(entry, in: database)
        }
    }

    /// The issue groups of tickets, in the order of the tickets' ids.
    public func memberships() throws(StorageError) -> [GroupMembership] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, issueGroup, assignedAt FROM groupMember JOIN ticket ON ticket.number = groupMember.ticket
                    ORDER BY id
                    """
            ).map { row in
                GroupMembership(
                    ticket: row["id"], group: row["issueGroup"], time: Instant(seconds: row["assignedAt"]))
            }
        }
    }
}
