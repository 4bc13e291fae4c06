import Glibc

/// The Weibull distribution, with survival `exp(-(x / scale)^shape)`.
///
/// Of an accelerated failure time fit, `shape` is one over its scale and `scale` the exponential of its linear
/// predictor.
public struct Weibull: ContinuousDistribution, Equatable {
    /// The power, above zero; below 1 the hazard falls with time.
    public let shape: Double
    /// The value that 63 % do not exceed, above zero, in the units of the variable.
    public let scale: Double

    /// Takes two parameters above zero.
    public init(shape: Double, scale: Double) throws(DistributionError) {
        try DistributionError.check(positive: shape, "shape")
        try DistributionError.check(positive: scale, "scale")
        self.shape = shape
        self.scale = scale
    }

    /// The mean, `scale * gamma(1 + 1 / shape)`.
    public var mean: Double { scale * exp(lgamma(1 + 1 / shape).0) }

    private func cumulativeHazard(_ x: Double) -> Double { pow(x / scale, shape) }

    /// The density; zero below zero.
    public func density(_ x: Double) -> Double {
        guard x >= 0 else { return 0 }
        return shape / scale * pow(x / scale, shape - 1) * exp(-cumulativeHazard(x))
    }

    /// The probability of a value of `x` or less.
    public func cumulative(_ x: Double) -> Double { x > 0 ? -expm1(-cumulativeHazard(x)) : 0 }

    /// The probability of a value above `x`.
    public func survival(_ x: Double) -> Double { x > 0 ? exp(-cumulativeHazard(x)) : 1 }

    /// The value that `cumulative` takes to `probability`.
    public func quantile(_ probability: Double) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        return scale * pow(-log1p(-probability), 1 / shape)
    }
}
