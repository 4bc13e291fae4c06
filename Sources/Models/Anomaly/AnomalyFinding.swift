/// What a model says of one session.
public struct AnomalyFinding: Sendable, Equatable {
    /// A signature that is out of the ordinary, and by how much.
    public struct Contribution: Sendable, Equatable {
        /// The signature.
        public var signature: String
        /// Its template, where it is known.
        public var template: String?
        /// Its lines in the session, from 1; none where it is missing.
        public var lines: [Int]
        /// What is out of the ordinary.
        public var why: Why
        /// Its part of the score.
        public var weight: Double
    }

    /// What is out of the ordinary about a signature.
    public enum Why: Sendable, Equatable, CustomStringConvertible {
        /// No session that was learned from has it.
        case neverSeen
        /// So many sessions have it, of so many that were learned from.
        case rare(Int, of: Int)
        /// It occurs so often, where similar sessions mostly have it another number of times.
        case count(Int, usual: Int)
        /// It follows what it hardly ever follows; nil at the begin of the session.
        case follows(String?)
        /// The session ends with it.
        case ends
        /// It occurs too often or too rarely for the other signatures of the session.
        case mixture

        /// A few words.
        public var description: String {
            switch self {
            case .neverSeen: "never seen"
            case .rare(let holding, let all): "in \(holding) of \(all) sessions"
            case .count(0, let usual): "missing, usually \(usual)"
            case .count(let count, 0): "\(count) times, usually absent"
            case .count(let count, let usual): "\(count) times, usually \(usual)"
            case .follows(nil): "rarely comes first"
            case .follows(let before?): "rarely follows \(before)"
            case .ends: "rarely comes last"
            case .mixture: "does not go with the others"
            }
        }
    }

    /// The id of the session.
    public var session: String
    /// How far out of the ordinary it is; 1 is where a session becomes remarkable.
    public var score: Double
    /// The share of sessions like those of the training that score as high.
    public var pValue: Double
    /// Whether the session is flagged.
    public var isAnomaly: Bool
    /// What makes the score, the largest part first.
    public var contributions: [Contribution]
}
