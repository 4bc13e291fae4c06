public import Records

/// Scores a stream of sessions, most of which say what others have said before.
///
/// The findings of up to ``largestMemory`` different sequences of signatures are remembered; when there are more, it begins
/// to remember anew. What it says does not depend on what it remembers.
public struct AnomalyScorer: Sendable {
    /// The largest number of sequences that are remembered.
    public static let largestMemory = 16_384
    /// Sequences that are longer are not remembered.
    private static let longestRemembered = 1_000

    private let model: AnomalyModel
    private var memory: [[String]: AnomalyFinding] = [:]

    /// Creates a scorer that has seen nothing.
    public init(_ model: AnomalyModel) {
        self.model = model
    }

    /// What the model says of a session; see ``AnomalyModel/finding(for:)``.
    public mutating func finding(for session: LogSession) -> AnomalyFinding {
        if var known = memory[session.signatures] {
            known.session = session.id
            return known
        }
        let finding = model.finding(for: session)
        if memory.count >= Self.largestMemory { memory.removeAll(keepingCapacity: true) }
        if session.signatures.count <= Self.longestRemembered { memory[session.signatures] = finding }
        return finding
    }
}
