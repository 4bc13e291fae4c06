/// The signatures that a model knows, and their numbers.
///
/// At most ``largestSize`` are kept, those that most sessions have; all others have the number ``unseen``, as do those that
/// come later.
public struct SignatureVocabulary: Sendable, Equatable, Codable {
    /// The signatures by their number.
    public let signatures: [String]
    /// How many signatures were left out because there were too many.
    public let leftOut: Int
    private let numbers: [String: Int32]

    /// The largest number of signatures.
    public static let largestSize = 4_096

    /// Learns from sessions.
    ///
    /// O(lines + signatures · log signatures).
    public init(of sessions: some Sequence<[String]>) {
        var support: [String: Int] = [:]
        for session in sessions {
            for signature in Set(session) { support[signature, default: 0] += 1 }
        }
        let ordered = support.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        self.init(
            signatures: Array(ordered.prefix(Self.largestSize)), leftOut: max(0, ordered.count - Self.largestSize))
    }

    private init(signatures: [String], leftOut: Int) {
        self.signatures = signatures
        self.leftOut = leftOut
        numbers = Dictionary(zip(signatures, signatures.indices.map { Int32(truncatingIfNeeded: $0) })) { first, _ in
            first
        }
    }

    /// The number of every signature that is not known: the number of those that are.
    public var unseen: Int32 { Int32(truncatingIfNeeded: signatures.count) }

    /// The numbers of the signatures of a session, in its order.
    public func encode(_ session: [String]) -> [Int32] {
        session.map { numbers[$0] ?? unseen }
    }

    private enum CodingKeys: String, CodingKey {
        case signatures
        case leftOut
    }

    /// Decodes what ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            signatures: try container.decode([String].self, forKey: .signatures),
            leftOut: try container.decode(Int.self, forKey: .leftOut))
    }

    /// Writes the signatures in the order of their numbers.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(signatures, forKey: .signatures)
        try container.encode(leftOut, forKey: .leftOut)
    }
}
