internal import GRDB

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

    /// Removes what channels have brought of which a condition holds, with its files; its words stand elsewhere.
    mutating func removeReceived(where condition: String, _ arguments: StatementArguments) throws {
        try run(
            "attachments",
            "DELETE FROM attachment WHERE message IN (SELECT number FROM channelMessage WHERE \(condition))", arguments)
        try run("channelMessages", "DELETE FROM channelMessage WHERE \(condition)", arguments)
    }
}
