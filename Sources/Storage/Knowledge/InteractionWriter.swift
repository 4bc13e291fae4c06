internal import Foundation
internal import GRDB
@_spi(Stored) internal import Records

/// Writes messages of tickets; one that is there already stays as it is.
struct InteractionWriter {
    private let seal: TextSeal
    private let contacts: ContactMentions
    private let tickets: TicketNumbers
    private let insert: Statement
    private let find: Statement
    private let isLinked: Statement

    init(_ database: Database, _ seal: TextSeal, file: String, source: String, seenAt: Instant) throws {
        self.seal = seal
        contacts = try ContactMentions(database, seal, source: source, seenAt: seenAt)
        tickets = try TicketNumbers(database, file: file)
        insert = try database.makeStatement(
            sql: """
                INSERT INTO interaction (ticket, time, side, isPublic, channel, author, contact, text, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
        find = try database.makeStatement(
            sql: "SELECT number FROM interaction WHERE ticket = ? AND time = ? AND side = ? AND hash = ?")
        isLinked = try database.makeStatement(
            sql: """
                SELECT 1 FROM linkedMessage WHERE interaction = ? AND (system, remote, message) <> (?, ?, ?)
                """)
    }

    /// Writes messages.
    ///
    /// - Returns: The number of those that were left out, since their tickets are not there.
    func write(_ interactions: [Interaction]) throws -> Int {
        var contacts = contacts
        var leftOut = 0
        for item in interactions where try put(item, Self.hash(of: item.text, seal), &contacts) == nil { leftOut += 1 }
        return leftOut
    }

    /// Writes a message that another system has under an id.
    ///
    /// What was kept of it in another way is the same message; what that system has under another id says the same once more.
    ///
    /// - Returns: The number of its row; nil when its ticket is not there.
    func write(_ item: Interaction, as message: SyncStep.KnownMessage, of system: String) throws -> Int64? {
        guard let first = try write(item) else { return nil }
        let isAnother =
            try Bool.fetchOne(isLinked, arguments: [first, system, message.remote, message.message]) == true
        return isAnother
            ? try row(item, Self.hash(of: item.text, at: [system, message.remote, message.message], seal)) : first
    }

    /// Writes a message.
    ///
    /// - Returns: The number of its row; nil when its ticket is not there.
    func write(_ item: Interaction) throws -> Int64? { try row(item, Self.hash(of: item.text, seal)) }

    private func row(_ item: Interaction, _ hash: Data) throws -> Int64? {
        var contacts = contacts
        guard let ticket = try put(item, hash, &contacts) else { return nil }
        return try Int64.fetchOne(find, arguments: [ticket, item.time.seconds, item.side.rawValue, hash])
    }

    /// What tells a message from others of the same time and side.
    static func hash(of text: RedactedText, _ seal: TextSeal) -> Data {
        Data(seal.hash(RawText(text.string), as: "interaction"))
    }

    /// What tells a message from others of the same time and side that say the same, by the place where another system has it.
    static func hash(of text: RedactedText, at place: [String], _ seal: TextSeal) -> Data {
        Data(seal.hash(RawText(([text.string] + place).joined(separator: "\u{0}")), as: "interaction"))
    }

    /// The number of the ticket; nil when it is not there.
    private func put(_ item: Interaction, _ hash: Data, _ contacts: inout ContactMentions) throws -> Int64? {
        guard let ticket = try tickets.number(of: item.ticket) else { return nil }
        // Only a customer is a contact, and only of contacts the id is hidden.
        let isContact = item.side == .customer && !item.author.isEmpty
        let contact = isContact ? try contacts.hash(of: item.author) : nil
        try insert.execute(
            arguments: [
                ticket, item.time.seconds, item.side.rawValue, item.isPublic, item.channel,
                isContact ? "" : item.author, contact, item.text.string, hash,
            ])
        return ticket
    }
}
