/// A distribution on the real line or a part of it that has a density.
///
/// Laws of every conforming type: `cumulative` does not decrease, `cumulative(x) + survival(x)` is 1, and `quantile`
/// inverts `cumulative`.
public protocol ContinuousDistribution: Sendable {
    /// The density at `x`; zero outside the support.
    func density(_ x: Double) -> Double
    /// The probability of a value of `x` or less.
    func cumulative(_ x: Double) -> Double
    /// The probability of a value above `x`, accurate where `1 - cumulative(x)` would cancel.
    func survival(_ x: Double) -> Double
    /// The value that `cumulative` takes to `probability`.
    ///
    /// The ends of the support at 0 and 1; not a number for a probability outside 0...1.
    func quantile(_ probability: Double) -> Double
}
