internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// Keeps messages that a channel has brought: all of them, or nothing.
    ///
    /// - Parameters:
    ///   - messages: The messages, none of which was received before; each ticket is there, or a message before opens it.
    ///   - contacts: The people who wrote them and whom nobody knew.
    ///   - source: The channel.
    ///   - date: When they were read.
    ///   - entry: Who keeps them.
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them, and ``StorageError/unknown(file:kind:id:)`` for a
    ///   ticket that is not there.
    public func keep(
        _ messages: [ReceivedMessage], contacts: [Contact] = [], source: String, date: Instant, by entry: AuditEntry
    ) throws(StorageError) {
        let seal = try seal()
        try writing { database in
            let facts = try FactWriter(database, seal, source: source, seenAt: date)
            for contact in contacts { try facts.contact(contact) }
            let writer = try ReceivedMessageWriter(database, seal, file: path, source: source, seenAt: date)
            for message in messages { try writer.write(message) }
            try Self.record(entry, in: database)
        }
    }

    /// Whether a message was received, even if it was removed since: what was erased does not come back by being read again.
    public func isReceived(_ key: MessageKey) throws(StorageError) -> Bool {
        try reading { database in
            try Bool.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM channelMessage WHERE hash = ? AND isReceived)
                            OR EXISTS (SELECT 1 FROM forgottenMessage WHERE hash = ?)
                        """), arguments: [key.bytes, key.forgotten]) ?? false
        }
    }

    /// The id of the ticket that a message belongs to, received or only cited; nil when nobody knows it.
    public func ticket(ofMessage key: MessageKey) throws(StorageError) -> String? {
        try reading { database in
            try String.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT id FROM channelMessage JOIN ticket ON ticket.number = channelMessage.ticket WHERE hash = ?
                        """), arguments: [key.bytes])
        }
    }

    /// The keys of the messages of a ticket that were received.
    public func receivedMessages(ofTicket id: String) throws(StorageError) -> Set<MessageKey> {
        try reading { database in
            try Set(
                Data.fetchAll(
                    database.cachedStatement(
                        sql: """
                            SELECT hash FROM channelMessage JOIN ticket ON ticket.number = channelMessage.ticket
                            WHERE id = ? AND isReceived
                            """), arguments: [id]
                ).map(MessageKey.init(bytes:)))
        }
    }

    /// The id of the newest ticket that goes on directly with another; nil when none does.
    public func followUp(of ticket: String) throws(StorageError) -> String? {
        try reading { database in
            try String.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT later.id FROM followUp JOIN ticket AS later ON later.number = followUp.ticket
                        JOIN ticket AS first ON first.number = followUp.earlier
                        WHERE first.id = ? ORDER BY later.openedAt DESC, later.number DESC LIMIT 1
                        """), arguments: [ticket])
        }
    }
}
