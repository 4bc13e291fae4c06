/// How well groups were found, by the pairs of items that are in one group and by the groups of each item.
public struct PairMeasures: Sendable, Hashable {
    /// Of the pairs that were put in one group the share that belongs together; 1 when no pair was.
    public let precision: Double
    /// Of the pairs that belong together the share that was put in one group; 1 when no pair does.
    public let recall: Double
    /// The share of pairs that agree, corrected for chance: 1 for equal partitions, 0 on average for random ones.
    ///
    /// Source: L. Hubert, P. Arabie, "Comparing partitions", Journal of Classification 2 (1985), doi:10.1007/BF01908075, with the groups' sizes
    /// fixed. Two partitions that both make one group, or both none, agree wholly.
    public let adjustedRandIndex: Double
    /// The mean over the items of the share of their found group that belongs to them; 1 when there is no item.
    ///
    /// Source: A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing using the vector space model", COLING-ACL 1998,
    /// doi:10.3115/980845.980859.
    public let bCubedPrecision: Double
    /// The mean over the items of the share of their true group that was found with them; 1 when there is no item.
    public let bCubedRecall: Double

    /// The harmonic mean of precision and recall.
    public var f1: Double { Self.harmonic(precision, recall) }

    /// The harmonic mean of B-cubed precision and recall.
    public var bCubedF1: Double { Self.harmonic(bCubedPrecision, bCubedRecall) }

    /// Compares two partitions of the same items.
    ///
    /// - Parameters:
    ///   - found: The group of each item; nil for one of its own.
    ///   - truth: Its true group, likewise.
    /// - Complexity: O(items).
    public init<Found: Hashable, Truth: Hashable>(found: [Found?], truth: [Truth?]) {
        self.init(ContingencyTable(found, truth))
    }

    init(_ table: ContingencyTable) {
        let right = Self.pairs(table.cells.map(\.count))
        let together = Self.pairs(table.rows)
        let belonging = Self.pairs(table.columns)
        precision = together > 0 ? right / together : 1
        recall = belonging > 0 ? right / belonging : 1
        let all = Self.pairs([table.count])
        let expected = all > 0 ? together * belonging / all : 0
        let best = (together + belonging) / 2
        adjustedRandIndex = best > expected ? (right - expected) / (best - expected) : 1

        var (purity, completeness) = (0.0, 0.0)
        for cell in table.cells {
            let squared = Double(cell.count) * Double(cell.count)
            purity += squared / Double(table.rows[cell.row])
            completeness += squared / Double(table.columns[cell.column])
        }
        bCubedPrecision = table.count == 0 ? 1 : purity / Double(table.count)
        bCubedRecall = table.count == 0 ? 1 : completeness / Double(table.count)
    }

    // Sums of whole numbers below 2^53 do not depend on the order.
    private static func pairs(_ sizes: [Int]) -> Double {
        sizes.reduce(0) { $0 + Double($1) * (Double($1) - 1) / 2 }
    }

    private static func harmonic(_ one: Double, _ other: Double) -> Double {
        one + other > 0 ? 2 * one * other / (one + other) : 0
    }
}
