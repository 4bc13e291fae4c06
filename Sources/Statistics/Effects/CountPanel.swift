/// Counts of many groups in the same periods, which are all of one length, and since when something was done to a group.
public struct CountPanel: Sendable, Equatable {
    /// One row a group, one column a period; none is negative.
    public let counts: [[Int]]
    /// The first period, from 0, of which something was done to a group; nil for one that was left alone.
    public let changedAt: [Int?]
    /// The sums of the counts of each group before each period, and before the one after the last.
    private let sums: [[Int]]

    /// Takes the counts.
    ///
    /// - Throws: `raggedPanel`, `negativeCount`.
    public init(counts: [[Int]], changedAt: [Int?]) throws(EffectError) {
        guard changedAt.count == counts.count else { throw .raggedPanel(group: min(changedAt.count, counts.count)) }
        for (group, row) in counts.enumerated() {
            guard row.count == counts[0].count else { throw .raggedPanel(group: group) }
            if let period = row.firstIndex(where: { $0 < 0 }) { throw .negativeCount(group: group, period: period) }
        }
        self.counts = counts
        self.changedAt = changedAt
        sums = counts.map { row in row.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) } }
    }

    /// The number of groups.
    public var groups: Int { counts.count }
    /// The number of periods.
    public var periods: Int { counts.first?.count ?? 0 }

    /// The counts of a group in some periods.
    public func sum(_ group: Int, _ periods: Range<Int>) -> Int {
        sums[group][periods.upperBound] - sums[group][periods.lowerBound]
    }
}
