/// The signatures of one session (a request, a block, a window of lines) in the order of its lines.
public struct LogSession: Sendable, Equatable, Codable {
    /// The id of the session.
    public var id: String
    /// The ids of the signatures, one a line; none is empty.
    public var signatures: [String]

    /// Creates a session.
    public init(id: String, signatures: [String]) {
        self.id = id
        self.signatures = signatures
    }
}
