internal import Algorithms
import Glibc

/// What was expected of a count, and above what it is an alarm.
public struct CountThreshold: Sendable, Equatable {
    /// The expected count.
    public let expected: Double
    /// The largest count that is no alarm.
    public let bound: Double

    /// Takes an expected count and a bound.
    public init(expected: Double, bound: Double) {
        self.expected = expected
        self.bound = bound
    }

    /// Whether a count is above the bound; a count of zero never is.
    public func isAlarm(_ count: Double) -> Bool { count > bound && count > 0 }
}

extension NegativeBinomial {
    /// The least count whose cumulative probability is `probability` or more.
    ///
    /// - Parameter probability: From 0 to below 1.
    public func quantile(_ probability: Double) -> Int { CountQuantile.least(mean) { cumulative($0) >= probability } }
}

extension Poisson {
    /// The least count whose cumulative probability is `probability` or more.
    ///
    /// - Parameter probability: From 0 to below 1.
    public func quantile(_ probability: Double) -> Int { CountQuantile.least(mean) { cumulative($0) >= probability } }
}

private enum CountQuantile {
    /// The least count that fulfils a condition that all larger ones fulfil too.
    static func least(_ start: Double, _ isFulfilled: (Int) -> Bool) -> Int {
        var high = max(1, Int(min(start, 1e15)))
        var low = -1
        while !isFulfilled(high), high < 1 << 60 {
            low = high
            high *= 2
        }
        return (low + 1..<high).partitioningIndex(where: isFulfilled)
    }
}
