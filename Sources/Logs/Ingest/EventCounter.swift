public import Records

/// Counts records by signature, scope, severity and minute.
///
/// Memory is bounded by the limits of ``SignatureMiner``, ``mostScopes`` and, between two calls of ``take()``, by
/// ``mostCounts``: see ``isFull``.
public struct EventCounter: Sendable {
    /// The most scopes; records of others are counted without one.
    public static let mostScopes = 4_096
    /// The number of different keys at which the counts should be taken.
    public static let mostCounts = 262_144
    /// What says where a record comes from: keys of its resource or its attributes.
    ///
    /// What an account goes by besides is told by its words, as `customer.id`.
    public static let scopeKeys = [
        "service.name", "service.version", "deployment.environment.name", "deployment.environment", "deployment",
        "host.name", "organization", "account", "tenant",
    ]

    /// The miner.
    public private(set) var miner: SignatureMiner
    /// The records of scopes beyond the limit.
    public private(set) var recordsWithoutScope = 0
    /// The records that name no account that is known; 0 where none are.
    public var recordsWithoutAccount: Int { scopes.recordsWithoutAccount }
    private var scopes: ScopeTable
    private var counts: [EventCount.Key: Int64] = [:]
    /// The key of the last record, since records come in runs.
    private var last: (key: EventCount.Key, records: Int64)?

    /// Creates a counter that goes on with what was kept.
    ///
    /// - Parameters:
    ///   - redactor: Sees everything that is to be kept.
    ///   - messages: Sees shapes instead, such as one that knows names of customers; in scopes these tie rows together.
    ///   - customers: The customers, by whose ids scopes have their accounts, whatever name of them a record has.
    ///   - accountKeys: Keys of attributes whose values are accounts (see ``LogFieldMapping/account``).
    ///   - shapes: The shapes that are kept, in the order of their numbers, with their records.
    ///   - scopes: The scopes that are kept, likewise.
    public init(
        redactor: Redactor, messages: Redactor? = nil, customers: CustomerDirectory? = nil,
        accountKeys: [String] = [], shapes: [(shape: RedactedText, lines: Int)] = [],
        scopes: [RedactedText] = []
    ) {
        miner = SignatureMiner(redactor: messages ?? redactor, shapes: shapes)
        self.scopes = ScopeTable(redactor, customers: customers, accountKeys: accountKeys, kept: scopes)
    }

    /// Whether so much was counted that it should be taken.
    public var isFull: Bool { counts.count >= Self.mostCounts }

    /// Counts the records of a batch.
    public mutating func add(_ batch: LogBatch) {
        for record in batch.records {
            let shape = batch.withMessage(record) { miner.learn($0) }
            let scope = scopes.index(of: record, in: batch)
            if scope == ScopeTable.beyondLimit { recordsWithoutScope += 1 }
            let time = record.time == LogRecord.noTime ? record.observedTime : record.time
            add(
                EventCount.Key(
                    minute: Self.minute(time), shape: shape.index, scope: max(-1, scope),
                    severity: record.countedSeverity),
                records: 1)
        }
    }

    /// Counts lines that were not read.
    ///
    /// - Parameter time: When they were observed, in nanoseconds since 1970 UTC.
    public mutating func addPassed(_ lines: Int64, at time: Int64) {
        guard lines > 0 else { return }
        add(EventCount.Key(minute: Self.minute(time), shape: -1, scope: -1, severity: 0), records: lines)
    }

    /// What was counted since the last call.
    public mutating func take() -> IngestedEvents {
        flushLast()
        var events = IngestedEvents()
        events.shapes = miner.newShapes()
        events.scopes = scopes.newScopes()
        events.counts = counts.map { EventCount(key: $0.key, records: $0.value) }.sorted { $0.key < $1.key }
        counts.removeAll(keepingCapacity: true)
        return events
    }

    @inline(__always)
    private mutating func add(_ key: EventCount.Key, records: Int64) {
        if let last, last.key == key {
            self.last?.records += records
            return
        }
        flushLast()
        last = (key, records)
    }

    private mutating func flushLast() {
        guard let last else { return }
        counts[last.key, default: 0] += last.records
        self.last = nil
    }

    private static func minute(_ time: Int64) -> Int32 {
        let (quotient, rest) = time.quotientAndRemainder(dividingBy: 60_000_000_000)
        return Int32(truncatingIfNeeded: rest < 0 ? quotient - 1 : quotient)
    }
}
