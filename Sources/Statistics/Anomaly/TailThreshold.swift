internal import Glibc

/// A threshold that few of the ordinary cases exceed, from the body of the scores alone.
///
/// An exponential tail is laid through the median and the upper quartile: `q50 + (q75 − q50) ln(0.5 / α) / ln 2` is exceeded
/// with probability α. Tails of real scores are mostly lighter, so fewer exceed it. As long as fewer than a quarter of
/// the cases are out of the ordinary, they move the threshold little, wherever they are.
public enum TailThreshold {
    /// The threshold.
    ///
    /// O(*n* log *n*).
    ///
    /// - Parameters:
    ///   - scores: Scores, none NaN, not empty.
    ///   - counts: The cases of each score, positive.
    ///   - rate: The probability α, in 0...0.5.
    public static func value(_ scores: [Double], counts: [Int], rate: Double) -> Double {
        let median = quantile(0.5, scores, counts)
        return median + (quantile(0.75, scores, counts) - median) * log(0.5 / rate) / log(2)
    }

    /// The least score that at least a share of the cases does not exceed.
    private static func quantile(_ share: Double, _ scores: [Double], _ counts: [Int]) -> Double {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        let wanted = share * Double(counts.reduce(0, +)) - 1e-9
        var seen = 0
        for index in order {
            seen += counts[index]
            if Double(seen) >= wanted { return scores[index] }
        }
        return order.last.map { scores[$0] } ?? 0
    }
}
