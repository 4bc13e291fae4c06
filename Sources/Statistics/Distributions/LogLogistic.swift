import Glibc

/// The log-logistic distribution, with survival `1 / (1 + (x / scale)^shape)`.
public struct LogLogistic: ContinuousDistribution, Equatable {
    /// The power, above zero; the mean is finite above 1.
    public let shape: Double
    /// The median, above zero, in the units of the variable.
    public let scale: Double

    /// Takes two parameters above zero.
    public init(shape: Double, scale: Double) throws(DistributionError) {
        try DistributionError.check(positive: shape, "shape")
        try DistributionError.check(positive: scale, "scale")
        self.shape = shape
        self.scale = scale
    }

    private func logOdds(_ x: Double) -> Double { shape * log(x / scale) }

    /// The density; zero below zero.
    public func density(_ x: Double) -> Double {
        guard x >= 0 else { return 0 }
        guard x > 0 else { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
        return shape / x * cumulative(x) * survival(x)
    }

    /// The probability of a value of `x` or less.
    public func cumulative(_ x: Double) -> Double { x > 0 ? 1 / (1 + exp(-logOdds(x))) : 0 }

    /// The probability of a value above `x`.
    public func survival(_ x: Double) -> Double { x > 0 ? 1 / (1 + exp(logOdds(x))) : 1 }

    /// The value that `cumulative` takes to `probability`.
    public func quantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        return scale * pow(probability / (1 - probability), 1 / shape)
    }
}
