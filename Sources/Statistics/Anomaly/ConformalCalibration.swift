/// Scores of held-out normal cases, against which the score of a new case becomes a p-value.
///
/// `p(s) = (1 + #{calibration scores ≥ s}) / (n + 1)`. When the new case is exchangeable with those of the calibration,
/// P(p ≤ α) ≤ α whatever the distribution of the scores; ties make the p-value larger, never smaller.
///
/// Source: Vovk, Gammerman, Shafer 2005, *Algorithmic Learning in a Random World*, chapter 2; for scores that leave the
/// case itself out, Barber et al. 2021, *Annals of Statistics* 49(1).
public struct ConformalCalibration: Sendable, Equatable {
    /// The distinct scores in ascending order.
    public let scores: [Double]
    /// How many cases have each score, at least 1.
    public let counts: [Int]
    /// The number of cases.
    public let size: Int
    /// `atLeast[i]`: the cases whose score is `scores[i]` or more; one more entry, 0, at the end.
    private let atLeast: [Int]

    /// The share of normal cases that may be flagged when there are enough cases to tell.
    public static let rate = 0.003
    /// The largest share that is ever promised; with fewer than 19 cases no p-value is that small.
    public static let largestRate = 0.05
    /// Scores that differ by less are one: sums in different order differ by rounding.
    private static let tolerance = 1e-9

    /// Takes the scores of held-out cases.
    ///
    /// - Parameter cases: Scores, none NaN, and how many cases have each, at least 1; in any order.
    public init(_ cases: [(score: Double, count: Int)]) {
        var scores: [Double] = []
        var counts: [Int] = []
        for (score, count) in cases.sorted(by: { $0.score < $1.score }) {
            if let last = scores.last, last == score {
                counts[counts.count - 1] += count
            } else {
                scores.append(score)
                counts.append(count)
            }
        }
        self.scores = scores
        self.counts = counts
        var atLeast = [Int](repeating: 0, count: counts.count + 1)
        for index in counts.indices.reversed() { atLeast[index] = atLeast[index + 1] + counts[index] }
        self.atLeast = atLeast
        size = atLeast[0]
    }

    /// The p-value of a score: from 1 / (n + 1) to 1.
    ///
    /// O(log n).
    public func pValue(_ score: Double) -> Double {
        var low = 0
        var high = scores.count
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] < score - Self.tolerance { low = middle + 1 } else { high = middle }
        }
        return Double(1 + atLeast[low]) / Double(size + 1)
    }

    /// The share of normal cases that is flagged at most: ``rate``, or what the number of cases can tell.
    ///
    /// With few cases the rate is 2 / (n + 1), so that one odd case among them does not blind the detector, and never
    /// more than ``largestRate``.
    public var promisedRate: Double { min(Self.largestRate, max(Self.rate, 2 / Double(size + 1))) }

    /// Whether any score at all could be flagged.
    public var canFlag: Bool { 1 / Double(size + 1) <= promisedRate }

    /// Whether a p-value is small enough to flag its case.
    public func flags(_ pValue: Double) -> Bool { pValue <= promisedRate }
}
