/// Which names in JSON lines and logfmt stand for the properties of a record.
///
/// Of several names for one property the first that a record has wins, and the others are attributes. A dot in a name
/// matches a dot in a key or the member of an object. A name that ends in `nano` holds nanoseconds; other numeric times
/// are seconds, milliseconds, microseconds or nanoseconds by their size.
public struct LogFieldMapping: Sendable, Hashable {
    /// When it happened.
    public var time = [
        "timeUnixNano", "time_unix_nano", "timestamp", "@timestamp", "time", "ts", "datetime", "eventTime", "date",
        "asctime", "t",
        "@t", "__REALTIME_TIMESTAMP",
    ]
    /// When it was observed.
    public var observedTime = ["observedTimeUnixNano", "observed_time_unix_nano", "observedTimestamp", "ingestTime"]
    /// A severity as a number, 1 to 24.
    public var severityNumber = ["severityNumber", "severity_number"]
    /// A severity as a word, or as a number of a library or of syslog.
    public var severityText = [
        "severityText", "severity_text", "severity", "level", "log.level", "levelname", "lvl", "loglevel", "@l",
        "PRIORITY",
    ]
    /// The text.
    public var body = ["body", "message", "msg", "@m", "@mt", "log", "event", "short_message", "text", "MESSAGE"]
    /// The id of the trace.
    public var traceID = ["traceId", "trace_id", "traceID", "trace.id", "@tr"]
    /// The id of the span.
    public var spanID = ["spanId", "span_id", "spanID", "span.id", "@sp"]
    /// Objects whose members are attributes.
    public var attributes = ["attributes"]
    /// Objects whose members describe the source.
    public var resource = ["resource"]
    /// Attributes whose values are accounts, besides those whose names say so.
    public var account: [String] = []

    /// The names that many loggers use.
    public init() {}

    /// The names with what they stand for, as numbers of the shim.
    var roles: [(names: [String], role: Int32)] {
        [
            (time, 0), (observedTime, 1), (severityNumber, 2), (severityText, 3), (body, 4), (traceID, 5),
            (spanID, 6), (attributes, 7), (resource, 8),
        ]
    }

    static func isNanoseconds(_ name: String) -> Bool {
        name.lowercased().hasSuffix("nano")
    }
}
