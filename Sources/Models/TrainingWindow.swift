/// The times, in ISO 8601, between which what a model was trained on was opened; in a file an array of both.
public struct TrainingWindow: Codable, Hashable, Sendable {
    /// When the first one was.
    public var first: String
    /// When the last one was.
    public var last: String

    /// Takes both times.
    public init(from first: String, to last: String) {
        self.first = first
        self.last = last
    }

    /// Reads an array of two times.
    public init(from decoder: any Decoder) throws {
        var times = try decoder.unkeyedContainer()
        first = try times.decode(String.self)
        last = try times.decode(String.self)
    }

    /// Writes an array of two times.
    public func encode(to encoder: any Encoder) throws {
        var times = encoder.unkeyedContainer()
        try times.encode(first)
        try times.encode(last)
    }
}
