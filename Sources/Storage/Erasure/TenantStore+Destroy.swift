internal import Foundation
internal import GRDB
internal import Glibc
public import Records

extension TenantStore {
    /// Destroys a store: its files are overwritten with zeros and removed.
    ///
    /// A damaged store can be destroyed too. When the program ends in between, the next call goes on. Copies of the file elsewhere
    /// lose what was sealed when the tenant's key is destroyed, which is for its owner to do.
    ///
    /// - Parameters:
    ///   - path: The file of the store.
    ///   - time: When, for the receipt.
    /// - Throws: ``StorageError``: ``StorageError/missing(file:)`` when there is none,
    ///   ``StorageError/unusable(file:reason:)`` when the file is something else, ``StorageError/busy(file:)`` when
    ///   another process writes or reads.
    public static func destroy(path: String, at time: Instant) throws(StorageError) -> ErasureReceipt {
        let condemned = path + "-erased"
        var receipt = ErasureReceipt(
            kind: "tenant", erasedAt: time, finishedAt: time, removed: [:], records: 0, fileHash: nil)
        guard access(path, F_OK) == 0 || access(condemned, F_OK) == 0 else { throw .missing(file: path) }
        var store: TenantStore?
        var locks = [path + "-writer", "\(path)-\(receiver)"]
        if access(path, F_OK) == 0 {
            do throws(StorageError) {
                store = try TenantStore(path: path, access: .existing)
                try store?.claimWriting()
                try store?.claimReceiving()
                for system in try store?.claimedSystems() ?? [] {
                    try store?.claimSync(of: system)
                    locks.append(path + "-sync-" + system)
                }
                receipt.removed = try store?.rows() ?? [:]
                receipt.records = receipt.removed.removeValue(forKey: "records") ?? 0
            } catch {
                guard case .damaged = error else { throw error }
            }
            guard rename(path, condemned) == 0 else {
                throw .failed(file: path, reason: String(cString: strerror(errno)))
            }
        }
        // The log goes first: without it the file is as it was some time ago, and with it alone nothing is.
        for name in [path + "-wal", path + "-shm", condemned] + locks { try overwrite(name) }
        store = nil
        return receipt
    }

    /// The rows of each table of the tenant's own, and the log records that are counted, when nobody else is at it.
    private func rows() throws(StorageError) -> [String: Int] {
        do {
            return try database.writeWithoutTransaction { database in
                try emptyLog(database)
                var rows: [String: Int] = [:]
                for table in [
                    "fact", "alias", "ticket", "ticketEvent", "interaction", "agent", "article", "articleUse",
                    "groupMember", "groupDecision", "outcome", "incident", "shape", "scope", "eventCount",
                    "linkedTicket", "linkedMessage", "outbox",
                ] {
                    rows[table] = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(table)")
                }
                rows["records"] = try Int.fetchOne(database, sql: "SELECT COALESCE(SUM(records), 0) FROM eventCount")
                return rows
            }
        } catch {
            throw StorageError(error, file: path)
        }
    }

    private static func overwrite(_ path: String) throws(StorageError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw .failed(file: path, reason: String(cString: strerror(errno)))
        }
        defer { Glibc.close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        let zeros = [UInt8](repeating: 0, count: 1 << 16)
        var left = Int(status.st_size)
        while left > 0 {
            let written = write(descriptor, zeros, min(left, zeros.count))
            guard written > 0 else { throw .failed(file: path, reason: String(cString: strerror(errno))) }
            left -= written
        }
        fsync(descriptor)
        guard unlink(path) == 0 else { throw .failed(file: path, reason: String(cString: strerror(errno))) }
    }
}
