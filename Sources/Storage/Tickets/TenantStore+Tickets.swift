internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

/// Which tickets are wanted.
public enum TicketSelection: Sendable, Hashable {
    /// All of them.
    case all
    /// Those that nobody has resolved.
    case open
    /// Those of an account.
    case account(String)
    /// Those that were opened at a time or later.
    case openedSince(Instant)
    /// The one with an id.
    case id(String)
}

extension TenantStore {
    /// Tickets in the order in which they were opened.
    ///
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func tickets(_ selection: TicketSelection = .all) throws(StorageError) -> [Ticket] {
        let seal = try seal()
        let (condition, arguments): (String, StatementArguments) =
            switch selection {
            case .all: ("TRUE", [])
            case .open: ("resolvedAt IS NULL", [])
            case .account(let id): ("account = ?", [id])
            case .openedSince(let time): ("openedAt >= ?", [time.seconds])
            case .id(let id): ("id = ?", [id])
            }
        return try reading { database in
            var contacts = try ContactReader(database, seal)
            let rows = try Row.fetchCursor(
                database, sql: "SELECT * FROM ticket WHERE \(condition) ORDER BY openedAt, id", arguments: arguments)
            var tickets: [Ticket] = []
            while let row = try rows.next() {
                let hash = row["contact"] as Data?
                tickets.append(Ticket(row, contact: try hash.flatMap { try contacts.id(of: $0) }))
            }
            return tickets
        }
    }

    /// A ticket; nil when it is not there.
    ///
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func ticket(_ id: String) throws(StorageError) -> Ticket? {
        let seal = try seal()
        return try reading { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM ticket WHERE id = ?", arguments: [id]) else {
                return nil
            }
            var contacts = try ContactReader(database, seal)
            let hash = row["contact"] as Data?
            return Ticket(row, contact: try hash.flatMap { try contacts.id(of: $0) })
        }
    }

    /// What happened to a ticket, in the order in which it was kept.
    public func history(of ticket: String) throws(StorageError) -> [TicketEvent] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT time, kind, field, was, became, actor FROM ticketEvent
                    WHERE ticket = (SELECT number FROM ticket WHERE id = ?) ORDER BY place
                    """, arguments: [ticket]
            ).compactMap { row in
                TicketEvent.Kind(rawValue: row["kind"]).map {
                    TicketEvent(
                        ticket: ticket, time: Instant(seconds: row["time"]), kind: $0, field: row["field"],
                        from: row["was"], to: row["became"], actor: row["actor"])
                }
            }
        }
    }

    /// The ids of the tickets that were opened again after they had been resolved, ascending.
    ///
    /// - Parameter end: Openings after it do not count; all count when nil.
    public func reopenedTickets(until end: Instant? = nil) throws(StorageError) -> [String] {
        try reading { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT ticket.id FROM ticketEvent JOIN ticket ON ticket.number = ticketEvent.ticket
                    WHERE ticketEvent.kind = ? AND ticketEvent.time <= ? ORDER BY ticket.id
                    """, arguments: [TicketEvent.Kind.reopened.rawValue, end?.seconds ?? .infinity])
        }
    }
}
