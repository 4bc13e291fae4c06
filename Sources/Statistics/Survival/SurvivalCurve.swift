internal import Algorithms

/// A survival function that falls in steps, as the Kaplan-Meier estimator gives it.
public struct SurvivalCurve: Sendable, Equatable {
    /// The distinct times of events and censorings, ascending.
    public let times: [Double]
    /// The weight of the rows under observation just before each time.
    public let atRisk: [Double]
    /// The weight of the events at each time.
    public let events: [Double]
    /// The probability of going beyond each time.
    public let survival: [Double]
    /// Greenwood's standard error of `survival`; not a number where survival is zero.
    public let standardErrors: [Double]

    /// The probability of going beyond `time`; after the last time, its value there.
    ///
    /// - Complexity: O(log n).
    public func survival(at time: Double) -> Double {
        let later = times.partitioningIndex { $0 > time }
        return later == 0 ? 1 : survival[later - 1]
    }

    /// The time by which a share `probability` has had the event; `nil` if the curve does not fall that far.
    ///
    /// Where the curve is flat at exactly `1 - probability` (to 1.5e-8), the middle of the flat part, so
    /// that the median of an even number of events is the usual one.
    ///
    /// - Parameter probability: above 0 and below 1.
    public func quantile(_ probability: Double) -> Double? {
        let level = 1 - probability
        let tolerance = 1.5e-8
        let first = survival.partitioningIndex { $0 <= level + tolerance }
        guard first < times.count else { return nil }
        guard survival[first] >= level - tolerance else { return times[first] }
        let next = survival.partitioningIndex { $0 < level - tolerance }
        return 0.5 * (times[first] + times[min(next, times.count - 1)])
    }

    /// The time by which half have had the event; `nil` if the curve stays above one half.
    public var median: Double? { quantile(0.5) }
}
