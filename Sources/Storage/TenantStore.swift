internal import Foundation
internal import GRDB
internal import Glibc
@_spi(Stored) public import Records
internal import Synchronization

/// What is kept of one tenant: a database of its own, which no other tenant's data ever enters.
///
/// Every write is one transaction, durable when the call returns. Only redacted text gets in.
public final class TenantStore: Sendable {
    /// The path of the database.
    public let path: String
    private let database: DatabaseQueue
    /// The file whose lock says who may write.
    private let writer = Mutex<Int32?>(nil)

    /// Opens a store and creates it where it is not there.
    ///
    /// - Parameter path: A file; beside it SQLite keeps `-wal` and `-shm`.
    public init(path: String) throws(StorageError) {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL")
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            configuration.busyMode = .timeout(5)
            database = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = Self.migrator
            guard try database.read({ try !migrator.hasBeenSuperseded($0) }) else {
                throw StorageError.newer(file: path)
            }
            try migrator.migrate(database)
        } catch let error as StorageError {
            throw error
        } catch {
            throw .unusable(file: path, reason: Self.reason(error))
        }
    }

    deinit {
        writer.withLock { if let descriptor = $0 { close(descriptor) } }
    }

    /// Makes this the only process that may ``keep(_:_:)``, until it ends: another one would count the same lines, and number
    /// its shapes anew.
    ///
    /// - Throws: ``StorageError/busy(file:)`` when there is one already.
    public func claimWriting() throws(StorageError) {
        let descriptor = open(path + "-writer", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unusable(file: path + "-writer", reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .busy(file: path)
        }
        writer.withLock { $0 = descriptor }
    }

    /// The sources that were ever read.
    public func sources() throws(StorageError) -> [LogSource] {
        try reading { database in
            try Row.fetchAll(database, sql: "SELECT * FROM source ORDER BY id").map { row in
                LogSource(
                    id: row["id"], path: row["path"], device: UInt64(bitPattern: row["device"]),
                    inode: UInt64(bitPattern: row["inode"]),
                    head: LogSource.Head(count: row["headCount"], hash: UInt64(bitPattern: row["headHash"])),
                    checkpoint: try JSONDecoder().decode(LogCheckpoint.self, from: row["checkpoint"]))
            }
        }
    }

    /// The shapes in the order of their numbers, with the records that were counted under each.
    public func shapes() throws(StorageError) -> [(shape: RedactedText, lines: Int)] {
        try reading { database in
            try Row.fetchAll(database, sql: "SELECT text, records FROM shape ORDER BY number").map { row in
                (RedactedText(stored: row["text"]), row["records"])
            }
        }
    }

    /// The records that were counted without a shape.
    public func recordsWithoutShape() throws(StorageError) -> Int {
        try reading { database in
            try Int.fetchOne(database, sql: "SELECT COALESCE(SUM(records), 0) FROM eventCount WHERE shape = -1") ?? 0
        }
    }

    /// The scopes in the order of their numbers.
    public func scopes() throws(StorageError) -> [RedactedText] {
        try reading { database in
            try String.fetchAll(database, sql: "SELECT text FROM scope ORDER BY number").map(RedactedText.init(stored:))
        }
    }

    /// The counts of some minutes, in the order of minutes.
    public func counts(minutes: ClosedRange<Int32> = Int32.min...Int32.max) throws(StorageError) -> [EventCount] {
        try reading { database in
            let sql = "SELECT * FROM eventCount WHERE minute BETWEEN ? AND ? ORDER BY minute, shape, scope, severity"
            return try Row.fetchAll(database, sql: sql, arguments: [minutes.lowerBound, minutes.upperBound]).map {
                row in
                EventCount(
                    key: EventCount.Key(
                        minute: row["minute"], shape: row["shape"], scope: row["scope"], severity: row["severity"]),
                    records: row["records"])
            }
        }
    }

    /// Keeps what was counted together with where the reading of its sources stands: all of it, or nothing.
    ///
    /// - Returns: The sources with their numbers.
    public func keep(_ events: IngestedEvents, _ sources: [LogSource]) throws(StorageError) -> [LogSource] {
        do {
            return try database.write { database in
                try Self.add(events, to: database)
                return try sources.map { try Self.put($0, in: database) }
            }
        } catch {
            throw .failed(file: path, reason: Self.reason(error))
        }
    }

    private static func add(_ events: IngestedEvents, to database: Database) throws {
        let insertShape = try database.makeStatement(
            sql: "INSERT INTO shape (number, text) VALUES ((SELECT COALESCE(MAX(number) + 1, 0) FROM shape), ?)")
        for shape in events.shapes { try insertShape.execute(arguments: [shape.string]) }
        let insertScope = try database.makeStatement(
            sql: "INSERT INTO scope (number, text) VALUES ((SELECT COALESCE(MAX(number) + 1, 0) FROM scope), ?)")
        for scope in events.scopes { try insertScope.execute(arguments: [scope.string]) }
        let count = try database.makeStatement(
            sql: """
                INSERT INTO eventCount (minute, shape, scope, severity, records) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET records = records + excluded.records
                """)
        var recordsOfShape: [Int32: Int64] = [:]
        for item in events.counts {
            let key = item.key
            try count.execute(arguments: [key.minute, key.shape, key.scope, key.severity, item.records])
            recordsOfShape[key.shape, default: 0] += item.records
        }
        let total = try database.makeStatement(sql: "UPDATE shape SET records = records + ? WHERE number = ?")
        for (shape, records) in recordsOfShape { try total.execute(arguments: [records, shape]) }
    }

    private static func put(_ source: LogSource, in database: Database) throws -> LogSource {
        var source = source
        let checkpoint = String(decoding: try JSONEncoder().encode(source.checkpoint), as: UTF8.self)
        let values: StatementArguments = [
            source.path, Int64(bitPattern: source.device), Int64(bitPattern: source.inode), source.head.count,
            Int64(bitPattern: source.head.hash), checkpoint, source.id,
        ]
        if source.id == nil {
            try database.execute(
                sql: """
                    INSERT INTO source (path, device, inode, headCount, headHash, checkpoint, id)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """, arguments: values)
            source.id = database.lastInsertedRowID
        } else {
            try database.execute(
                sql: """
                    UPDATE source SET path = ?, device = ?, inode = ?, headCount = ?, headHash = ?, checkpoint = ?
                    WHERE id = ?
                    """, arguments: values)
        }
        return source
    }

    private func reading<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw .failed(file: path, reason: Self.reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        return error.message ?? "\(error.resultCode)"
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("ingest") { database in
            try database.execute(
                sql: """
                    CREATE TABLE source (
                        id INTEGER PRIMARY KEY, path TEXT NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL,
                        headCount INTEGER NOT NULL, headHash INTEGER NOT NULL, checkpoint TEXT NOT NULL);
                    CREATE TABLE shape (
                        number INTEGER PRIMARY KEY, text TEXT NOT NULL, records INTEGER NOT NULL DEFAULT 0);
                    CREATE TABLE scope (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
                    CREATE TABLE eventCount (
                        minute INTEGER NOT NULL, shape INTEGER NOT NULL, scope INTEGER NOT NULL, severity INTEGER NOT NULL,
                        records INTEGER NOT NULL, PRIMARY KEY (minute, shape, scope, severity)) WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}
