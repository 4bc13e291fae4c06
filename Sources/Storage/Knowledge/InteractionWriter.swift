internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// Writes messages of tickets; one that is there already stays as it is.
struct InteractionWriter {
    private let seal: TextSeal
    private let contacts: ContactMentions
    private let tickets: TicketNumbers
    private let insert: Statement

    init(_ database: Database, _ seal: TextSeal, file: String, source: String, seenAt: Instant) throws {
        self.seal = seal
        contacts = try ContactMentions(database, seal, source: source, seenAt: seenAt)
        tickets = try TicketNumbers(database, file: file)
        insert = try database.makeStatement(
            sql: """
                INSERT INTO interaction (ticket, time, side, isPublic, channel, author, contact, text, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
    }

    /// Writes messages.
    ///
    /// - Returns: The number of those that were left out, since their tickets are not there.
    func write(_ interactions: [Interaction]) throws -> Int {
        var contacts = contacts
        var leftOut = 0
        for item in interactions {
            guard let ticket = try tickets.number(of: item.ticket) else {
                leftOut += 1
                continue
            }
            // Only a customer is a contact, and only of contacts the id is hidden.
            let isContact = item.side == .customer && !item.author.isEmpty
            let contact = isContact ? try contacts.hash(of: item.author) : nil
            let hash = Data(seal.hash(RawText(item.text.string), as: "interaction"))
            try insert.execute(
                arguments: [
                    ticket, item.time.seconds, item.side.rawValue, item.isPublic, item.channel,
                    isContact ? "" : item.author, contact, item.text.string, hash,
                ])
        }
        return leftOut
    }
}
