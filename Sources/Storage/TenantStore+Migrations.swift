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
}
