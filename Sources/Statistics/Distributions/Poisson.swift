import Glibc

/// The Poisson distribution of a count.
public struct Poisson: Sendable, Equatable {
    /// The mean and variance, above zero.
    public let mean: Double

    /// Takes a mean above zero.
    public init(mean: Double) throws(DistributionError) {
        try DistributionError.check(positive: mean, "mean")
        self.mean = mean
    }

    /// The probability of exactly `count`; zero below zero.
    public func probability(_ count: Int) -> Double {
        count < 0 ? 0 : SaddlePoint.poissonTerm(Double(count), mean)
    }

    /// The probability of `count` or fewer, the upper incomplete gamma function of shape `count + 1`.
    public func cumulative(_ count: Int) -> Double {
        count < 0 ? 0 : IncompleteGamma.upper(shape: Double(count) + 1, mean)
    }

    /// The probability of more than `count`.
    public func survival(_ count: Int) -> Double {
        count < 0 ? 1 : IncompleteGamma.lower(shape: Double(count) + 1, mean)
    }
}
