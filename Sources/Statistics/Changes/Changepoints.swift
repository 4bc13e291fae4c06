import Glibc

/// The changepoints of a series: the segmentation with the least sum of costs and a penalty for each change, exactly.
///
/// Optimal partitioning with pruning (PELT).
///
/// Source: R. Killick, P. Fearnhead, I. A. Eckley, "Optimal detection of changepoints with a linear computational cost", J. Am. Statist.
/// Assoc. 107 (2012), doi:10.1080/01621459.2012.737745.
public struct Changepoints: Sendable, Equatable {
    /// The index of the first value of each new segment, rising.
    public let indexes: [Int]
    /// The sum of the costs and of the penalties.
    public let cost: Double

    /// Finds the changes.
    ///
    /// - Parameters:
    ///   - values: The series; counts for the costs of counts.
    ///   - exposures: What each count is counted of, such as hours or sessions, at least 0 and above 0 where there is a count; nil for 1 each.
    ///   - cost: What a segment costs.
    ///   - penalty: What a change costs, above 0; 2 ln n is usual.
    /// - Complexity: O(n) when changes are many, O(n²) when there are none.
    public init(
        _ values: [Double], exposures: [Double]? = nil, cost: SegmentCost, penalty: Double
    ) {
        let sums = CumulativeSums(values, exposures)
        let count = values.count
        var best = [Double](repeating: .infinity, count: count + 1)
        var last = [Int](repeating: 0, count: count + 1)
        best[0] = -penalty
        var starts: [Int] = [0]
        for end in stride(from: 1, through: count, by: 1) {
            var costs = [Double](repeating: 0, count: starts.count)
            for (place, start) in starts.enumerated() {
                costs[place] = best[start] + sums.cost(cost, start..<end)
                if costs[place] + penalty < best[end] {
                    best[end] = costs[place] + penalty
                    last[end] = start
                }
            }
            starts = zip(starts, costs).filter { $0.1 <= best[end] }.map(\.0)
            starts.append(end)
        }
        var found: [Int] = []
        var end = count
        while end > 0, last[end] > 0 {
            end = last[end]
            found.append(end)
        }
        indexes = found.reversed()
        self.cost = count == 0 ? 0 : best[count]
    }

    /// The single change with the largest likelihood ratio, with twice the logarithm of that ratio.
    ///
    /// - Returns: nil for fewer than two values.
    public static func single(
        _ values: [Double], exposures: [Double]? = nil, cost: SegmentCost
    ) -> (index: Int, statistic: Double)? {
        guard values.count >= 2 else { return nil }
        let sums = CumulativeSums(values, exposures)
        let whole = sums.cost(cost, 0..<values.count)
        return (1..<values.count).map { index in
            (index, whole - sums.cost(cost, 0..<index) - sums.cost(cost, index..<values.count))
        }.max { $0.1 < $1.1 }
    }
}

/// Sums of a series from its start, so that those of any segment cost two subtractions.
struct CumulativeSums {
    private var sums = [0.0]
    private var squares = [0.0]
    private var exposures = [0.0]

    init(_ values: [Double], _ exposures: [Double]?) {
        precondition(exposures.map { $0.count == values.count } ?? true, "there is one exposure a value")
        for (place, value) in values.enumerated() {
            sums.append(sums[place] + value)
            squares.append(squares[place] + value * value)
            self.exposures.append(self.exposures[place] + (exposures?[place] ?? 1))
        }
    }

    func cost(_ cost: SegmentCost, _ range: Range<Int>) -> Double {
        cost.cost(
            count: Double(range.count), exposure: exposures[range.upperBound] - exposures[range.lowerBound],
            sum: sums[range.upperBound] - sums[range.lowerBound],
            squares: squares[range.upperBound] - squares[range.lowerBound])
    }
}
