internal import Foundation
internal import GRDB

extension TenantStore {
    /// How a store comes to its tables, step by step; steps are appended and never edited.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("ingest") { try $0.execute(sql: ingestTables) }
        migrator.registerMigration("desk") { database in
            try database.execute(sql: deskTables)
            var generator = SystemRandomNumberGenerator()
            let id = Data((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
            try database.execute(sql: "INSERT INTO tenant (one, id) VALUES (1, ?)", arguments: [id])
        }
        migrator.registerMigration("terms") { database in
            // The numbers that a model weighs, as text with blanks between them.
            try database.execute(sql: "ALTER TABLE incidentAccount ADD COLUMN terms TEXT NOT NULL DEFAULT ''")
        }
        migrator.registerMigration("knowledge") { try $0.execute(sql: knowledgeTables) }
        migrator.registerMigration("sync") { try $0.execute(sql: syncTables) }
        migrator.registerMigration("publishing") { try $0.execute(sql: publishingTables) }
        migrator.registerMigration("channels") { try $0.execute(sql: channelTables) }
        migrator.registerMigration("vocabulary") { try $0.execute(sql: vocabularyTables) }
        migrator.registerMigration("forgotten") { database in
            try database.execute(sql: "CREATE TABLE forgottenTicket (hash BLOB PRIMARY KEY) WITHOUT ROWID")
        }
        migrator.registerMigration("lines") { database in
            try database.execute(sql: "ALTER TABLE incidentSignature ADD COLUMN line TEXT NOT NULL DEFAULT ''")
        }
        migrator.registerMigration("unread") { try $0.execute(sql: unreadTables) }
        migrator.registerMigration("order") { try $0.execute(sql: outboxOrder) }
        migrator.registerMigration("heard") { try $0.execute(sql: heardTables) }
        migrator.registerMigration("received") { database in
            try database.execute(sql: "CREATE TABLE forgottenMessage (hash BLOB PRIMARY KEY) WITHOUT ROWID")
        }
        migrator.registerMigration("sent") { try $0.execute(sql: outboxTexts) }
        migrator.registerMigration("imports") { try $0.execute(sql: ForgottenRecords.table) }
        migrator.registerMigration("pages") { database in
            try database.execute(sql: "ALTER TABLE published ADD COLUMN sentText TEXT NOT NULL DEFAULT ''")
        }
        migrator.registerMigration("edits") { try $0.execute(sql: channelEdits) }
        migrator.registerMigration("answered") { database in
            try database.execute(sql: "ALTER TABLE outbox ADD COLUMN isAnswered INTEGER NOT NULL DEFAULT 0")
        }
        return migrator
    }

    private static let ingestTables = """
        CREATE TABLE source (
            id INTEGER PRIMARY KEY, path TEXT NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL,
            headCount INTEGER NOT NULL, headHash INTEGER NOT NULL, checkpoint TEXT NOT NULL);
        CREATE TABLE shape (
            number INTEGER PRIMARY KEY, text TEXT NOT NULL, records INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE scope (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
        CREATE TABLE eventCount (
            minute INTEGER NOT NULL, shape INTEGER NOT NULL, scope INTEGER NOT NULL, severity INTEGER NOT NULL,
            records INTEGER NOT NULL, PRIMARY KEY (minute, shape, scope, severity)) WITHOUT ROWID;
        """

    /// What is known of customers, of tickets and of incidents.
    ///
    /// A fact is one field of one organisation, account, deployment or contact as one source had it at one time; an item of a
    /// list is a fact of its own. Contacts are known by the hash of their id, which stands sealed in the field `id`.
    private static let deskTables = """
        CREATE TABLE tenant (one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL, keyCheck BLOB);
        CREATE TABLE fact (
            kind TEXT NOT NULL, id NOT NULL, field TEXT NOT NULL, source TEXT NOT NULL, item TEXT NOT NULL,
            seenAt REAL NOT NULL, value, PRIMARY KEY (kind, id, field, source, item)) WITHOUT ROWID;
        CREATE TABLE alias (
            account TEXT NOT NULL, kind TEXT NOT NULL, hash BLOB NOT NULL, source TEXT NOT NULL, seenAt REAL NOT NULL,
            value BLOB NOT NULL, PRIMARY KEY (account, kind, hash)) WITHOUT ROWID;
        CREATE INDEX aliasByHash ON alias (hash);
        CREATE TABLE topology (
            caller TEXT NOT NULL, callee TEXT NOT NULL, source TEXT NOT NULL, seenAt REAL NOT NULL,
            PRIMARY KEY (caller, callee)) WITHOUT ROWID;
        CREATE TABLE release (
            deployment TEXT NOT NULL, component TEXT NOT NULL, version TEXT NOT NULL, deployedAt REAL NOT NULL,
            source TEXT NOT NULL, seenAt REAL NOT NULL,
            PRIMARY KEY (deployment, component, version, deployedAt)) WITHOUT ROWID;
        CREATE TABLE ticket (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, openedAt REAL NOT NULL, resolvedAt REAL, account TEXT,
            contact BLOB, channel TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, priority TEXT NOT NULL,
            category TEXT NOT NULL, team TEXT NOT NULL, assignee TEXT NOT NULL, resolution TEXT NOT NULL,
            seenAt REAL NOT NULL);
        CREATE INDEX ticketByAccount ON ticket (account);
        CREATE INDEX ticketByContact ON ticket (contact) WHERE contact IS NOT NULL;
        CREATE INDEX openTicket ON ticket (openedAt) WHERE resolvedAt IS NULL;
        CREATE TABLE ticketEvent (
            ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE, place INTEGER NOT NULL, time REAL NOT NULL,
            kind TEXT NOT NULL, field TEXT NOT NULL, was TEXT NOT NULL, became TEXT NOT NULL, actor TEXT NOT NULL,
            PRIMARY KEY (ticket, place)) WITHOUT ROWID;
        CREATE TABLE incident (
            id TEXT PRIMARY KEY, startedAt REAL NOT NULL, endedAt REAL NOT NULL, detectedAt REAL NOT NULL,
            severity REAL NOT NULL, priority INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE incidentSignature (
            incident TEXT NOT NULL REFERENCES incident ON DELETE CASCADE, place INTEGER NOT NULL,
            signature TEXT NOT NULL, PRIMARY KEY (incident, place)) WITHOUT ROWID;
        CREATE TABLE incidentTicket (
            incident TEXT NOT NULL REFERENCES incident ON DELETE CASCADE, place INTEGER NOT NULL,
            ticket TEXT NOT NULL, PRIMARY KEY (incident, place)) WITHOUT ROWID;
        CREATE TABLE incidentAccount (
            incident TEXT NOT NULL REFERENCES incident ON DELETE CASCADE, place INTEGER NOT NULL, account TEXT NOT NULL,
            probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1), evidence TEXT NOT NULL,
            PRIMARY KEY (incident, place)) WITHOUT ROWID;
        CREATE INDEX incidentByAccount ON incidentAccount (account);
        CREATE TABLE incidentEvent (
            incident TEXT NOT NULL REFERENCES incident ON DELETE CASCADE, place INTEGER NOT NULL, time REAL NOT NULL,
            kind TEXT NOT NULL, other TEXT, PRIMARY KEY (incident, place)) WITHOUT ROWID;
        CREATE TABLE linkDecision (
            incident TEXT NOT NULL REFERENCES incident ON DELETE CASCADE, account TEXT NOT NULL, time REAL NOT NULL,
            isConfirmed INTEGER NOT NULL, PRIMARY KEY (incident, account, time)) WITHOUT ROWID;
        CREATE TABLE audit (
            number INTEGER PRIMARY KEY, time REAL NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject BLOB);
        CREATE TRIGGER auditIsNotChanged BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
        CREATE TRIGGER auditIsNotShortened BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
        CREATE TABLE erasure (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject BLOB, time REAL NOT NULL, finishedAt REAL,
            records INTEGER NOT NULL, namesLeft INTEGER NOT NULL, removed TEXT NOT NULL);
        """

    /// What is said in tickets, and what is learnt of it.
    ///
    /// Customers who wrote a message are known by the hash of their id, as in tickets. The hash of a message's text, under the
    /// tenant's key, tells that it is there already, even when a name was taken out of it since. An agent's
    /// beginnings that nobody knows are one.
    private static let knowledgeTables = """
        CREATE TABLE interaction (
            number INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE, time REAL NOT NULL,
            side TEXT NOT NULL, isPublic INTEGER NOT NULL, channel TEXT NOT NULL, author TEXT NOT NULL, contact BLOB,
            text TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE (ticket, time, side, hash));
        CREATE INDEX interactionByContact ON interaction (contact) WHERE contact IS NOT NULL;
        CREATE TABLE agent (id TEXT NOT NULL, team TEXT NOT NULL, since REAL, until REAL, seenAt REAL NOT NULL);
        CREATE UNIQUE INDEX agentOnce ON agent (id, team, COALESCE(since, -1e300));
        CREATE TABLE article (
            id TEXT NOT NULL, version INTEGER NOT NULL CHECK (version > 0), state TEXT NOT NULL, audience TEXT NOT NULL,
            issueGroup TEXT NOT NULL, createdAt REAL NOT NULL, updatedAt REAL NOT NULL, title TEXT NOT NULL,
            PRIMARY KEY (id, version)) WITHOUT ROWID;
        CREATE TABLE articleSentence (
            number INTEGER PRIMARY KEY, article TEXT NOT NULL, version INTEGER NOT NULL, part TEXT NOT NULL,
            place INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (article, version, part, place),
            FOREIGN KEY (article, version) REFERENCES article ON DELETE CASCADE);
        CREATE TABLE articleCitation (
            sentence INTEGER NOT NULL REFERENCES articleSentence ON DELETE CASCADE, place INTEGER NOT NULL,
            ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE,
            PRIMARY KEY (sentence, place)) WITHOUT ROWID;
        CREATE INDEX citationByTicket ON articleCitation (ticket);
        CREATE TABLE articleFact (
            article TEXT NOT NULL, version INTEGER NOT NULL, place INTEGER NOT NULL, field TEXT NOT NULL,
            value TEXT NOT NULL, cases INTEGER NOT NULL, PRIMARY KEY (article, version, place),
            FOREIGN KEY (article, version) REFERENCES article ON DELETE CASCADE) WITHOUT ROWID;
        CREATE TABLE articleKeyword (
            article TEXT NOT NULL, version INTEGER NOT NULL, place INTEGER NOT NULL, keyword TEXT NOT NULL,
            PRIMARY KEY (article, version, place),
            FOREIGN KEY (article, version) REFERENCES article ON DELETE CASCADE) WITHOUT ROWID;
        CREATE TABLE articleUse (
            number INTEGER PRIMARY KEY, article TEXT NOT NULL, time REAL NOT NULL, kind TEXT NOT NULL,
            ticket INTEGER REFERENCES ticket ON DELETE CASCADE, UNIQUE (article, time, kind, ticket));
        CREATE INDEX useByTicket ON articleUse (ticket) WHERE ticket IS NOT NULL;
        CREATE TABLE groupMember (
            ticket INTEGER PRIMARY KEY REFERENCES ticket ON DELETE CASCADE, issueGroup TEXT NOT NULL,
            assignedAt REAL NOT NULL);
        CREATE TABLE groupDecision (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, first INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE,
            second INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE, time REAL NOT NULL, actor TEXT NOT NULL,
            UNIQUE (first, second, time, kind, actor));
        CREATE INDEX decisionBySecond ON groupDecision (second);
        CREATE TABLE outcome (
            model TEXT NOT NULL, version INTEGER NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE,
            time REAL NOT NULL, hours REAL NOT NULL, lower REAL NOT NULL, upper REAL NOT NULL,
            PRIMARY KEY (model, version, ticket, time)) WITHOUT ROWID;
        CREATE INDEX outcomeByTicket ON outcome (ticket);
        """
}
