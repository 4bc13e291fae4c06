/// Where a fact about customers comes from, and as of when.
public struct FactSource: Sendable, Hashable {
    /// The name, such as that of a file or of the system that it was exported from.
    public var name: String
    /// The moment whose state it describes.
    public var date: Instant

    /// Creates a source.
    public init(name: String, date: Instant) {
        self.name = name
        self.date = date
    }
}
