internal import Algorithms

/// Scores of held-out cases, against which the score of a new case becomes a p-value.
///
/// `p(s) = (1 + #{calibration scores ≥ s}) / (n + 1)`. Ties make the p-value larger, never smaller. What holds for P(p ≤ α) depends on how the cases were
/// held out:
///
/// - Scored by a model that was fitted without any of them (split calibration): P(p ≤ α) ≤ α whatever the distribution of the scores, when the new case is
///   exchangeable with them.
/// - Each scored by a model that leaves it alone out: about α. The new case is scored by a model of one case more, so that the scores are not exchangeable, and
///   without a stable model there is no such bound.
///
/// Source: V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random World" (2005), chapters 2 and 4; for scores that leave the case itself out, R.
/// F. Barber, E. J. Candès, A. Ramdas, R. J. Tibshirani, "Predictive inference with the jackknife+", Annals of Statistics 49 (2021), doi:10.1214/20-AOS1965.
public struct ConformalCalibration: Sendable, Equatable {
    /// The distinct scores in ascending order.
    public let scores: [Double]
    /// How many cases have each score, at least 1.
    public let counts: [Int]
    /// The number of cases.
    public let size: Int
    /// `atLeast[i]`: the cases whose score is `scores[i]` or more; one more entry, 0, at the end.
    private let atLeast: [Int]

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
        let least = score - Self.tolerance * max(1, score.magnitude)
        // Of a score that is infinite or NaN this is NaN, and no score is less: its p-value is 1.
        let first = scores.partitioningIndex { !($0 < least) }
        return Double(1 + atLeast[first]) / Double(size + 1)
    }

    /// The least score whose p-value is at most `rate`, or infinity where no score has one: with *n* cases no p-value is
    /// below 1 / (n + 1).
    ///
    /// O(*n*).
    public func threshold(rate: Double) -> Double {
        let allowed = (rate * Double(size + 1) + Self.tolerance).rounded(.down) - 1
        guard allowed >= 0 else { return .infinity }
        // Above the highest score that too many cases reach.
        guard let highest = scores.indices.last(where: { Double(atLeast[$0]) > allowed }) else { return -.infinity }
        return scores[highest] + 2 * Self.tolerance * max(1, scores[highest].magnitude)
    }
}
