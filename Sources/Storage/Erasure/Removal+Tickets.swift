internal import Foundation
internal import GRDB
internal import Records

extension Removal {
    /// What stands in rows of its own and belongs to a ticket: its kind, its table, and the column with the ticket's number.
    private static let parts = [
        ("ticketEvents", "ticketEvent", "ticket"), ("interactions", "interaction", "ticket"),
        ("citations", "articleCitation", "ticket"), ("articleUses", "articleUse", "ticket"),
        ("memberships", "groupMember", "ticket"), ("groupDecisions", "groupDecision", "first"),
        ("groupDecisions", "groupDecision", "second"), ("outcomes", "outcome", "ticket"),
        ("linkedTickets", "linkedTicket", "ticket"), ("outbox", "outbox", "ticket"),
        ("followUps", "followUp", "ticket"), ("followUps", "followUp", "earlier"),
    ]

    /// Removes the tickets of which a condition holds, all that is theirs, and what articles have from them alone.
    mutating func removeTickets(where condition: String, _ arguments: StatementArguments) throws {
        let numbers = "SELECT number FROM ticket WHERE \(condition)"
        let cited = try CitedTickets(numbers, arguments, database)
        try removeReceived(where: "ticket IN (\(numbers))", arguments)
        for (kind, table, column) in Self.parts {
            try run(kind, "DELETE FROM \(table) WHERE \(column) IN (\(numbers))", arguments)
        }
        try run("tickets", "DELETE FROM ticket WHERE \(condition)", arguments)
        try removeUncited(cited)
    }

    /// Keeps which tickets of other systems were resolved before a time, so that they come back from there only when they are open again.
    func forgetOldTickets(before time: Instant, _ seal: TextSeal) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT system, remote FROM linkedTicket JOIN ticket ON ticket.number = linkedTicket.ticket
                WHERE resolvedAt < ?
                """, arguments: [time.seconds])
        for row in rows {
            try database.execute(
                sql: "INSERT INTO forgottenTicket (hash) VALUES (?) ON CONFLICT DO NOTHING",
                arguments: [TenantStore.forgottenHash(row["remote"], row["system"], seal, isOld: true)])
        }
    }

    /// Removes what channels have brought of which a condition holds, with its files; its words stand elsewhere.
    mutating func removeReceived(where condition: String, _ arguments: StatementArguments) throws {
        try forgetReceived(where: condition, arguments)
        try run(
            "attachments",
            "DELETE FROM attachment WHERE message IN (SELECT number FROM channelMessage WHERE \(condition))", arguments)
        try run("channelMessages", "DELETE FROM channelMessage WHERE \(condition)", arguments)
    }

    /// Keeps which messages of which a condition holds were received, so that they do not come back when they are read again.
    ///
    /// What was only cited was never here, and may still come.
    func forgetReceived(where condition: String, _ arguments: StatementArguments) throws {
        let keys = try Data.fetchAll(
            database, sql: "SELECT hash FROM channelMessage WHERE isReceived AND (\(condition))", arguments: arguments
        ).map(MessageKey.init(bytes:))
        let forget = try database.cachedStatement(
            sql: "INSERT INTO forgottenMessage (hash) VALUES (?) ON CONFLICT DO NOTHING")
        for key in keys { try forget.execute(arguments: [key.forgotten]) }
    }
}
