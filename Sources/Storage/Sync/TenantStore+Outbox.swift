internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// Keeps what was done here and is to be done elsewhere too: all of it, or nothing.
    ///
    /// An entry whose key is there already is left out, so that the same may be kept again. A note takes the place of one that waits
    /// for the same ticket and system.
    ///
    /// - Parameters:
    ///   - entries: What is to be done; their tickets must be there.
    ///   - changed: The tickets as they are now.
    ///   - events: What changed in fields that ``Ticket`` does not have.
    ///   - interactions: What was said here by it.
    ///   - entry: Who did it.
    /// - Throws: ``StorageError``: ``StorageError/unknown(file:kind:id:)`` when a ticket is not there.
    public func enqueue(
        _ entries: [OutboxEntry], tickets changed: [Ticket] = [], events: [TicketEvent] = [],
        interactions: [Interaction] = [], by entry: AuditEntry
    ) throws(StorageError) {
        let seal = try seal()
        try writing { database in
            try TicketWriter(database, seal, source: entry.actor, seenAt: entry.time).write(changed)
            try insert(entries, in: database)
            let event = try database.cachedStatement(sql: TicketWriter.insertEvent)
            for item in events { try event.execute(arguments: TicketWriter.values(item)) }
            if !interactions.isEmpty {
                _ = try InteractionWriter(database, seal, file: path, source: "casebook", seenAt: entry.time)
                    .write(interactions)
            }
            try Self.record(entry, in: database)
        }
    }

    /// Puts entries into the outbox.
    func insert(_ entries: [OutboxEntry], in database: Database) throws {
        guard !entries.isEmpty else { return }
        let tickets = try TicketNumbers(database, file: path)
        for item in entries {
            guard let payload = OutboxPayload(item.work) else { continue }
            let ticket = try tickets.neededNumber(of: item.ticket)
            if case .note = item.work {
                try database.execute(
                    sql:
                        "DELETE FROM outbox WHERE system = ? AND ticket = ? AND kind = 'note' AND state = 'waiting'",
                    arguments: [item.system, ticket])
            }
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO outbox
                    (system, ticket, key, kind, payload, state, attempts, notBefore, createdAt, actor, fault)
                    VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, '') ON CONFLICT DO NOTHING
                    """)
            try insert.execute(arguments: [
                item.system, ticket, item.key, payload.kind.rawValue, try payload.text, item.state.rawValue,
                item.notBefore.seconds, item.createdAt.seconds, item.actor,
            ])
        }
    }

    static let outboxOrder = """
        CREATE INDEX outboxInOrder ON outbox (system, number) WHERE state IN ('waiting', 'sending');
        CREATE INDEX linkByTarget ON linkedTicket (system, mergedInto) WHERE mergedInto IS NOT NULL;
        """

    /// The entries of a system, as `head`, on which the others of their tickets wait: the first one that was being sent, else the first one.
    private static let heads = """
        head.system = ? AND head.state IN ('waiting', 'sending') AND NOT EXISTS (
            SELECT 1 FROM outbox AS other INDEXED BY outboxByTicket WHERE other.ticket = head.ticket AND other.system = head.system
            AND other.state IN ('waiting', 'sending')
            AND (other.state = 'waiting', other.number) < (head.state = 'waiting', head.number))
        """

    /// The tickets for which something can be done in a system, the one that has waited longest first.
    ///
    /// - Parameters:
    ///   - system: The name of the system.
    ///   - now: Tickets whose next entry may not be sent yet at this time are left out.
    ///   - limit: The most tickets.
    public func ticketsToSend(to system: String, at now: Instant, limit: Int) throws(StorageError) -> [String] {
        try reading {
            try String.fetchAll(
                $0.cachedStatement(
                    sql: """
                        SELECT id FROM outbox AS head INDEXED BY outboxInOrder JOIN ticket ON ticket.number = head.ticket
                        WHERE \(Self.heads) AND head.notBefore <= ? ORDER BY head.number LIMIT ?
                        """), arguments: [system, now.seconds, limit])
        }
    }

    /// When something may next be sent to a system; nil when nothing waits.
    public func nextSending(to system: String) throws(StorageError) -> Instant? {
        try reading {
            try Double.fetchOne(
                $0.cachedStatement(
                    sql: """
                        SELECT notBefore FROM outbox AS head WHERE \(Self.heads) ORDER BY notBefore LIMIT 1
                        """), arguments: [system]
            ).map(Instant.init(seconds:))
        }
    }

    /// What is still to be done for a ticket in a system, in order.
    ///
    /// - Parameters:
    ///   - ticket: The id of the ticket.
    ///   - system: The name of the system.
    ///   - remote: The id of a ticket of the system; what is to be done for those that were merged into it is to be done for it.
    public func outbox(
        of ticket: String, in system: String, andMergedInto remote: String? = nil
    ) throws(StorageError) -> [OutboxEntry] {
        try reading { database in
            var tickets: Set<Int64> = []
            let number = try database.cachedStatement(sql: "SELECT number FROM ticket WHERE id = ?")
            if let own = try Int64.fetchOne(number, arguments: [ticket]) { tickets.insert(own) }
            let merged = try database.cachedStatement(
                sql: """
                    SELECT remote, ticket FROM linkedTicket INDEXED BY linkByTarget
                    WHERE system = ? AND mergedInto = ? AND fate = 'merged'
                    """)
            // Nobody merges in a ring, but nothing would go round it for ever.
            var (open, seen) = ([remote].compactMap { $0 }, Set<String>())
            while let target = open.popLast() {
                guard seen.insert(target).inserted else { continue }
                for row in try Row.fetchAll(merged, arguments: [system, target]) {
                    tickets.insert(row["ticket"])
                    open.append(row["remote"])
                }
            }
            return try tickets.flatMap { ticket in
                // A ticket has few entries, and a system may have many: the plus keeps it from being looked up by the latter.
                try Self.outbox(
                    "+system = ? AND outbox.ticket = ? AND state IN ('waiting', 'sending')", [system, ticket],
                    in: database)
            }.sorted { $0.number < $1.number }
        }
    }

    /// Everything that Casebook has said or set by itself for a ticket in a system, in order, however far it has come; of a note that has
    /// come to its end the key alone.
    public func saidByItself(of ticket: String, in system: String) throws(StorageError) -> [OutboxEntry] {
        try reading {
            try Self.outbox(
                """
                system = ? AND outbox.ticket = (SELECT number FROM ticket WHERE id = ?) AND actor = 'casebook'
                AND kind IN ('note', 'field')
                """, [system, ticket], in: $0)
        }
    }

    /// What systems have refused for a ticket, in order.
    public func refused(of ticket: String) throws(StorageError) -> [OutboxEntry] {
        try reading {
            try Self.outbox(
                "outbox.ticket = (SELECT number FROM ticket WHERE id = ?) AND state = 'dead'", [ticket], in: $0)
        }
    }

    /// Whether something is to be done in a system.
    public func isSending(to system: String) throws(StorageError) -> Bool {
        try reading {
            try Bool.fetchOne(
                $0,
                sql: "SELECT EXISTS (SELECT 1 FROM outbox WHERE system = ? AND state IN ('waiting', 'sending'))",
                arguments: [system]) ?? false
        }
    }

    /// The entries with these keys, however far they have come.
    public func outbox(keyed keys: [String], in system: String) throws(StorageError) -> [OutboxEntry] {
        try reading { database in
            try keys.flatMap { try Self.outbox("system = ? AND key = ?", [system, $0], in: database) }
        }
    }

    /// The entries that have come so far, in order.
    public func outbox(_ states: Set<OutboxEntry.State>, in system: String) throws(StorageError) -> [OutboxEntry] {
        try reading { database in
            let marks = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            return try Self.outbox("system = ? AND state IN (\(marks))", [system], in: database)
        }
    }

    private static func outbox(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [OutboxEntry] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT outbox.*, ticket.id AS ticketID FROM outbox JOIN ticket ON ticket.number = outbox.ticket
                WHERE \(condition) ORDER BY outbox.number
                """)
        return try Row.fetchAll(statement, arguments: arguments).compactMap { row in
            guard let state = OutboxEntry.State(rawValue: row["state"]) else { return nil }
            var entry = OutboxEntry(
                system: row["system"], ticket: row["ticketID"], key: row["key"],
                work: OutboxPayload(text: row["payload"])?.work ?? .unreadable,
                createdAt: Instant(seconds: row["createdAt"]),
                actor: row["actor"])
            entry.number = row["number"]
            entry.state = state
            entry.isAnswered = row["isAnswered"]
            entry.attempts = row["attempts"]
            entry.notBefore = Instant(seconds: row["notBefore"])
            entry.fault = RedactedText(stored: row["fault"])
            return entry
        }
    }

    /// The seconds after which a ticket that a web hook has named is read by whoever looks for what is left.
    private static let hookPatience = 10.0

    /// Has what was refused sent again, but for fields and notes that have got another value since.
    ///
    /// - Parameters:
    ///   - numbers: The numbers of the entries; nil for all of the system.
    ///   - system: The name of the system.
    ///   - entry: Who wants it.
    /// - Returns: The number of entries that wait again, and of those that were overtaken.
    public func replay(
        _ numbers: [Int]?, in system: String, by entry: AuditEntry
    ) throws(StorageError) -> (waiting: Int, overtaken: Int) {
        try writing { database in
            var count = (waiting: 0, overtaken: 0)
            let dead = try Self.outbox("system = ? AND state = 'dead'", [system], in: database)
            for item in dead where numbers?.contains(item.number) ?? true {
                let later = try Self.outbox(
                    """
                    system = ? AND outbox.ticket = (SELECT ticket FROM outbox WHERE number = ?2) AND outbox.number > ?2
                    AND state IN ('waiting', 'sending', 'done')
                    """, [system, item.number], in: database)
                let isOvertaken = later.contains { other in
                    switch (item.work, other.work) {
                    case (.field(let name, _), .field(let other, _)): name == other
                    case (.note, .note): true
                    default: false
                    }
                }
                if isOvertaken { count.overtaken += 1 } else { count.waiting += 1 }
                try database.execute(
                    sql: "UPDATE outbox SET state = ?, attempts = 0, notBefore = ?, fault = '' WHERE number = ?",
                    arguments: [isOvertaken ? "overruled" : "waiting", entry.time.seconds, item.number])
            }
            try Self.record(entry, in: database)
            return count
        }
    }

    /// Takes note of a call of a web hook, and of the tickets that it names: they are to be read when they were not within some seconds.
    ///
    /// - Parameter delivery: The id of the call; nil where it has none, so that it cannot be told from a new one.
    /// - Returns: Whether it is a new one.
    public func receive(
        delivery: String?, naming tickets: [String] = [], from system: String, at time: Instant
    ) throws(StorageError) -> Bool {
        try writing { database in
            var isNew = true
            if let delivery {
                try database.execute(
                    sql: "INSERT INTO hookDelivery (system, delivery, time) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    arguments: [system, delivery, time.seconds])
                isNew = database.changesCount > 0
            }
            let due = Instant(seconds: time.seconds + Self.hookPatience)
            for ticket in isNew ? tickets : [] {
                try Self.put(
                    UnreadTicket(remote: ticket, since: time, attempts: 0, notBefore: due), of: system, in: database)
            }
            // Systems repeat a call for some hours at most.
            try database.execute(
                sql: "DELETE FROM hookDelivery WHERE system = ? AND time < ?",
                arguments: [system, time.seconds - 172_800])
            return isNew
        }
    }
}
