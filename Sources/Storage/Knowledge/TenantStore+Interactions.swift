internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// Keeps messages of tickets: all of them, or nothing.
    ///
    /// Messages of one ticket, time, side and text are one, and what was kept first of it stays, so that the same may be kept
    /// again. Messages of tickets that are not there are left out, as there would be nobody with whom they could be erased.
    ///
    /// - Parameters:
    ///   - interactions: The messages.
    ///   - source: Where they come from.
    ///   - date: When it was so.
    ///   - entry: Who keeps them.
    /// - Returns: The number of those that were left out.
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    @discardableResult
    public func keep(
        _ interactions: [Interaction], source: String, date: Instant, by entry: AuditEntry
    ) throws(StorageError) -> Int {
        try keep(CustomerContext(), interactions: interactions, source: source, date: date, by: entry)
            .interactionsWithoutTicket
    }

    /// Messages in the order of the ids of their tickets, of their times, and in which they were kept.
    ///
    /// - Parameter ticket: The id of the ticket; nil for those of all tickets.
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func interactions(ofTicket ticket: String? = nil) throws(StorageError) -> [Interaction] {
        try numberedInteractions(ofTicket: ticket).map(\.1)
    }

    private static let interactionColumns = """
        interaction.number, id, time, side, isPublic, interaction.channel, author, interaction.contact, text
        FROM interaction JOIN ticket ON ticket.number = interaction.ticket
        """

    /// Finds the messages of one ticket without a look at those of the others.
    static let interactionsOfTicket = """
        SELECT \(interactionColumns) WHERE interaction.ticket = (SELECT number FROM ticket WHERE id = ?)
        ORDER BY time, interaction.number
        """

    /// The same with the numbers of their rows.
    func numberedInteractions(ofTicket ticket: String?) throws(StorageError) -> [(Int64, Interaction)] {
        let seal = try seal()
        return try reading { database in
            var contacts = try ContactReader(database, seal)
            let rows =
                if let ticket {
                    try Row.fetchCursor(
                        database.cachedStatement(sql: Self.interactionsOfTicket), arguments: [ticket])
                } else {
                    try Row.fetchCursor(
                        database,
                        sql: "SELECT \(Self.interactionColumns) ORDER BY id, time, interaction.number")
                }
            var interactions: [(Int64, Interaction)] = []
            while let row = try rows.next() {
                guard let side = Interaction.Side(rawValue: row["side"]) else { continue }
                var author: String = row["author"]
                if let hash = row["contact"] as Data? { author = try contacts.id(of: hash) ?? "" }
                let item = Interaction(
                    ticket: row["id"], time: Instant(seconds: row["time"]), side: side, isPublic: row["isPublic"],
                    channel: row["channel"], author: author, text: RedactedText(stored: row["text"]))
                interactions.append((row["number"], item))
            }
            return interactions
        }
    }
}
