internal import Foundation
internal import GRDB
internal import Records

extension TenantStore {
    /// Adds an entry to the audit log, from which nothing is ever removed.
    public func record(_ entry: AuditEntry) throws(StorageError) {
        try writing { try Self.record(entry, in: $0) }
    }

    static func record(_ entry: AuditEntry, about subject: Data? = nil, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO audit (time, actor, action, subject) VALUES (?, ?, ?, ?)",
            arguments: [entry.time.seconds, entry.actor, entry.action.rawValue, subject])
    }

    /// The audit log in the order in which it was written.
    public func audit() throws(StorageError) -> [AuditEntry] {
        try reading { try Self.entries($0, "TRUE", []) }
    }

    /// The number of the last entry of the audit log, and whether customers were imported or erased since an earlier one.
    ///
    /// - Parameter number: The number of the earlier entry.
    public func customerNews(after number: Int) throws(StorageError) -> (last: Int, isThere: Bool) {
        try reading { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT COALESCE(MAX(number), ?1), COALESCE(MAX(action IN ('imported', 'erased')), FALSE)
                        FROM audit WHERE number > ?1
                        """), arguments: [number])
            return (row?[0] ?? number, row?[1] ?? false)
        }
    }

    /// What was done to one incident, account or contact.
    ///
    /// - Throws: ``StorageError``, ``StorageError/noKey(file:)`` among them.
    public func audit(of kind: AuditSubject, _ id: String) throws(StorageError) -> [AuditEntry] {
        let hash = try auditHash(kind, id)
        return try reading { try Self.entries($0, "subject = ?", [hash]) }
    }

    private static func entries(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [AuditEntry] {
        try Row.fetchAll(
            database, sql: "SELECT time, actor, action FROM audit WHERE \(condition) ORDER BY number",
            arguments: arguments
        ).compactMap { row in
            AuditEntry.Action(rawValue: row["action"]).map {
                AuditEntry(time: Instant(seconds: row["time"]), actor: row["actor"], action: $0)
            }
        }
    }

    func auditHash(_ kind: AuditSubject, _ id: String) throws(StorageError) -> Data {
        Data(try seal().hash(RawText(id), as: "audit " + kind.rawValue))
    }
}

/// What an entry of the audit log can be about.
public enum AuditSubject: String, Sendable, Hashable {
    /// An incident.
    case incident
    /// An account.
    case account
    /// A contact.
    case contact
}
