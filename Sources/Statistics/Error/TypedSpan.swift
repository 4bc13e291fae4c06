/// A stretch of a text and what it is.
public struct TypedSpan: Sendable, Hashable {
    /// What it is.
    public var type: String
    /// Where it is, in characters or bytes.
    public var range: Range<Int>

    /// Creates a span.
    public init(type: String, range: Range<Int>) {
        (self.type, self.range) = (type, range)
    }
}
