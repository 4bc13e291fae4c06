/// A component, service or host that needs another one.
public struct TopologyLink: Sendable, Hashable {
    /// The name of the one that calls.
    public var from: String
    /// The name of the one that is called.
    public var to: String

    /// Creates a link.
    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}
