/// Why a model of anomalies cannot be made.
public enum AnomalyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There are too few sessions.
    case tooFewSessions(Int, needed: Int)
    /// A kind of session of which the test needs some has none.
    case nothingToTest(String)
    /// A stored model does not fit together.
    case inconsistent(String)

    /// One line for people.
    public var description: String {
        switch self {
        case .tooFewSessions(let count, let needed): "\(count) sessions; at least \(needed) are needed to learn from"
        case .nothingToTest(let kind): "there are no \(kind) sessions to test with"
        case .inconsistent(let part): "the stored model does not fit together: \(part)"
        }
    }
}
