/// How well groups were found, by the pairs of items that are in one group.
public struct PairMeasures: Sendable, Hashable {
    /// Of the pairs that were put in one group the share that belongs together; 1 when no pair was.
    public let precision: Double
    /// Of the pairs that belong together the share that was put in one group; 1 when no pair does.
    public let recall: Double

    /// The harmonic mean of both.
    public var f1: Double { precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0 }

    /// Compares two partitions of the same items.
    ///
    /// - Parameters:
    ///   - found: The group of each item; nil for one of its own.
    ///   - truth: Its true group, likewise.
    /// - Complexity: O(items).
    public init<Found: Hashable, Truth: Hashable>(found: [Found?], truth: [Truth?]) {
        precondition(found.count == truth.count, "each item has a group in both")
        var both: [Found: [Truth: Double]] = [:]
        var foundCounts: [Found: Double] = [:]
        var trueCounts: [Truth: Double] = [:]
        for (one, other) in zip(found, truth) {
            if let one { foundCounts[one, default: 0] += 1 }
            if let other { trueCounts[other, default: 0] += 1 }
            if let one, let other { both[one, default: [:]][other, default: 0] += 1 }
        }
        func pairs(_ counts: some Sequence<Double>) -> Double { counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }
        let right = pairs(both.values.flatMap(\.values))
        let together = pairs(foundCounts.values)
        let belonging = pairs(trueCounts.values)
        precision = together > 0 ? right / together : 1
        recall = belonging > 0 ? right / belonging : 1
    }
}
