internal import Algorithms

/// Whether as many events came as were expected, exactly: the standardised ratio of observed to expected events, which are Poisson.
///
/// Source: the interval is that of F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936),
/// doi:10.1093/biomet/28.3-4.437.
public struct StandardizedRatio: Sendable {
    /// The events by those that were expected.
    public let estimate: Double
    /// The probability of all counts that are no likelier than what was seen.
    public let pValueTwoSided: Double

    private let events: Int
    private let expected: Double

    /// Compares a count, at least 0, with what was expected, above 0 and below 1e15; nil when one of them is out of range.
    public init?(events: Int, expected: Double) {
        guard events >= 0, expected < 1e15, let counts = try? Poisson(mean: expected) else { return nil }
        self.events = events
        self.expected = expected
        estimate = Double(events) / expected
        let limit = counts.probability(events) * (1 + 1e-7)
        let mode = Int(expected)
        if counts.probability(mode) <= limit {
            pValueTwoSided = 1
        } else if events > mode {
            let below = (0..<mode).partitioningIndex { counts.probability($0) > limit }
            pValueTwoSided = min(1, counts.survival(events - 1) + counts.cumulative(below - 1))
        } else {
            // Beyond e times the mean a count is less likely than none at all.
            let above = (mode + 1..<3 * mode + 100).partitioningIndex { counts.probability($0) <= limit }
            pValueTwoSided = min(1, counts.cumulative(events) + counts.survival(above - 1))
        }
    }

    /// The interval that holds the true ratio with a probability of at least `level`.
    public func interval(level: Double) -> ClosedRange<Double> {
        let tail = (1 - level) / 2
        func quantile(_ probability: Double, shape: Double) -> Double {
            (try? Gamma(shape: shape, scale: 1)).map { $0.quantile(probability) / expected } ?? 0
        }
        let low = events == 0 ? 0 : quantile(tail, shape: Double(events))
        return low...max(low, quantile(1 - tail, shape: Double(events) + 1))
    }
}
