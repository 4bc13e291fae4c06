/// A named value of a log record or of its resource.
public struct LogAttribute: Sendable, Hashable {
    /// The name.
    public var key: String
    /// The value.
    public var value: LogValue

    /// Creates an attribute.
    public init(key: String, value: LogValue) {
        self.key = key
        self.value = value
    }
}

/// A value in a log record: OpenTelemetry's `AnyValue`.
public enum LogValue: Sendable, Hashable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(RawText)
    case bytes(RawText)
    case list([LogValue])
    case map([LogAttribute])
}
