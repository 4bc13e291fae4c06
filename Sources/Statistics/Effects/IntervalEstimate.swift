/// A number that is not known for sure: what is likeliest, never without the interval that it comes with.
public struct IntervalEstimate: Sendable, Equatable {
    /// What is likeliest, in the interval.
    public let value: Double
    /// What cannot be ruled out; an end is infinite where the data do not bound it.
    public let interval: ClosedRange<Double>

    /// Takes a value and an interval; a value outside becomes the nearest end.
    public init(_ value: Double, in interval: ClosedRange<Double>) {
        self.value = min(max(value, interval.lowerBound), interval.upperBound)
        self.interval = interval
    }

    /// The sum of two independent estimates.
    ///
    /// The distances to the lower ends add as squares, and so do those to the upper ends, as the intervals need not be symmetric.
    ///
    /// Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27 (2008),
    /// doi:10.1002/sim.3095.
    public static func + (one: IntervalEstimate, other: IntervalEstimate) -> IntervalEstimate {
        let value = one.value + other.value
        return IntervalEstimate(
            value, in: value - Self.norm(one.below, other.below)...value + Self.norm(one.above, other.above))
    }

    /// The product of two independent estimates, of which the second is not negative; linear about the values, as the sum is.
    public static func * (one: IntervalEstimate, other: IntervalEstimate) -> IntervalEstimate {
        let value = one.value * other.value
        let size = abs(one.value)
        let (low, high) = one.value >= 0 ? (other.below, other.above) : (other.above, other.below)
        return IntervalEstimate(
            value,
            in: value - Self.norm(other.value * one.below, size * low)...value
                + Self.norm(other.value * one.above, size * high))
    }

    private var below: Double { value - interval.lowerBound }
    private var above: Double { interval.upperBound - value }

    private static func norm(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
}
