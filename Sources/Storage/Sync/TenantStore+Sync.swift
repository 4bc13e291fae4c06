internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// Keeps a step of the sync of a system: all of it, or nothing.
    ///
    /// - Parameters:
    ///   - step: What changes.
    ///   - system: The name of the system.
    ///   - entry: Who keeps it; nil for steps that are no news to anybody, such as an entry of the outbox that is being sent.
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func keep(_ step: SyncStep, of system: String, by entry: AuditEntry?) throws(StorageError) {
        let seal = try seal()
        try writing { database in
            for contact in step.contacts {
                try FactWriter(database, seal, source: system, seenAt: entry?.time ?? Instant(seconds: 0)).contact(
                    contact)
            }
            let seen = try database.cachedStatement(sql: "SELECT seenAt FROM ticket WHERE id = ?")
            for (ticket, seenAt) in step.tickets {
                // A step is made of what stands here, so that it is the later one even where the clock was set back.
                let before = try Double.fetchOne(seen, arguments: [ticket.id]) ?? seenAt.seconds
                let latest = Instant(seconds: max(seenAt.seconds, before))
                try TicketWriter(database, seal, source: system, seenAt: latest).write([ticket])
            }
            let event = try database.cachedStatement(sql: TicketWriter.insertEvent)
            for item in step.events { try event.execute(arguments: TicketWriter.values(item)) }
            for link in step.links { try put(link, in: database) }
            let message = try database.cachedStatement(
                sql: """
                    INSERT INTO linkedMessage (system, remote, message, key, interaction) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET key = excluded.key WHERE excluded.key IS NOT NULL
                    """)
            let writer =
                try step.interactions.isEmpty
                ? nil
                : InteractionWriter(
                    database, seal, file: path, source: system, seenAt: entry?.time ?? Instant(seconds: 0))
            var taken = step.interactions.makeIterator()
            for item in step.messages {
                let said = item.key == nil ? taken.next() : nil
                let row = try said.flatMap { try writer?.write($0, as: item, of: system) }
                try message.execute(arguments: [system, item.remote, item.message, item.key, row])
            }
            for item in step.texts { try Self.hear(item, of: system, seal, in: database) }
            let followUp = try database.cachedStatement(
                sql: """
                    INSERT INTO followUp (ticket, earlier) SELECT later.number, linkedTicket.ticket
                    FROM ticket AS later JOIN linkedTicket WHERE later.id = ? AND system = ? AND remote = ?
                    ON CONFLICT DO NOTHING
                    """)
            for item in step.followUps { try followUp.execute(arguments: [item.ticket, system, item.earlier]) }
            for item in step.progress { try Self.put(item, in: database) }
            try insert(step.outbox, in: database)
            for item in step.decisions {
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO linkDecision (incident, account, time, isConfirmed)
                        SELECT id, ?2, ?3, ?4 FROM incident WHERE id = ?1
                        """, arguments: [item.incident, item.account, item.time.seconds, item.isConfirmed])
            }
            for item in step.unread { try Self.put(item, of: system, in: database) }
            let forget = try database.cachedStatement(sql: "DELETE FROM unreadTicket WHERE system = ? AND remote = ?")
            for remote in step.read { try forget.execute(arguments: [system, remote]) }
            if let cursor = step.cursor {
                try database.execute(
                    sql: """
                        INSERT INTO syncFeed (system, cursor) VALUES (?, ?)
                        ON CONFLICT (system) DO UPDATE SET cursor = excluded.cursor
                        """, arguments: [system, cursor])
            }
            if let entry { try Self.record(entry, in: database) }
        }
    }

    private func put(_ link: LinkedTicket, in database: Database) throws {
        let ticket = try TicketNumbers(database, file: path).neededNumber(of: link.ticket)
        let (fate, mergedInto): (String, String?) =
            switch link.fate {
            case .present: ("present", nil)
            case .deleted: ("deleted", nil)
            case .merged(let other): ("merged", other)
            case .moved(let system): ("moved", system)
            }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO linkedTicket (system, remote, numberThere, ticket, version, updatedAt, readAt, fate, mergedInto)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (system, remote) DO UPDATE SET numberThere = excluded.numberThere,
                ticket = excluded.ticket, version = excluded.version, updatedAt = excluded.updatedAt, readAt = excluded.readAt,
                fate = excluded.fate, mergedInto = excluded.mergedInto
                """)
        try statement.execute(arguments: [
            link.system, link.remote, link.number, ticket, link.version, link.updatedAt.seconds, link.readAt.seconds,
            fate,
            mergedInto,
        ])
        let delete = try database.cachedStatement(sql: "DELETE FROM linkedValue WHERE system = ? AND remote = ?")
        try delete.execute(arguments: [link.system, link.remote])
        let insert = try database.cachedStatement(
            sql: "INSERT INTO linkedValue (system, remote, field, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        for (field, value) in link.values {
            try insert.execute(arguments: [link.system, link.remote, field, value])
        }
        for tag in link.tags { try insert.execute(arguments: [link.system, link.remote, Self.tag, tag]) }
        for other in link.links { try insert.execute(arguments: [link.system, link.remote, Self.other, other]) }
    }

    /// The name under which tags stand among the values; no field is called so.
    static let tag = "#"
    /// The name under which stands what a ticket is linked with.
    static let other = "->"

    private static func put(_ item: SyncStep.Progress, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE outbox SET state = ?1, attempts = attempts + (?1 = 'sending'), notBefore = COALESCE(?2, notBefore),
                    fault = ?3, isAnswered = ?1 = 'sending' AND (isAnswered OR ?4)
                WHERE number = ?5 AND state IN ('waiting', 'sending')
                """)
        try statement.execute(arguments: [
            item.state.rawValue, item.notBefore?.seconds, item.fault.string, item.isAnswered, item.number,
        ])
        guard item.state == .dead, database.changesCount > 0 else { return }
        // What was not taken there does not stand here either: the next reading says what does.
        let read = try database.cachedStatement(
            sql: """
                INSERT INTO unreadTicket (system, remote, since, attempts, notBefore, fault)
                SELECT system, remote, notBefore, 0, notBefore, '' FROM outbox JOIN linkedTicket USING (system, ticket)
                WHERE outbox.number = ? AND kind = 'field' AND fate = 'present' ON CONFLICT DO NOTHING
                """)
        try read.execute(arguments: [item.number])
    }

    /// Where reading the feed of a system goes on; nil at the beginning.
    public func syncCursor(of system: String) throws(StorageError) -> String? {
        try reading {
            try String.fetchOne($0, sql: "SELECT cursor FROM syncFeed WHERE system = ?", arguments: [system])
        }
    }

    /// What is known of tickets of a system, by their ids there.
    public func links(to remotes: [String], in system: String) throws(StorageError) -> [String: LinkedTicket] {
        try reading { database in
            var links: [String: LinkedTicket] = [:]
            for remote in remotes {
                links[remote] = try Self.links("system = ? AND remote = ?", [system, remote], in: database).first
            }
            return links
        }
    }

    /// Those of some tickets of a system that were erased here, or removed as too old, and are not to come back.
    ///
    /// - Parameters:
    ///   - remotes: The ids of the tickets there.
    ///   - resolved: Those that are resolved there: what was too old comes back when it is open again.
    ///   - system: The name of the system.
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func forgotten(
        among remotes: [String], resolved: Set<String> = [], in system: String
    ) throws(StorageError) -> Set<String> {
        let seal = try seal()
        return try reading { database in
            let erased = try database.cachedStatement(sql: "SELECT 1 FROM forgottenTicket WHERE hash = ?")
            let old = try database.cachedStatement(
                sql: """
                    SELECT 1 FROM forgottenTicket WHERE hash = ?
                    AND NOT EXISTS (SELECT 1 FROM linkedTicket WHERE system = ? AND remote = ?)
                    """)
            return try Set(
                remotes.filter { remote in
                    let hash = Self.forgottenHash(remote, system, seal)
                    if try Bool.fetchOne(erased, arguments: [hash]) == true { return true }
                    guard resolved.contains(remote) else { return false }
                    let oldHash = Self.forgottenHash(remote, system, seal, isOld: true)
                    return try Bool.fetchOne(old, arguments: [oldHash, system, remote]) == true
                })
        }
    }

    /// What is kept of a ticket that was erased, or was too old: nobody without the key can tell which one it was.
    static func forgottenHash(_ remote: String, _ system: String, _ seal: TextSeal, isOld: Bool = false) -> Data {
        Data(seal.hash(RawText(remote), as: (isOld ? "old ticket of " : "ticket of ") + system))
    }

    /// The tickets of other systems that are a ticket of ours, in the order of the systems.
    public func links(of ticket: String) throws(StorageError) -> [LinkedTicket] {
        try reading {
            try Self.links(
                "ticket = (SELECT number FROM ticket WHERE id = ?) ORDER BY system, remote", [ticket], in: $0)
        }
    }

    /// What is known of the ticket that people of a system call by a number; nil when there is none.
    public func link(numbered number: String, in system: String) throws(StorageError) -> LinkedTicket? {
        try reading { try Self.links("system = ? AND numberThere = ?", [system, number], in: $0).first }
    }

    /// The id of the ticket that people call by a name: its id, what a system calls it (`system:number`), or the number alone where
    /// it is that of one ticket only; nil where there is none.
    public func ticketID(called name: String) throws(StorageError) -> String? {
        try reading { database in
            let own = try database.cachedStatement(sql: "SELECT id FROM ticket WHERE id = ?")
            if let id = try String.fetchOne(own, arguments: [name]) { return id }
            let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let system = parts.count == 2 ? String(parts[0]) : nil
            let numbered = try database.cachedStatement(
                sql: """
                    SELECT DISTINCT id FROM linkedTicket JOIN ticket ON ticket.number = linkedTicket.ticket
                    WHERE system IN (SELECT system FROM syncFeed) AND numberThere = ?1 AND system = COALESCE(?2, system) LIMIT 2
                    """)
            let ids = try String.fetchAll(numbered, arguments: [String(parts[parts.count - 1]), system])
            return ids.count == 1 ? ids[0] : nil
        }
    }

    /// The system in which a ticket lives that was moved from another one, and perhaps from that one too; nil when it was not moved.
    public func home(of link: LinkedTicket) throws(StorageError) -> String? {
        guard case .moved(var home) = link.fate else { return nil }
        let links = try links(of: link.ticket)
        // A chain of moves ends; a ring of them is none.
        for _ in links {
            guard case .moved(let next) = links.first(where: { $0.system == home })?.fate else { break }
            home = next
        }
        return home
    }

    /// The ids of tickets that a system has or had too, some at a time.
    ///
    /// - Parameters:
    ///   - system: The name of the system.
    ///   - last: The id behind which they begin; nil for the first ones.
    ///   - limit: The most tickets.
    public func tickets(in system: String, after last: String?, limit: Int) throws(StorageError) -> [String] {
        try reading {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT id FROM ticket WHERE number > COALESCE((SELECT number FROM ticket WHERE id = ?2), -1)
                    AND number IN (SELECT ticket FROM linkedTicket WHERE system = ?1) ORDER BY number LIMIT ?3
                    """, arguments: [system, last, limit])
        }
    }

    private static func links(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [LinkedTicket] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT linkedTicket.*, (SELECT id FROM ticket WHERE number = linkedTicket.ticket) AS id FROM linkedTicket
                WHERE \(condition)
                """)
        let values = try database.cachedStatement(
            sql: "SELECT field, value FROM linkedValue WHERE system = ? AND remote = ?")
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            let (system, remote): (String, String) = (row["system"], row["remote"])
            var link = LinkedTicket(
                system: system, remote: remote, number: row["numberThere"], ticket: row["id"], version: row["version"],
                updatedAt: Instant(seconds: row["updatedAt"]), readAt: Instant(seconds: row["readAt"]))
            switch row["fate"] as String {
            case "deleted": link.fate = .deleted
            case "merged": link.fate = .merged(into: row["mergedInto"] ?? "")
            case "moved": link.fate = .moved(to: row["mergedInto"] ?? "")
            default: break
            }
            for value in try Row.fetchAll(values, arguments: [system, remote]) {
                switch value[0] as String {
                case tag: link.tags.insert(value[1])
                case other: link.links.insert(value[1])
                case let field: link.values[field] = value[1]
                }
            }
            return link
        }
    }

    /// The id, in a system, of the note that was sent last for a ticket of that system; nil when there is none.
    public func noteMessage(of remote: String, in system: String) throws(StorageError) -> String? {
        try reading {
            try String.fetchOne(
                $0,
                sql: """
                    SELECT message FROM linkedMessage JOIN outbox ON outbox.key = linkedMessage.key
                    WHERE linkedMessage.system = ? AND remote = ? AND kind = 'note' ORDER BY outbox.number DESC LIMIT 1
                    """, arguments: [system, remote])
        }
    }

    /// The ids of the messages of a ticket of a system that are known, each with the key of the entry of the outbox that it came of, if it did.
    public func knownMessages(of remote: String, in system: String) throws(StorageError) -> [String: String?] {
        try reading { database in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT message, key FROM linkedMessage WHERE system = ? AND remote = ?",
                arguments: [system, remote])
            var messages: [String: String?] = [:]
            while let row = try rows.next() { messages[row["message"]] = .some(row["key"]) }
            return messages
        }
    }
}
