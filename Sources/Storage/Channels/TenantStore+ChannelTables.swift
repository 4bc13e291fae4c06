extension TenantStore {
    /// What channels have brought.
    ///
    /// A message of a channel is known by the hash of its id under the tenant's key. One without an interaction that was received
    /// is the first of its ticket; one that was not received is only cited by others, and belongs to their ticket when it comes.
    /// The hash of its sender stands beside it, since what a machine wrote for a person is kept as nobody's.
    static let channelTables = """
        CREATE TABLE channelMessage (
            number INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE,
            ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE,
            interaction INTEGER REFERENCES interaction ON DELETE CASCADE, contact BLOB, isReceived INTEGER NOT NULL);
        CREATE INDEX channelMessageByTicket ON channelMessage (ticket);
        CREATE INDEX channelMessageByContact ON channelMessage (contact) WHERE contact IS NOT NULL;
        CREATE INDEX channelMessageByInteraction ON channelMessage (interaction) WHERE interaction IS NOT NULL;
        CREATE TABLE attachment (
            number INTEGER PRIMARY KEY, message INTEGER NOT NULL REFERENCES channelMessage ON DELETE CASCADE,
            place INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, size INTEGER, hash BLOB,
            isInline INTEGER NOT NULL, UNIQUE (message, place));
        CREATE TABLE followUp (
            ticket INTEGER PRIMARY KEY REFERENCES ticket ON DELETE CASCADE,
            earlier INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE);
        CREATE INDEX followUpByEarlier ON followUp (earlier);
        """

    /// When the words of a message were changed last, so that an older export does not bring the former ones back.
    ///
    /// What was received before anybody kept that may have been changed by then.
    static let channelEdits = """
        ALTER TABLE channelMessage ADD COLUMN editedAt REAL;
        UPDATE channelMessage SET editedAt = strftime('%s', 'now') + 0.0 WHERE isReceived;
        """
}
