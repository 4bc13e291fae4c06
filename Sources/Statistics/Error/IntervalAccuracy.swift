/// How well intervals hold the truth, and how wide they had to be for it.
public struct IntervalAccuracy: Sendable, Equatable {
    /// The number of estimates.
    public let count: Int
    /// The share of intervals that hold the truth; NaN without any, as the others are.
    public let coverage: Double
    /// The share of truths below their interval.
    public let below: Double
    /// The mean width.
    public let width: Double
    /// The mean of the values less the truth.
    public let bias: Double
    /// The root of the mean square of it.
    public let rootMeanSquare: Double

    /// Measures estimates.
    public init(_ pairs: [(truth: Double, estimate: IntervalEstimate)]) {
        func mean(_ value: (Double, IntervalEstimate) -> Double) -> Double {
            pairs.reduce(0) { $0 + value($1.truth, $1.estimate) } / Double(pairs.count)
        }
        count = pairs.count
        coverage = mean { truth, estimate in estimate.interval.contains(truth) ? 1 : 0 }
        below = mean { truth, estimate in truth < estimate.interval.lowerBound ? 1 : 0 }
        width = mean { _, estimate in estimate.interval.upperBound - estimate.interval.lowerBound }
        bias = mean { truth, estimate in estimate.value - truth }
        rootMeanSquare = mean { ($1.value - $0) * ($1.value - $0) }.squareRoot()
    }
}
