/// How often what is said of versions is right.
///
/// A signature can be judged where at least three lines were to be expected without the version; of the others nobody can tell.
public struct VersionVerdictAccuracy: Sendable, Hashable, Encodable {
    /// The lines to be expected from which on a signature can be judged.
    public static let leastExpected = 3.0

    /// The roll-outs.
    public var rollouts = 0
    /// Signatures that got worse, could be told to, and were.
    public private(set) var found = 0
    /// Such signatures that were not.
    public private(set) var missed = 0
    /// Signatures that were told to have got worse and had not.
    public private(set) var falsely = 0
    /// Of signatures of which nobody can tell, those of which that was said.
    public private(set) var leftOpen = 0
    /// The others of them.
    public private(set) var notLeftOpen = 0
    /// Of signatures that stayed as they were and could be judged, those that were told so.
    public private(set) var cleared = 0
    /// The others of them.
    public private(set) var notCleared = 0
    /// The signatures that could be judged and have an interval.
    public private(set) var intervals = 0
    /// Those of them whose interval held the truth.
    public private(set) var covered = 0
    /// The share of right ones of those that were told to have got worse.
    public var precision: Double { Double(found) / Double(max(1, found + falsely)) }
    /// The share of found ones of those that got worse and could be told to.
    public var recall: Double { Double(found) / Double(max(1, found + missed)) }

    /// Counts nothing.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case rollouts, found, missed, falsely, leftOpen, notLeftOpen, cleared, notCleared, intervals, covered
        case precision, recall
    }

    /// Encodes counts, precision and recall.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        for (key, count) in [
            (CodingKeys.rollouts, rollouts), (.found, found), (.missed, missed), (.falsely, falsely),
            (.leftOpen, leftOpen),
            (.notLeftOpen, notLeftOpen), (.cleared, cleared), (.notCleared, notCleared), (.intervals, intervals),
            (.covered, covered),
        ] { try values.encode(count, forKey: key) }
        try values.encode(precision, forKey: .precision)
        try values.encode(recall, forKey: .recall)
    }

    /// Adds other counts.
    public mutating func add(_ other: VersionVerdictAccuracy) {
        rollouts += other.rollouts
        found += other.found
        missed += other.missed
        falsely += other.falsely
        leftOpen += other.leftOpen
        notLeftOpen += other.notLeftOpen
        cleared += other.cleared
        notCleared += other.notCleared
        intervals += other.intervals
        covered += other.covered
    }

    /// Counts what was said of a signature.
    ///
    /// - Parameters:
    ///   - verdict: What was said; nil where nothing was, which says that nobody can tell.
    ///   - interval: The interval of the factor; nil where there is none.
    ///   - factor: The factor by which its rate changed with the version; 1 when it did not.
    ///   - expected: The lines to be expected without the version.
    public mutating func add(
        _ verdict: VersionComparison.Verdict?, interval: ClosedRange<Double>?, factor: Double, expected: Double
    ) {
        let canTell = expected >= Self.leastExpected
        let verdict = verdict ?? .cannotTell
        if let interval, canTell {
            intervals += 1
            if interval.contains(factor) { covered += 1 }
        }
        switch (factor > 1, canTell) {
        case (true, true): if verdict == .regressed { found += 1 } else { missed += 1 }
        case (true, false):
            // It did get worse; to have seen it so early is no mistake.
            if verdict != .notRegressed { leftOpen += 1 } else { notLeftOpen += 1 }
        case (false, true):
            if verdict == .regressed { falsely += 1 }
            if verdict == .notRegressed { cleared += 1 } else { notCleared += 1 }
        case (false, false):
            if verdict == .regressed { falsely += 1 }
            if verdict == .cannotTell { leftOpen += 1 } else { notLeftOpen += 1 }
        }
    }
}
