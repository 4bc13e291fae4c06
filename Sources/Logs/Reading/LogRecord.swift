/// A range of bytes of a ``LogBatch``.
public struct ByteRange: Sendable, Hashable, BitwiseCopyable {
    /// The offset of the first byte.
    public let start: UInt32
    /// The number of bytes.
    public let count: UInt32

    /// No bytes.
    static let empty = ByteRange(start: 0, count: 0)

    init(start: UInt32, count: UInt32) {
        self.start = start
        self.count = count
    }

    init(start: Int, count: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.count = UInt32(truncatingIfNeeded: count)
    }
}

/// A range of the values of a ``LogBatch``.
struct FieldRange: Sendable, BitwiseCopyable {
    var start: UInt32 = 0
    var count: UInt32 = 0
}

/// One log record as offsets into the ``LogBatch`` that holds it; ``LogBatch/event(_:)`` makes a ``LogEvent`` of it.
public struct LogRecord: Sendable, BitwiseCopyable {
    /// What stands for no time: nanoseconds that no time of a source has.
    public static let noTime = Int64.min

    /// The text of the record; the lines of a record of several have an LF between them.
    public internal(set) var body = ByteRange.empty
    /// Where in the body the message begins, in bytes; before it is a header, or the frames of a trace.
    public internal(set) var messageOffset: UInt32 = 0
    /// The number of bytes of the message, which is one line.
    public internal(set) var messageCount: UInt32 = 0
    /// The time of the source in nanoseconds since 1970 UTC, or ``noTime``.
    public internal(set) var time = noTime
    /// When it was observed, in nanoseconds since 1970 UTC.
    public internal(set) var observedTime: Int64 = 0
    /// The severity number of OpenTelemetry, 0 when it is not known; where the source says none, by the status of the response that it tells of.
    public internal(set) var severityNumber: UInt8 = 0
    /// The severity as the source wrote it; empty when it did not.
    public internal(set) var severityText = ByteRange.empty
    /// The id of the trace, high and low half; zero when there is none.
    public internal(set) var traceID: (high: UInt64, low: UInt64) = (0, 0)
    /// The id of the span; zero when there is none.
    public internal(set) var spanID: UInt64 = 0
    /// Where the record begins in its source, in bytes from 0.
    public internal(set) var position: Int64 = 0
    /// Where reading goes on after the record: the position after its line end.
    public internal(set) var end: Int64 = 0
    /// The number of its first line in its source, from 1.
    public internal(set) var line: Int64 = 0
    /// The number of lines it takes.
    public internal(set) var lines: Int32 = 1

    /// How the request ended that it tells of.
    var outcome = RequestOutcome.unknown
    var fields = FieldRange()
    var resource = FieldRange()

    init() {}
}

/// One value of a record; see the shim's `csimdjson_log_field`.
struct LogField: Sendable, BitwiseCopyable {
    enum Kind: UInt8 {
        case null, no, yes, number, string, object, array, integer, bytes
    }

    enum Scope: UInt8 {
        case attribute, resource, used
    }

    var bits: Int64 = 0
    var key = ByteRange.empty
    var text = ByteRange.empty
    /// The distance to the field that holds this one, 0 at the top.
    var up: Int32 = 0
    var kind = Kind.null
    var scope = Scope.attribute
}
