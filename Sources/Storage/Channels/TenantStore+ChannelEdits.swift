internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// The time after which nothing of a message is changed, since its author took it back.
    private static let never = Double.greatestFiniteMagnitude

    /// Has a message that was received say something else, unless what it says is of a later time.
    ///
    /// - Parameters:
    ///   - key: The message.
    ///   - text: What it says now.
    ///   - time: When it was changed.
    ///   - entry: Who reads it.
    /// - Returns: Whether something has changed here; what was erased stays so.
    public func change(
        _ key: MessageKey, to text: RedactedText, editedAt time: Instant, by entry: AuditEntry
    ) throws(StorageError) -> Bool {
        try change(key, to: text, editedAt: time.seconds, by: entry)
    }

    /// Leaves a text in the place of a message that its author took back, for good, and nothing of its files.
    ///
    /// One that was not received so far is not received later either.
    ///
    /// - Returns: Whether something has changed here.
    public func withdraw(
        _ key: MessageKey, leaving text: RedactedText, by entry: AuditEntry
    ) throws(StorageError) -> Bool {
        if try isReceived(key) { return try change(key, to: text, editedAt: Self.never, by: entry) }
        try writing { database in
            try database.execute(
                sql: "INSERT INTO forgottenMessage (hash) VALUES (?) ON CONFLICT DO NOTHING", arguments: [key.forgotten]
            )
        }
        return false
    }

    private func change(
        _ key: MessageKey, to text: RedactedText, editedAt time: Double, by entry: AuditEntry
    ) throws(StorageError) -> Bool {
        let seal = try seal()
        let find = """
            SELECT number, ticket, interaction FROM channelMessage
            WHERE hash = ? AND isReceived AND COALESCE(editedAt, -1) < ?
            """
        // Most of what is read again has not changed, and costs no transaction.
        let isNews = try reading {
            try Row.fetchOne($0.cachedStatement(sql: find), arguments: [key.bytes, time]) != nil
        }
        guard isNews else { return false }
        return try writing { database in
            let found = try Row.fetchOne(database.cachedStatement(sql: find), arguments: [key.bytes, time])
            guard let found else { return false }
            let number: Int64 = found["number"]
            try database.execute(
                sql: "UPDATE channelMessage SET editedAt = ? WHERE number = ?", arguments: [time, number])
            if let interaction = found["interaction"] as Int64? {
                let change = try database.cachedStatement(
                    sql: "UPDATE OR IGNORE interaction SET text = ?, hash = ? WHERE number = ?")
                try change.execute(arguments: [text.string, InteractionWriter.hash(of: text, seal), interaction])
                if database.changesCount == 0 {
                    // Another one of the same time says the same.
                    let hash = InteractionWriter.hash(of: text, at: ["channel", "\(number)"], seal)
                    try change.execute(arguments: [text.string, hash, interaction])
                }
            } else {
                // Of somebody who was erased nothing comes back.
                try database.execute(
                    sql: "UPDATE ticket SET body = ? WHERE number = ? AND (contact IS NOT NULL OR body <> '')",
                    arguments: [text.string, found["ticket"] as Int64])
            }
            if time == Self.never {
                try database.execute(sql: "DELETE FROM attachment WHERE message = ?", arguments: [number])
            }
            try Self.record(entry, in: database)
            return true
        }
    }
}
