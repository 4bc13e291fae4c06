internal import GRDB

extension Removal {
    /// Has messages that wait for some tickets, are under way or were refused not be sent any more.
    ///
    /// Whose words one carries is not known, so that none of these tickets is. Each keeps its key: one that has arrived all the same
    /// is known by it, and does not come back as a message of somebody else.
    mutating func removeUnsentMessages(ofTickets numbers: String, _ arguments: StatementArguments) throws {
        try run(
            "outbox",
            """
            UPDATE outbox SET state = 'overruled', fault = '' WHERE kind = 'message'
                AND state IN ('waiting', 'sending', 'dead') AND ticket IN (\(numbers))
            """, arguments)
    }

    /// The same for notes, as any of them may cite any ticket; they are written anew without what is gone.
    mutating func removeUnsentNotes() throws {
        // One that has an entry counts as said.
        try run("outbox", "DELETE FROM outbox WHERE kind = 'note' AND state = 'waiting'")
        try run(
            "outbox",
            "UPDATE outbox SET state = 'overruled', fault = '' WHERE kind = 'note' AND state IN ('sending', 'dead')")
    }
}
