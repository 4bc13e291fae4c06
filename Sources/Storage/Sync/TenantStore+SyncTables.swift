extension TenantStore {
    /// What other systems have too, and what is still to be done there.
    ///
    /// The version and the values of a link are those that were read last; a message is known by its id, so that it comes in once.
    static let syncTables = """
        CREATE TABLE syncFeed (system TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE linkedTicket (
            system TEXT NOT NULL, remote TEXT NOT NULL, numberThere TEXT NOT NULL,
            ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE, version TEXT NOT NULL, updatedAt REAL NOT NULL,
            readAt REAL NOT NULL, fate TEXT NOT NULL, mergedInto TEXT, PRIMARY KEY (system, remote)) WITHOUT ROWID;
        CREATE INDEX linkByTicket ON linkedTicket (ticket);
        CREATE TABLE linkedValue (
            number INTEGER PRIMARY KEY, system TEXT NOT NULL, remote TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
            UNIQUE (system, remote, field, value),
            FOREIGN KEY (system, remote) REFERENCES linkedTicket ON DELETE CASCADE);
        CREATE TABLE linkedMessage (
            system TEXT NOT NULL, remote TEXT NOT NULL, message TEXT NOT NULL, key TEXT,
            PRIMARY KEY (system, remote, message),
            FOREIGN KEY (system, remote) REFERENCES linkedTicket ON DELETE CASCADE) WITHOUT ROWID;
        CREATE INDEX messageByKey ON linkedMessage (key) WHERE key IS NOT NULL;
        CREATE TABLE outbox (
            number INTEGER PRIMARY KEY, system TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE,
            key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL,
            attempts INTEGER NOT NULL, notBefore REAL NOT NULL, createdAt REAL NOT NULL, actor TEXT NOT NULL,
            fault TEXT NOT NULL);
        CREATE INDEX outboxByTicket ON outbox (ticket);
        CREATE INDEX outboxToDo ON outbox (system, notBefore) WHERE state IN ('waiting', 'sending');
        CREATE TABLE hookDelivery (
            system TEXT NOT NULL, delivery TEXT NOT NULL, time REAL NOT NULL, PRIMARY KEY (system, delivery)) WITHOUT ROWID;
        """

    /// The text of a message or a note goes from the outbox when nothing is left to be done for it, whoever ends it: the message stands in
    /// its ticket, where it can be erased, and is known in the other system by its key.
    static let outboxTexts = """
        UPDATE outbox SET payload = '{"kind":"' || kind || '"}'
            WHERE kind IN ('message', 'note') AND state IN ('done', 'overruled');
        CREATE TRIGGER outboxTextGoes AFTER UPDATE OF state ON outbox
            WHEN NEW.kind IN ('message', 'note') AND NEW.state IN ('done', 'overruled')
            BEGIN UPDATE outbox SET payload = '{"kind":"' || kind || '"}' WHERE number = NEW.number; END;
        """

    /// What a system called its words when it was looked at last.
    static let vocabularyTables = """
        CREATE TABLE seenWord (
            system TEXT NOT NULL, kind TEXT NOT NULL, word TEXT NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (system, kind, word)) WITHOUT ROWID;
        CREATE INDEX linkByNumber ON linkedTicket (system, numberThere);
        """
}
