/// How many records of one shape and severity came from one scope in one minute.
public struct EventCount: Sendable, Hashable {
    /// What is counted together.
    public struct Key: Sendable, Hashable, Comparable {
        /// Minutes since 1970 UTC.
        public var minute: Int32
        /// The number of the shape, from 0; -1 for records that were counted without one.
        public var shape: Int32
        /// The number of the scope, from 0; -1 for records of scopes beyond the limit, or of which none is known.
        public var scope: Int32
        /// The severity number, 0...24.
        public var severity: UInt8

        /// Creates a key.
        public init(minute: Int32, shape: Int32, scope: Int32, severity: UInt8) {
            self.minute = minute
            self.shape = shape
            self.scope = scope
            self.severity = severity
        }

        /// Orders by minute, shape, scope and severity.
        public static func < (left: Key, right: Key) -> Bool {
            (left.minute, left.shape, left.scope, left.severity) < (
                right.minute, right.shape, right.scope, right.severity
            )
        }

        /// Feeds two words instead of four parts, since keys are looked up for nearly every record.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(UInt64(UInt32(bitPattern: minute)) << 32 | UInt64(UInt32(bitPattern: shape)))
            hasher.combine(UInt64(UInt32(bitPattern: scope)) << 8 | UInt64(severity))
        }
    }

    /// What is counted together.
    public var key: Key
    /// The records.
    public var records: Int64

    /// Creates a count.
    public init(key: Key, records: Int64) {
        self.key = key
        self.records = records
    }
}

/// What was counted since the last time that it was kept; all of it is kept, or nothing.
public struct IngestedEvents: Sendable {
    /// The shapes that are new, in the order of their numbers, which go on where those that are kept end.
    public var shapes: [RedactedText] = []
    /// The scopes that are new: objects of JSON, numbered likewise.
    public var scopes: [RedactedText] = []
    /// The counts in the order of their keys, each to be added to what is kept under its key.
    public var counts: [EventCount] = []

    /// Nothing.
    public init() {}

    /// Whether there is nothing to keep.
    public var isEmpty: Bool { shapes.isEmpty && scopes.isEmpty && counts.isEmpty }
}
