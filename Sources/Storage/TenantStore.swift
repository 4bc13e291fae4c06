internal import Foundation
internal import GRDB
internal import Glibc
@_spi(Stored) public import Records
internal import Synchronization

/// What is kept of one tenant: a database of its own, which no other tenant's data ever enters.
///
/// Every write is one transaction, durable when the call returns. Text gets in as ``RedactedText`` or ``SealedText`` only; what
/// is deleted is overwritten with zeros. A second process may read while one writes.
public final class TenantStore: Sendable {
    /// How a store is opened.
    public enum Access: Sendable {
        /// For reading and writing; it is created where it is not there.
        case creating
        /// For reading and writing, where it is there.
        case existing
        /// For reading, where it is there and was written by this version.
        case reading
    }

    /// The path of the database.
    public let path: String
    let database: DatabaseQueue
    private let sealing: TextSeal?
    /// The files whose locks say who may do what.
    private let claims = Mutex<[String: Int32]>([:])

    /// Opens a store.
    ///
    /// The first key that a store is opened with for writing becomes its key.
    ///
    /// - Parameters:
    ///   - path: A file, which is for its owner alone when it is created; beside it SQLite keeps `-wal` and `-shm`.
    ///   - key: What names are sealed with; without it only what is not sealed can be read.
    ///   - access: What is to be done with it.
    public convenience init(path: String, key: TenantKey? = nil, access: Access = .creating) throws(StorageError) {
        if access != .creating, Glibc.access(path, F_OK) != 0 { throw .missing(file: path) }
        // SQLite gives what it puts beside the file the same mode.
        let created = access == .creating ? open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600) : -1
        if created >= 0 { Glibc.close(created) }
        try self.init(database: path, path: path, key: key, access: access)
    }

    /// Creates an empty store that lives in memory, as tests need it.
    public convenience init(inMemoryWith key: TenantKey?) throws(StorageError) {
        try self.init(database: Self.inMemory, path: "memory", key: key, access: .creating)
    }

    /// What SQLite calls a database without a file.
    private static let inMemory = ":memory:"

    private init(database name: String, path: String, key: TenantKey?, access: Access) throws(StorageError) {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.readonly = access == .reading
            configuration.prepareDatabase { database in
                try database.execute(
                    sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON")
            }
            configuration.busyMode = .timeout(5)
            database = try DatabaseQueue(path: name, configuration: configuration)
            let migrator = Self.migrator
            let (isForeign, isNewer, isDone) = try database.read { database in
                let isOurs = try database.tableExists("grdb_migrations") || Self.isEmpty(database)
                return (
                    !isOurs, try migrator.hasBeenSuperseded(database), try migrator.hasCompletedMigrations(database)
                )
            }
            guard !isForeign else { throw StorageError.unusable(file: path, reason: "a database of another program") }
            guard !isNewer else { throw StorageError.newer(file: path) }
            guard isDone || access != .reading else { throw StorageError.older(file: path) }
            if access != .reading {
                // Only of a file that is known to be a store; the file says so from then on.
                try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
            }
            if !isDone { try migrator.migrate(database) }
            sealing = try Self.seal(key, in: database, path, isWriting: access != .reading)
        } catch {
            throw StorageError(error, file: path, isOpening: true)
        }
    }

    deinit {
        claims.withLock { for descriptor in $0.values { Glibc.close(descriptor) } }
    }

    /// Closes the store, when nothing uses it any more; the last process to do so moves the log into the file.
    public func close() throws(StorageError) {
        do {
            try database.close()
        } catch {
            throw StorageError(error, file: path)
        }
    }

    private static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") == 0
    }

    /// The seal of a key, which becomes that of the store when it has none.
    private static func seal(
        _ key: TenantKey?, in database: DatabaseQueue, _ path: String, isWriting: Bool
    ) throws -> TextSeal? {
        guard let key else { return nil }
        let row = try database.read { try Row.fetchOne($0, sql: "SELECT id, keyCheck FROM tenant") }
        guard let row, let id = row["id"] as Data? else {
            throw StorageError.damaged(file: path, reason: "it has no id")
        }
        let seal = TextSeal(key, store: Array(id))
        let check = Data(seal.check)
        var known = row["keyCheck"] as Data?
        if known == nil, isWriting {
            known = try database.write { database in
                try database.execute(sql: "UPDATE tenant SET keyCheck = ? WHERE keyCheck IS NULL", arguments: [check])
                return try Data.fetchOne(database, sql: "SELECT keyCheck FROM tenant")
            }
        }
        guard known == nil || known == check else { throw StorageError.wrongKey(file: path) }
        return seal
    }

    /// Whether the store was opened with its key.
    public var hasKey: Bool { sealing != nil }

    /// Whether the store has a key, given or not.
    public func isSealed() throws(StorageError) -> Bool {
        try reading { try Bool.fetchOne($0, sql: "SELECT keyCheck IS NOT NULL FROM tenant") ?? false }
    }

    /// What seals and opens.
    ///
    /// - Throws: ``StorageError/noKey(file:)``.
    func seal() throws(StorageError) -> TextSeal {
        guard let sealing else { throw .noKey(file: path) }
        return sealing
    }

    /// Makes this the only process that may write, until it ends: another one would count the same lines, and number its
    /// shapes anew.
    ///
    /// - Throws: ``StorageError/busy(file:)`` when there is one already.
    public func claimWriting() throws(StorageError) { try claim("writer") }

    /// Makes this the only process that keeps a system in step with the store, until it ends: two would send everything twice.
    ///
    /// - Parameter system: The name of the system.
    /// - Throws: As ``claimWriting()``.
    public func claimSync(of system: String) throws(StorageError) { try claim("sync-" + system) }

    /// Makes this the only process that takes messages from channels, until it ends: two could open two tickets for one conversation.
    ///
    /// - Throws: As ``claimWriting()``.
    public func claimReceiving() throws(StorageError) { try claim(Self.receiver) }

    static let receiver = "receiver"

    private func claim(_ purpose: String) throws(StorageError) {
        // What lives in memory is nobody else's.
        guard database.path != Self.inMemory, claims.withLock({ $0[purpose] == nil }) else { return }
        let file = path + "-" + purpose
        let descriptor = open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EACCES || errno == EROFS { throw .readOnly(file: path) }
            throw .unusable(file: file, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw .busy(file: path)
        }
        claims.withLock { $0[purpose] = descriptor }
    }

    /// The systems for which a process has claimed the sync of a store at some time.
    func claimedSystems() throws(StorageError) -> [String] {
        try reading {
            try String.fetchAll($0, sql: "SELECT system FROM syncFeed UNION SELECT system FROM linkedTicket")
        }
    }

    func reading<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw StorageError(error, file: path)
        }
    }

    /// Runs one transaction: all of it is kept, or nothing.
    func writing<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        do {
            return try database.write(body)
        } catch {
            throw StorageError(error, file: path)
        }
    }
}
