internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
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
        try writing { database in
            try Self.add(events, to: database)
            return try sources.map { try Self.put($0, in: database) }
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
}
