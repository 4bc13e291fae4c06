internal import Foundation
internal import GRDB
public import Records

/// What can be removed by its age.
public enum RetainedKind: String, Sendable, Hashable, CaseIterable {
    /// Tickets that were resolved before a time, with their messages and all that was learnt of them alone.
    case tickets
    /// Counts of log records of minutes before a time.
    case counts
    /// Incidents that ended before a time, with what people said of them.
    case incidents
    /// Uses of articles before a time.
    case uses
    /// Agents who left before a time.
    case agents
}

extension TenantStore {
    /// Removes what is older than a time, and overwrites it; open tickets stay, however old.
    ///
    /// Of tickets a keyed hash stays, so that no import and no system brings them back while they are resolved.
    ///
    /// - Parameters:
    ///   - time: The earliest time that is kept.
    ///   - kinds: What is removed.
    ///   - entry: Who does it.
    /// - Throws: ``StorageError``: ``StorageError/busy(file:)`` when another process writes or reads,
    ///   ``StorageError/noKey(file:)`` when tickets are to go.
    public func removeOlder(
        than time: Instant, _ kinds: Set<RetainedKind>, by entry: AuditEntry
    ) throws(StorageError) -> ErasureReceipt {
        try claimWriting()
        try writing { database in
            var removal = Removal(database)
            if kinds.contains(.tickets) {
                let ids = try String.fetchAll(
                    database, sql: "SELECT id FROM ticket WHERE resolvedAt < ?", arguments: [time.seconds])
                if !ids.isEmpty {
                    let seal = try seal()
                    try ForgottenRecords(database, seal).add(.oldTicket, ids)
                    try removal.forgetOldTickets(before: time, seal)
                }
                try removal.removeTickets(where: "resolvedAt < ?", [time.seconds])
            }
            if kinds.contains(.counts) {
                let minute = Int64(min(max((time.seconds / 60).rounded(.down), -1e9), 1e9))
                removal.records =
                    try Int.fetchOne(
                        database, sql: "SELECT COALESCE(SUM(records), 0) FROM eventCount WHERE minute < ?",
                        arguments: [minute]) ?? 0
                try removal.run("counts", "DELETE FROM eventCount WHERE minute < ?", [minute])
                try removal.removeUncounted(words: nil)
            }
            if kinds.contains(.incidents) {
                try removal.run("incidents", "DELETE FROM incident WHERE endedAt < ?", [time.seconds])
            }
            if kinds.contains(.uses) {
                try removal.run("articleUses", "DELETE FROM articleUse WHERE time < ?", [time.seconds])
            }
            if kinds.contains(.agents) {
                try removal.run("agents", "DELETE FROM agent WHERE until < ?", [time.seconds])
            }
            try removal.keep(kind: "old", subject: nil, at: entry.time)
            try Self.record(entry, in: database)
        }
        try finishErasures(at: entry.time)
        return try receipt("kind = 'old'", [])
    }
}
