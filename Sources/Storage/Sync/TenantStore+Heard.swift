internal import Foundation
internal import GRDB
public import Records

extension TenantStore {
    /// Keyed hashes of what people have written in other systems as these say it, and which message here a message of theirs is.
    ///
    /// What has not changed there is never written over what stands here: an erasure, or a name that is hidden, would be undone.
    static let heardTables = """
        ALTER TABLE linkedMessage ADD COLUMN interaction INTEGER REFERENCES interaction ON DELETE SET NULL;
        CREATE INDEX messageByInteraction ON linkedMessage (interaction) WHERE interaction IS NOT NULL;
        CREATE TABLE heardText (
            system TEXT NOT NULL, remote TEXT NOT NULL, part TEXT NOT NULL, hash BLOB NOT NULL,
            PRIMARY KEY (system, remote, part),
            FOREIGN KEY (system, remote) REFERENCES linkedTicket ON DELETE CASCADE) WITHOUT ROWID;
        """

    /// Takes note of what a text says and who can read it, and has it be so here where that has changed.
    static func hear(
        _ item: SyncStep.HeardText, of system: String, _ seal: TextSeal, in database: Database
    ) throws {
        if case .message(let id) = item.part, let isPublic = item.isPublic {
            let show = try database.cachedStatement(
                sql: """
                    UPDATE interaction SET isPublic = ?4 WHERE isPublic <> ?4 AND number = (
                        SELECT interaction FROM linkedMessage WHERE system = ?1 AND remote = ?2 AND message = ?3)
                    """)
            try show.execute(arguments: [system, item.remote, id, isPublic])
        }
        let place: StatementArguments = [system, item.remote, name(of: item.part)]
        let hash = Data(seal.hash(item.raw, as: "heard"))
        let before = try heard(place, in: database)
        guard before != hash else { return }
        let keep = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO heardText (system, remote, part, hash) VALUES (?, ?, ?, ?)")
        try keep.execute(arguments: place + [hash])
        // Of what was never heard it is not known whether it has changed.
        guard before != nil else { return }
        switch item.part {
        case .title, .body:
            // Of somebody who was erased nothing comes back.
            let column = item.part == .title ? "subject" : "body"
            let change = try database.cachedStatement(
                sql: """
                    UPDATE ticket SET \(column) = ?3 WHERE (contact IS NOT NULL OR \(column) <> '')
                    AND number = (SELECT ticket FROM linkedTicket WHERE system = ?1 AND remote = ?2)
                    """)
            try change.execute(arguments: [system, item.remote, item.text.string])
        case .message(let id):
            let change = try database.cachedStatement(
                sql: """
                    UPDATE OR IGNORE interaction SET text = ?4, hash = ?5 WHERE number = (
                        SELECT interaction FROM linkedMessage WHERE system = ?1 AND remote = ?2 AND message = ?3)
                    """)
            let values: StatementArguments = [system, item.remote, id, item.text.string]
            try change.execute(arguments: values + [InteractionWriter.hash(of: item.text, seal)])
            // Another one of the same time may say the same.
            guard database.changesCount == 0 else { return }
            let hash = InteractionWriter.hash(of: item.text, at: [system, item.remote, id], seal)
            try change.execute(arguments: values + [hash])
        case .field: break
        }
    }

    /// Those of some texts of a ticket that say what they said when they were heard last.
    ///
    /// - Parameters:
    ///   - texts: What the system says of the ticket's parts.
    ///   - remote: The id of the ticket there.
    ///   - system: The name of the system.
    public func unchanged(
        _ texts: [(part: SyncStep.HeardText.Part, raw: RawText)], of remote: String, in system: String
    ) throws(StorageError) -> Set<SyncStep.HeardText.Part> {
        let seal = try seal()
        return try reading { database in
            let same = try texts.filter { part, raw in
                let before = try Self.heard([system, remote, Self.name(of: part)], in: database)
                return before == Data(seal.hash(raw, as: "heard"))
            }
            return Set(same.map(\.part))
        }
    }

    private static func heard(_ place: StatementArguments, in database: Database) throws -> Data? {
        let find = try database.cachedStatement(
            sql: "SELECT hash FROM heardText WHERE system = ? AND remote = ? AND part = ?")
        return try Data.fetchOne(find, arguments: place)
    }

    private static func name(of part: SyncStep.HeardText.Part) -> String {
        switch part {
        case .title: "title"
        case .body: "body"
        case .message(let id): "message " + id
        case .field(let name): "field " + name
        }
    }
}
