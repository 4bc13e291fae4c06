/// The negative binomial distribution of an overdispersed count, with variance `mean + mean^2 / size`.
public struct NegativeBinomial: Sendable, Equatable {
    /// The mean, above zero.
    public let mean: Double
    /// The shape of the gamma mixture, above zero: the `size` of R, and 1 by the dispersion α of others.
    public let size: Double

    /// Takes two parameters above zero.
    public init(mean: Double, size: Double) throws(DistributionError) {
        try DistributionError.check(positive: mean, "mean")
        try DistributionError.check(positive: size, "size")
        self.mean = mean
        self.size = size
    }

    private var successProbability: Double { size / (size + mean) }
    private var failureProbability: Double { mean / (size + mean) }

    /// The probability of exactly `count`; zero below zero.
    public func probability(_ count: Int) -> Double {
        guard count >= 0 else { return 0 }
        let k = Double(count)
        return SaddlePoint.binomialTerm(size, k, successProbability, failureProbability)
            * (size / (size + k))
    }

    /// The probability of `count` or fewer, an incomplete beta function.
    public func cumulative(_ count: Int) -> Double {
        guard count >= 0 else { return 0 }
        return IncompleteBeta.lower(
            size, Double(count) + 1, successProbability, complement: failureProbability)
    }

    /// The probability of more than `count`.
    public func survival(_ count: Int) -> Double {
        guard count >= 0 else { return 1 }
        return IncompleteBeta.lower(
            Double(count) + 1, size, failureProbability, complement: successProbability)
    }
}
