internal import Features
public import Statistics

/// How well cases of which it is known which belong together are put into groups.
public struct GroupingEvaluation: Sendable {
    /// The number of cases.
    public let count: Int
    /// The number of groups found.
    public let groups: Int
    /// All cases at a time.
    public let agreement: ClusterAgreement
    /// Each case put into a group when it came, with the groups as they were at the end.
    public let online: ClusterAgreement
    /// Every case in a group of its own.
    public let alone: ClusterAgreement
    /// All cases in one group.
    public let together: ClusterAgreement
    /// The largest change of any of ARI, pair F1 and B-cubed F1 of the online groups when the cases come in another order.
    public let reorderingChange: Double
    /// The share of pairs in one group with all cases that are so too with a tenth of the cases left out.
    public let stability: Double

    private static let orders: [UInt64] = [1, 2]

    /// Groups cases and compares.
    ///
    /// - Parameters:
    ///   - texts: The cases in the order in which they came.
    ///   - labels: What each is about.
    public init(_ texts: [CaseText], labels: [Int]) {
        count = texts.count
        let found = IssueGroups(CaseIndex(texts)).ofCase
        groups = Set(found).count
        agreement = ClusterAgreement(found: found, truth: labels)
        alone = ClusterAgreement(found: Array(texts.indices), truth: labels)
        together = ClusterAgreement(found: [Int](repeating: 0, count: texts.count), truth: labels)
        let online = Self.online(texts, labels)
        self.online = online
        reorderingChange =
            Self.orders.map { seed in
                var generator = SplitMix64(seed: seed)
                let order = texts.indices.shuffled(using: &generator)
                let other = Self.online(order.map { texts[$0] }, order.map { labels[$0] })
                return max(
                    abs(other.pairs.adjustedRandIndex - online.pairs.adjustedRandIndex),
                    abs(other.pairs.f1 - online.pairs.f1), abs(other.pairs.bCubedF1 - online.pairs.bCubedF1))
            }.max() ?? 0
        let kept = texts.indices.filter { $0 % 10 != 0 }
        let fewer = IssueGroups(CaseIndex(kept.map { texts[$0] })).ofCase
        stability = ClusterAgreement(found: fewer, truth: kept.map { found[$0] }).pairs.recall
    }

    private static func online(_ texts: [CaseText], _ labels: [Int]) -> ClusterAgreement {
        var groups = OnlineGroups()
        for text in texts { groups.add(text) }
        return ClusterAgreement(found: groups.ofCase, truth: labels)
    }
}
