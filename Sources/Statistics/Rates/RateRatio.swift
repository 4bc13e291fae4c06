internal import Algorithms
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

    private let events: (first: Double, second: Double)
    /// Of the exposures, each in its own digits.
    private let shares: (first: Double, second: Double)

    /// Compares two counts.
    ///
    /// - Parameters:
    ///   - events: The events in the first exposure, at least 0.
    ///   - exposure: The first exposure, above 0.
    ///   - otherEvents: The events in the second one, at least 0.
    ///   - otherExposure: The second exposure, above 0, in the same unit.
    /// - Returns: nil when a count or an exposure is out of range.
    public init?(events: Int, exposure: Double, otherEvents: Int, otherExposure: Double) {
        self.init(
            events: Double(events), exposure: exposure, otherEvents: Double(otherEvents), otherExposure: otherExposure)
    }

    /// Compares two counts of which each event counts in part, as where events come in clumps: the beta function stands for the binomial sums.
    ///
    /// - Parameters:
    ///   - events: The events in the first exposure, finite and at least 0.
    ///   - exposure: The first exposure, above 0.
    ///   - otherEvents: The events in the second one, finite and at least 0.
    ///   - otherExposure: The second exposure, above 0, in the same unit.
    /// - Returns: nil when a count or an exposure is out of range.
    public init?(events: Double, exposure: Double, otherEvents: Double, otherExposure: Double) {
        guard events >= 0, otherEvents >= 0, events.isFinite, otherEvents.isFinite, exposure > 0, otherExposure > 0,
            exposure.isFinite, otherExposure.isFinite
        else { return nil }
        self.events = (events, otherEvents)
        shares = (exposure / (exposure + otherExposure), otherExposure / (exposure + otherExposure))
        let sum = events + otherEvents
        estimate = events / exposure / (otherEvents / otherExposure)
        let greater = Self.atLeast(events, of: sum, shares)
        pValueGreater = greater
        midPValueGreater = max(0, greater - Self.exactly(events, of: sum, shares) / 2)
    }

    /// The probability of all outcomes that are no likelier than what was seen; of events that count in part, as if they were rounded.
    public var pValueTwoSided: Double { twoSided.all }

    /// The same with half the probability of what was seen.
    public var midPValueTwoSided: Double { max(0, twoSided.all - twoSided.equal / 2) }

    private var twoSided: (all: Double, equal: Double) {
        let (first, sum) = (Int(events.first.rounded()), Int((events.first + events.second).rounded()))
        let equal = Self.exactly(Double(first), of: Double(sum), shares)
        return (Self.twoSided(first, of: sum, shares, equal), equal)
    }

    /// The interval that holds the true ratio with a probability of at least `level`.
    public func interval(level: Double) -> ClosedRange<Double> {
        let tail = (1 - level) / 2
        let (first, second) = events
        let low = first == 0 ? 0 : Self.betaOdds(tail, first, second + 1)
        let high = second == 0 ? .infinity : Self.betaOdds(1 - tail, first + 1, second)
        let odds = shares.second / shares.first
        return low * odds...high * odds
    }

    private static func atLeast(_ k: Double, of n: Double, _ shares: (first: Double, second: Double)) -> Double {
        k == 0 ? 1 : IncompleteBeta.lower(k, n - k + 1, shares.first, complement: shares.second)
    }

    private static func exactly(_ k: Double, of n: Double, _ shares: (first: Double, second: Double)) -> Double {
        n == 0 ? 1 : SaddlePoint.binomialTerm(k, n - k, shares.first, shares.second)
    }

    /// The sum over both tails, whose inner ends are found by bisection, as probabilities fall away from the mode.
    private static func twoSided(_ count: Int, of sum: Int, _ shares: (first: Double, second: Double), _ equal: Double)
        -> Double
    {
        func exactly(_ count: Int) -> Double { Self.exactly(Double(count), of: Double(sum), shares) }
        func atLeast(_ count: Int) -> Double { Self.atLeast(Double(count), of: Double(sum), shares) }
        let limit = equal * (1 + 1e-7)
        let mode = min(sum, Int((Double(sum) + 1) * shares.first))
        if exactly(mode) <= limit { return 1 }
        if count > mode {
            let below = (0..<mode).partitioningIndex { exactly($0) > limit }
            return min(1, atLeast(count) + (1 - atLeast(below)))
        }
        let above = (mode + 1..<sum + 1).partitioningIndex { exactly($0) <= limit }
        return min(1, 1 - atLeast(count + 1) + (above <= sum ? atLeast(above) : 0))
    }

    /// The odds of the value that a beta distribution keeps within with a probability: Newton's method on the logit, and bisection where it leaves the
    /// bounds, from the side on which the value is the smaller part.
    private static func betaOdds(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        guard a <= b else { return 1 / betaOdds(1 - probability, b, a) }
        var low = 0.0
        var high = 1.0
        var value = a / (a + b)
        for _ in 0..<200 {
            let distance = IncompleteBeta.lower(a, b, value, complement: 1 - value) - probability
            if distance < 0 { low = value } else { high = value }
            let slope = IncompleteBeta.slope(a, b, value, complement: 1 - value)
            let odds = value / (1 - value) * exp(-distance / slope)
            let next = odds.isFinite ? odds / (1 + odds) : 1
            // The step after one so small is below the last digit.
            let isLast = abs(next - value) < 1e-10 * value
            value = isLast || (next > low && next < high) ? next : (low + high) / 2
            if isLast { break }
        }
        return value / (1 - value)
    }
}
