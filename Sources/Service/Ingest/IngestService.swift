public import Logs
public import Records
public import Storage

import class Foundation.Thread

/// Counts the records of logs by signature into a tenant's store, within a budget.
///
/// Counts are kept together with how far each log was read, in one transaction every two seconds: after any end another run goes on there,
/// and no line is lost or counted twice.
public struct IngestService: Sendable {
    /// What is read, how it is written, and how much may be spent on it.
    public struct Settings: Sendable {
        /// The path of standard input.
        public static let standardInput = LogFile.standardInput

        /// Files, folders, or `-` for standard input.
        public var paths: [String]
        /// Whether to go on as files grow, rotate and appear, until it is asked to end.
        public var follow = false
        /// The processors that may be used, such as 0.2 for a fifth of one; nil for no limit.
        public var processors: Double?
        /// The bytes that may be read in a second; nil for no limit.
        public var rate: Double?
        /// The bytes behind which only every sixteenth block of a log is read, and of the others the lines are counted; nil for none.
        public var shed: Int64?
        /// The name under which standard input is known.
        public var inputName = standardInput
        /// The format of the logs; nil where it is found from their first lines.
        public var format: LogFormat?
        /// Which fields mean what.
        public var mapping = LogFieldMapping()
        /// The zone of times without one.
        public var zone: ZoneRules
        /// Files that are no logs, whatever folder they lie in, such as those with keys; the store need not be named.
        public var ownFiles: [String] = []

        /// Reads all that is there, as far and as fast as it goes.
        public init(_ paths: [String], zone: ZoneRules) {
            self.paths = paths
            self.zone = zone
        }
    }

    /// What is told as it happens.
    public enum News: Sendable {
        /// A path that was named, or a file of a named folder, cannot be read.
        case unreadable(path: String, Obstacle)
        /// A file of a named folder is no log.
        case leftOut(path: String, Obstacle)
    }

    /// Why a file is not read.
    public enum Obstacle: Sendable, Equatable {
        /// The system refuses it, for a reason of `errno`.
        case refused(Int32)
        /// It is no file, but a pipe, a socket or a device, of which nothing could be read again.
        case noFile(kind: String)
        /// It belongs to this run.
        case own
        /// It is in UTF-16, in which no place can be kept.
        case utf16
        /// It is binary.
        case binary
        /// It was read before, as a format that is not known here.
        case unknownFormat
    }

    let store: TenantStore
    let clock: @Sendable () -> Int64
    let isAskedToEnd: @Sendable () -> Bool
    let tell: @Sendable (News) -> Void
    /// What is known of the customers; nothing where the store holds none and has no key.
    private let customers: CustomerContext

    /// Creates a service, and makes this the only process that takes logs into the store.
    ///
    /// - Parameters:
    ///   - store: The tenant's store.
    ///   - clock: Tells the time, in nanoseconds since 1970 UTC.
    ///   - isAskedToEnd: Whether to end before all is read; asked again and again.
    ///   - tell: Is told what happens.
    /// - Throws: ``StorageError/busy(file:)`` where another process takes logs into the store, ``StorageError/noKey(file:)`` where it is sealed
    ///   and its key is not there, or where it cannot be read.
    public init(
        into store: TenantStore, clock: @escaping @Sendable () -> Int64,
        isAskedToEnd: @escaping @Sendable () -> Bool, tell: @escaping @Sendable (News) -> Void = { _ in }
    ) throws(StorageError) {
        self.store = store
        self.clock = clock
        self.isAskedToEnd = isAskedToEnd
        self.tell = tell
        try store.claimWriting()
        if store.hasKey {
            customers = try store.customers()
        } else if try store.isSealed() {
            throw .noKey(file: store.path)
        } else {
            customers = CustomerContext()
        }
    }

    /// Reads everything, or on and on when the settings say so, and keeps the counts.
    ///
    /// - Parameters:
    ///   - settings: What is read.
    ///   - redactor: Sees everything that is kept.
    ///   - entry: What the audit log of the store is to say of it.
    /// - Throws: Where something cannot be kept.
    public func run(
        _ settings: Settings, redactor: Redactor, by entry: AuditEntry
    ) throws(StorageError) -> IngestReport {
        // What the store seals must not come in by messages: names, and what else accounts go by where it says enough.
        let messages = redactor.knowing(RedactionRules.Contact.all(of: customers))
        try store.record(entry)
        let directory = CustomerDirectory(customers)
        let counter = EventCounter(
            redactor: redactor, messages: messages, customers: directory, accountKeys: settings.mapping.account,
            shapes: try store.shapes(), scopes: try store.scopes())
        let handoff = Handoff()
        var run = IngestRun(self, settings, known: try store.sources(), handoff)
        Thread.detachNewThread { [store, clock] in
            var sink = EventSink(handoff, store, counter, clock)
            sink.run()
        }
        let result = Result { () throws(StorageError) in try run.read() }
        if handoff.failure == nil { handoff.finish() }
        try result.get()
        if let failure = handoff.failure { throw failure }
        var report = run.report
        report.recordsWithoutScope = handoff.unplaced.ofNoScope
        if !directory.accounts.isEmpty { report.recordsWithoutAccount = handoff.unplaced.ofNoAccount }
        return report
    }
}
