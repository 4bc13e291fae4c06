import Glibc

/// Whether events come more often in one exposure than in another, exactly: given their sum, the events of the first are binomial.
///
/// Source: J. Przyborowski, H. Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31 (1940),
/// doi:10.1093/biomet/31.3-4.313; the interval is that of C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), turned into a ratio.
public struct RateRatio: Sendable {
    /// The rate of the first exposure by that of the second: infinite when the second has no events, NaN when neither has.
    public let estimate: Double
    /// The probability of so many events or more in the first exposure when both rates are equal.
    public let pValueGreater: Double
    /// The same with half the probability of exactly so many, which is less careful and right on average.
    public let midPValueGreater: Double
    /// The probability of all outcomes that are no likelier than what was seen.
    public let pValueTwoSided: Double

    private let events: (first: Int, second: Int)
    private let share: Double

    /// Compares two counts.
    ///
    /// - Parameters:
    ///   - events: The events in the first exposure, at least 0.
    ///   - exposure: The first exposure, above 0.
    ///   - otherEvents: The events in the second one, at least 0.
    ///   - otherExposure: The second exposure, above 0, in the same unit.
    /// - Returns: nil when a count or an exposure is out of range.
    public init?(events: Int, exposure: Double, otherEvents: Int, otherExposure: Double) {
        guard events >= 0, otherEvents >= 0, exposure > 0, otherExposure > 0, exposure.isFinite,
            otherExposure.isFinite
        else { return nil }
        self.events = (events, otherEvents)
        share = exposure / (exposure + otherExposure)
        let sum = events + otherEvents
        estimate = Double(events) / exposure / (Double(otherEvents) / otherExposure)
        let greater = Self.atLeast(events, of: sum, share)
        let equal = Self.exactly(events, of: sum, share)
        pValueGreater = greater
        midPValueGreater = max(0, greater - equal / 2)
        pValueTwoSided = Self.twoSided(events, of: sum, share, equal)
    }

    /// The interval that holds the true ratio with a probability of at least `level`.
    public func interval(level: Double) -> ClosedRange<Double> {
        let tail = (1 - level) / 2
        let (first, second) = (Double(events.first), Double(events.second))
        let low = events.first == 0 ? 0 : Self.betaQuantile(tail, first, second + 1)
        let high = events.second == 0 ? 1 : Self.betaQuantile(1 - tail, first + 1, second)
        let odds = (1 - share) / share
        return low / (1 - low) * odds...(high < 1 ? high / (1 - high) * odds : .infinity)
    }

    private static func atLeast(_ count: Int, of sum: Int, _ share: Double) -> Double {
        count == 0 ? 1 : IncompleteBeta.lower(Double(count), Double(sum - count + 1), share, complement: 1 - share)
    }

    private static func exactly(_ count: Int, of sum: Int, _ share: Double) -> Double {
        let (k, n) = (Double(count), Double(sum))
        let combinations = lgamma(n + 1).0 - lgamma(k + 1).0 - lgamma(n - k + 1).0
        return exp(combinations + k * log(share) + (n - k) * log1p(-share))
    }

    /// The sum over both tails, whose inner ends are found by bisection, as probabilities fall away from the mode.
    private static func twoSided(_ count: Int, of sum: Int, _ share: Double, _ equal: Double) -> Double {
        let limit = equal * (1 + 1e-7)
        let mode = min(sum, Int((Double(sum) + 1) * share))
        if exactly(mode, of: sum, share) <= limit { return 1 }
        if count > mode {
            let below = last(0..<mode) { exactly($0, of: sum, share) <= limit }
            let left = below.map { 1 - atLeast($0 + 1, of: sum, share) } ?? 0
            return min(1, atLeast(count, of: sum, share) + left)
        }
        let above = last(0..<sum - mode) { exactly(sum - $0, of: sum, share) <= limit }
        let right = above.map { atLeast(sum - $0, of: sum, share) } ?? 0
        return min(1, 1 - atLeast(count + 1, of: sum, share) + right)
    }

    /// The last number of a range that fulfils a condition which all smaller ones fulfil too.
    private static func last(_ range: Range<Int>, _ isFulfilled: (Int) -> Bool) -> Int? {
        var low = range.lowerBound - 1
        var high = range.upperBound
        while high - low > 1 {
            let middle = (low + high) / 2
            if isFulfilled(middle) { low = middle } else { high = middle }
        }
        return low >= range.lowerBound ? low : nil
    }

    /// The value that a beta distribution keeps within with a probability, by bisection to the last digit.
    private static func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        var low = 0.0
        var high = 1.0
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if IncompleteBeta.lower(a, b, middle, complement: 1 - middle) < probability {
                low = middle
            } else {
                high = middle
            }
        }
        return (low + high) / 2
    }
}
