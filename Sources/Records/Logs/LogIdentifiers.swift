/// The id of a trace, 16 bytes (W3C Trace Context).
public struct TraceID: Sendable, Hashable, CustomStringConvertible {
    /// The first eight bytes.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    /// Creates an id; nil when all bytes are zero, which means that there is none.
    public init?(high: UInt64, low: UInt64) {
        guard high != 0 || low != 0 else { return nil }
        self.high = high
        self.low = low
    }

    /// 32 lower-case hexadecimal digits.
    public var description: String { SpanID.digits(high) + SpanID.digits(low) }
}

/// The id of a span, 8 bytes (W3C Trace Context).
public struct SpanID: Sendable, Hashable, CustomStringConvertible {
    /// The bytes, the first one highest.
    public let value: UInt64

    /// Creates an id; nil when all bytes are zero, which means that there is none.
    public init?(value: UInt64) {
        guard value != 0 else { return nil }
        self.value = value
    }

    /// 16 lower-case hexadecimal digits.
    public var description: String { Self.digits(value) }

    fileprivate static func digits(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
