internal import Glibc

/// How well found groups agree with true ones: by pairs and items, and by what one labelling tells of the other.
///
/// With the entropies `H` of the two partitions and their mutual information `I`, in any unit, homogeneity is `I / H(truth)`, completeness
/// `I / H(found)`, and the normalised mutual information `I` by the mean of the entropies. What groups are called makes no difference.
/// Without an item all measures are 1. Partitions that are equal agree wholly, also when all items are alone or all in one group.
/// Items that are all alone are homogeneous, and one group of all is complete, whatever is true.
///
/// Source: A. Rosenberg, J. Hirschberg, "V-measure: a conditional entropy-based external cluster evaluation measure",
/// EMNLP-CoNLL 2007; the correction for chance as by N. X. Vinh, J. Epps, J. Bailey, "Information theoretic measures for clusterings
/// comparison", Journal of Machine Learning Research 11 (2010).
public struct ClusterAgreement: Sendable, Hashable {
    /// The measures by pairs (the adjusted Rand index among them) and by the groups of each item.
    public let pairs: PairMeasures
    /// How far each found group holds items of one true group only, 0...1; 1 when there is one true group.
    public let homogeneity: Double
    /// How far each true group lies in one found group, 0...1; 1 when there is one found group.
    public let completeness: Double
    /// The mutual information by the arithmetic mean of the entropies, 0...1.
    public let normalizedMutualInformation: Double
    /// The mutual information corrected for chance, `(I - E) / (mean entropy - E)`: 1 for equal partitions, 0 on average for random ones.
    ///
    /// The expectation `E` is over all partitions with groups of the same sizes.
    public let adjustedMutualInformation: Double

    /// Compares two partitions of the same items.
    ///
    /// - Parameters:
    ///   - found: The group of each item; nil for one of its own.
    ///   - truth: Its true group, likewise.
    /// - Complexity: O(items + cells that are not empty), and for the expectation the sum of the smaller size over pairs of distinct
    ///   sizes of groups, at most O(items^1.5).
    public init<Found: Hashable, Truth: Hashable>(found: [Found?], truth: [Truth?]) {
        let table = ContingencyTable(found, truth)
        pairs = PairMeasures(table)
        let entropies = (found: Self.entropy(table.rows), truth: Self.entropy(table.columns))
        let mean = (entropies.found + entropies.truth) / 2
        // Rounding may leave a little below 0 or above an entropy.
        let shared = min(max(0, Self.information(table)), entropies.found, entropies.truth)
        homogeneity = entropies.truth > 0 ? shared / entropies.truth : 1
        completeness = entropies.found > 0 ? shared / entropies.found : 1
        normalizedMutualInformation = mean > 0 ? shared / mean : 1
        // The sizes leave chance nothing to do: then the partitions are equal.
        let isDetermined = table.rows.count == table.columns.count && [1, table.count].contains(table.rows.count)
        if table.count == 0 || isDetermined {
            adjustedMutualInformation = 1
        } else {
            let expected = Self.expectedInformation(table)
            adjustedMutualInformation = (shared - expected) / (mean - expected)
        }
    }

    private static func entropy(_ sizes: [Int]) -> Double {
        let count = Double(sizes.reduce(0, +))
        // One group gives a zero without a sign.
        return sizes.reduce(0) { $0 + Double($1) / count * log(count / Double($1)) }
    }

    private static func information(_ table: ContingencyTable) -> Double {
        let count = Double(table.count)
        return table.cells.reduce(0) { sum, cell in
            let expected = Double(table.rows[cell.row]) * Double(table.columns[cell.column]) / count
            return sum + Double(cell.count) / count * log(Double(cell.count) / expected)
        }
    }

    /// The expected mutual information of partitions with groups of given sizes; equation 24a of the source.
    private static func expectedInformation(_ table: ContingencyTable) -> Double {
        let count = table.count
        let logFactorials = (0...count).map { lgamma(Double($0) + 1).0 }
        let columns = multiplicities(table.columns)
        var sum = 0.0
        for row in multiplicities(table.rows) {
            for column in columns {
                let (a, b) = (row.size, column.size)
                let fixed =
                    logFactorials[a] + logFactorials[b] + logFactorials[count - a] + logFactorials[count - b]
                    - logFactorials[count]
                let scale = Double(count) / (Double(a) * Double(b))
                var cell = 0.0
                for shared in max(1, a + b - count)...min(a, b) {
                    let logProbability =
                        fixed - logFactorials[shared] - logFactorials[a - shared] - logFactorials[b - shared]
                        - logFactorials[count - a - b + shared]
                    cell += Double(shared) * log(Double(shared) * scale) * exp(logProbability)
                }
                sum += Double(row.number * column.number) * cell
            }
        }
        return sum / Double(count)
    }

    /// The distinct sizes, ascending, and how many groups have each.
    private static func multiplicities(_ sizes: [Int]) -> [(size: Int, number: Int)] {
        Dictionary(grouping: sizes, by: \.self).map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
    }
}
