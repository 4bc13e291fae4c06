internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// Writes messages that channels have brought, each with its ticket, its key and its files.
struct ReceivedMessageWriter {
    private let database: Database
    private let tickets: TicketWriter
    private let interactions: InteractionWriter
    private let contacts: ContactMentions
    private let numbers: TicketNumbers
    private let seal: TextSeal
    private let source: String
    private let receive: Statement
    private let cite: Statement
    private let attach: Statement

    init(_ database: Database, _ seal: TextSeal, file: String, source: String, seenAt: Instant) throws {
        self.database = database
        self.seal = seal
        self.source = source
        tickets = try TicketWriter(database, seal, source: source, seenAt: seenAt)
        interactions = try InteractionWriter(database, seal, file: file, source: source, seenAt: seenAt)
        contacts = try ContactMentions(database, seal, source: source, seenAt: seenAt)
        numbers = try TicketNumbers(database, file: file)
        receive = try database.makeStatement(
            sql: """
                INSERT INTO channelMessage (hash, ticket, interaction, contact, isReceived, editedAt)
                VALUES (?, ?, ?, ?, 1, ?)
                ON CONFLICT DO UPDATE SET ticket = excluded.ticket, interaction = excluded.interaction,
                    contact = excluded.contact, isReceived = 1, editedAt = excluded.editedAt
                """)
        cite = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO channelMessage (hash, ticket, isReceived) VALUES (?, ?, 0)")
        attach = try database.makeStatement(
            sql: """
                INSERT INTO attachment (message, place, name, type, size, hash, isInline)
                SELECT number, ?, ?, ?, ?, ?, ? FROM channelMessage WHERE hash = ?
                """)
    }

    func write(_ message: ReceivedMessage) throws {
        switch message.effect {
        case .adds: break
        case .opens(let ticket): try tickets.write([ticket])
        case .follows(let ticket, let earlier):
            try tickets.write([ticket])
            try database.cachedStatement(sql: "INSERT OR IGNORE INTO followUp (ticket, earlier) VALUES (?, ?)").execute(
                arguments: [numbers.neededNumber(of: ticket.id), numbers.neededNumber(of: earlier)])
        case .precedes(let ticket): try begin(ticket)
        case .reopens: try reopen(message)
        }
        let number = try numbers.neededNumber(of: message.ticket)
        let interaction = try message.interaction.flatMap { try interactions.write($0) }
        let contact = message.contact.map { Data(seal.hash(RawText($0), as: FactKind.contact.rawValue)) }
        try receive.execute(arguments: [message.key.bytes, number, interaction, contact, message.editedAt?.seconds])
        for key in message.cited { try cite.execute(arguments: [key.bytes, number]) }
        for (place, file) in message.attachments.enumerated() {
            try attach.execute(
                arguments: [
                    place, file.name.string, file.type, file.size, file.hash.map { Data($0) }, file.isInline,
                    message.key.bytes,
                ])
        }
    }

    /// Lets a ticket begin with another message; the first until now becomes a message of the customer, unless it is one of the team.
    private func begin(_ ticket: Ticket) throws {
        let first = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT channelMessage.number, channelMessage.contact, openedAt, channel, body FROM channelMessage
                    JOIN ticket ON ticket.number = channelMessage.ticket
                    WHERE id = ? AND interaction IS NULL AND isReceived
                    """), arguments: [ticket.id])
        if let first {
            var people = try ContactReader(database, seal)
            let author = try (first["contact"] as Data?).flatMap { try people.id(of: $0) }
            let interaction = try interactions.write(
                Interaction(
                    ticket: ticket.id, time: Instant(seconds: first["openedAt"]), side: .customer,
                    channel: first["channel"], author: author ?? "", text: RedactedText(stored: first["body"])))
            try database.cachedStatement(sql: "UPDATE channelMessage SET interaction = ? WHERE number = ?").execute(
                arguments: [interaction, first["number"] as Int64])
        }
        var contacts = contacts
        let contact = try ticket.contact.map { try contacts.hash(of: $0) }
        try database.cachedStatement(
            sql: "UPDATE ticket SET openedAt = ?, account = ?, contact = ?, subject = ?, body = ? WHERE id = ?"
        ).execute(
            arguments: [
                ticket.openedAt.seconds, ticket.account, contact, ticket.subject.string, ticket.body.string, ticket.id,
            ])
    }

    /// Opens a ticket again; what another system says of a later date counts more.
    private func reopen(_ message: ReceivedMessage) throws {
        let resolvedAt = try Double.fetchOne(
            database.cachedStatement(sql: "SELECT resolvedAt FROM ticket WHERE id = ?"), arguments: [message.ticket])
        guard let resolvedAt else { return }
        let event = TicketEvent(
            ticket: message.ticket, time: message.time, kind: .reopened, field: "resolvedAt",
            from: Instant(seconds: resolvedAt).iso8601, actor: source)
        try database.cachedStatement(sql: TicketWriter.insertEvent).execute(arguments: TicketWriter.values(event))
        try database.cachedStatement(
            sql: "UPDATE ticket SET resolvedAt = NULL, seenAt = MAX(seenAt, ?) WHERE id = ?"
        ).execute(arguments: [message.time.seconds, message.ticket])
    }
}
