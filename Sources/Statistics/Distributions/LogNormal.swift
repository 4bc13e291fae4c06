import Glibc

/// The distribution of a value whose logarithm is normal.
public struct LogNormal: ContinuousDistribution, Equatable {
    private let logarithm: Normal

    /// The mean of the logarithm.
    public var logMean: Double { logarithm.mean }
    /// The standard deviation of the logarithm, above zero.
    public var logStandardDeviation: Double { logarithm.standardDeviation }

    /// Takes the finite mean and the standard deviation, above zero, of the logarithm.
    public init(logMean: Double, logStandardDeviation: Double) throws(DistributionError) {
        logarithm = try Normal(mean: logMean, standardDeviation: logStandardDeviation)
    }

    /// Takes the mean, above zero, and the variance by the square of the mean, above zero: the moments that are matched.
    ///
    /// The variance of the logarithm is `log(1 + relativeVariance)`, its mean `log(mean)` less half of that, so that the median lies below the mean.
    public init(mean: Double, relativeVariance: Double) throws(DistributionError) {
        try DistributionError.check(positive: mean, "mean")
        try DistributionError.check(positive: relativeVariance, "relative variance")
        let variance = log1p(relativeVariance)
        logarithm = try Normal(mean: log(mean) - variance / 2, standardDeviation: variance.squareRoot())
    }

    /// The mean, `exp(logMean + logStandardDeviation^2 / 2)`.
    public var mean: Double { exp(logMean + 0.5 * logStandardDeviation * logStandardDeviation) }

    /// The density; zero at zero and below.
    public func density(_ x: Double) -> Double { x > 0 ? logarithm.density(log(x)) / x : 0 }

    /// The probability of a value of `x` or less.
    public func cumulative(_ x: Double) -> Double { x > 0 ? logarithm.cumulative(log(x)) : 0 }

    /// The probability of a value above `x`.
    public func survival(_ x: Double) -> Double { x > 0 ? logarithm.survival(log(x)) : 1 }

    /// The value that `cumulative` takes to `probability`.
    public func quantile(_ probability: Double) -> Double { exp(logarithm.quantile(probability)) }

    /// The probability that a value lies above one of another distribution that does not depend on it.
    public func probabilityAbove(_ other: LogNormal) -> Double {
        let deviation = hypot(logStandardDeviation, other.logStandardDeviation)
        return Normal.standard.cumulative((logMean - other.logMean) / deviation)
    }
}
