/// The chi-squared distribution, of a sum of squares of independent standard normal values.
public struct ChiSquared: ContinuousDistribution, Equatable {
    private let gamma: Gamma

    /// The number of squares, above zero; not necessarily whole.
    public var degreesOfFreedom: Double { 2 * gamma.shape }

    /// Takes degrees of freedom above zero.
    public init(degreesOfFreedom: Double) throws(DistributionError) {
        try DistributionError.check(positive: degreesOfFreedom, "degrees of freedom")
        gamma = try Gamma(shape: degreesOfFreedom / 2, scale: 2)
    }

    /// The density; zero below zero.
    public func density(_ x: Double) -> Double { gamma.density(x) }

    /// The probability of a value of `x` or less.
    public func cumulative(_ x: Double) -> Double { gamma.cumulative(x) }

    /// The probability of a value above `x`: the p-value of a likelihood ratio, Wald or score test.
    public func survival(_ x: Double) -> Double { gamma.survival(x) }

    /// The value that `cumulative` takes to `probability`.
    public func quantile(_ probability: Double) -> Double { gamma.quantile(probability) }
}
