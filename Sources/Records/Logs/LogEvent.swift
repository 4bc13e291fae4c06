/// One log record in the data model of OpenTelemetry ("Logs Data Model", 1.0).
public struct LogEvent: Sendable, Hashable {
    /// When it happened by the clock of its source, in nanoseconds since 1970 UTC; nil when the source did not say.
    public var time: Int64?
    /// When it was observed, in nanoseconds since 1970 UTC.
    public var observedTime: Int64
    /// The severity, 1 (trace) to 24 (fatal), 0 when it is not known; see ``LogSeverity``.
    public var severityNumber: Int
    /// The severity as the source wrote it.
    public var severityText: String?
    /// The record's text.
    public var body: RawText
    /// Where in the body the message begins, in bytes; before it is a header of time, level, process and the like.
    public var messageOffset: Int
    /// What else the record says, in the order of the source.
    public var attributes: [LogAttribute]
    /// What the record's source is.
    public var resource: [LogAttribute]
    /// The trace it belongs to.
    public var traceID: TraceID?
    /// The span it belongs to.
    public var spanID: SpanID?

    /// Creates a record.
    public init(
        time: Int64? = nil, observedTime: Int64, severityNumber: Int = 0, severityText: String? = nil, body: RawText,
        messageOffset: Int = 0, attributes: [LogAttribute] = [], resource: [LogAttribute] = [],
        traceID: TraceID? = nil, spanID: SpanID? = nil
    ) {
        self.time = time
        self.observedTime = observedTime
        self.severityNumber = severityNumber
        self.severityText = severityText
        self.body = body
        self.messageOffset = messageOffset
        self.attributes = attributes
        self.resource = resource
        self.traceID = traceID
        self.spanID = spanID
    }
}
