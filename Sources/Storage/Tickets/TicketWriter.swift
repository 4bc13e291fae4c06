internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// Writes tickets as they were at one time, and what has changed since into their history.
struct TicketWriter {
    private let contacts: ContactMentions
    private let source: String
    private let seenAt: Instant
    private let find: Statement
    private let insert: Statement
    private let update: Statement
    private let event: Statement

    private static let columns = [
        "openedAt", "resolvedAt", "account", "contact", "channel", "subject", "body", "priority", "category", "team",
        "assignee", "resolution", "seenAt", "id",
    ]

    static let insertEvent = """
        INSERT INTO ticketEvent (ticket, place, time, kind, field, was, became, actor)
        SELECT number, (SELECT COALESCE(MAX(place) + 1, 0) FROM ticketEvent WHERE ticket = number), ?, ?, ?, ?, ?, ?
        FROM ticket WHERE id = ?
        """

    init(_ database: Database, _ seal: TextSeal, source: String, seenAt: Instant) throws {
        contacts = try ContactMentions(database, seal, source: source, seenAt: seenAt)
        self.source = source
        self.seenAt = seenAt
        find = try database.makeStatement(sql: "SELECT * FROM ticket WHERE id = ?")
        let places = Self.columns.map { _ in "?" }.joined(separator: ", ")
        insert = try database.makeStatement(
            sql: "INSERT INTO ticket (\(Self.columns.joined(separator: ", "))) VALUES (\(places))")
        let changes = Self.columns.dropLast().map { "\($0) = ?" }.joined(separator: ", ")
        update = try database.makeStatement(sql: "UPDATE ticket SET \(changes) WHERE id = ?")
        event = try database.makeStatement(sql: Self.insertEvent)
    }

    /// Writes tickets; one that was seen at a later time before stays as it is.
    func write(_ tickets: [Ticket]) throws {
        var contacts = contacts
        for ticket in tickets {
            let contact = try ticket.contact.map { try contacts.hash(of: $0) }
            guard let row = try Row.fetchOne(find, arguments: [ticket.id]) else {
                try insert.execute(arguments: values(ticket, contact))
                continue
            }
            let before = Ticket(row, contact: ticket.contact)
            let seenBefore: Double = row["seenAt"]
            guard seenBefore <= seenAt.seconds, before != ticket || row["contact"] != contact else { continue }
            for change in TicketEvent.between(before, ticket, seen: seenAt, actor: source) {
                try event.execute(arguments: Self.values(change))
            }
            try update.execute(arguments: values(ticket, contact))
        }
    }

    static func values(_ event: TicketEvent) -> StatementArguments {
        [event.time.seconds, event.kind.rawValue, event.field, event.from, event.to, event.actor, event.ticket]
    }

    private func values(_ ticket: Ticket, _ contact: Data?) -> StatementArguments {
        [
            ticket.openedAt.seconds, ticket.resolvedAt?.seconds, ticket.account, contact, ticket.channel,
            ticket.subject.string, ticket.body.string, ticket.priority, ticket.category, ticket.group, ticket.assignee,
            ticket.resolution.string, seenAt.seconds, ticket.id,
        ]
    }
}

extension Ticket {
    /// A ticket as it stands in its row.
    init(_ row: Row, contact: String?) {
        self.init(
            id: row["id"], openedAt: Instant(seconds: row["openedAt"]),
            resolvedAt: (row["resolvedAt"] as Double?).map(Instant.init(seconds:)), account: row["account"],
            contact: contact, channel: row["channel"], subject: RedactedText(stored: row["subject"]),
            body: RedactedText(stored: row["body"]), priority: row["priority"], category: row["category"],
            group: row["team"], assignee: row["assignee"], resolution: RedactedText(stored: row["resolution"]))
    }
}
