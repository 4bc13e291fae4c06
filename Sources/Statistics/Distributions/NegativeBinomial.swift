/// The negative binomial distribution of an overdispersed count, with variance `mean + mean^2 / dispersion`.
public struct NegativeBinomial: Sendable, Equatable {
    /// The mean, above zero.
    public let mean: Double
    /// The shape of the gamma mixture (the `size` of R), above zero.
    public let dispersion: Double

    /// Takes two parameters above zero.
    public init(mean: Double, dispersion: Double) throws(DistributionError) {
        try DistributionError.check(positive: mean, "mean")
        try DistributionError.check(positive: dispersion, "dispersion")
        self.mean = mean
        self.dispersion = dispersion
    }

    private var successProbability: Double { dispersion / (dispersion + mean) }
    private var failureProbability: Double { mean / (dispersion + mean) }

    /// The probability of exactly `count`; zero below zero.
    public func probability(_ count: Int) -> Double {
        guard count >= 0 else { return 0 }
        let k = Double(count)
        return SaddlePoint.binomialTerm(dispersion, k, successProbability, failureProbability)
            * (dispersion / (dispersion + k))
    }

    /// The probability of `count` or fewer, an incomplete beta function.
    public func cumulative(_ count: Int) -> Double {
        guard count >= 0 else { return 0 }
        return IncompleteBeta.lower(
            dispersion, Double(count) + 1, successProbability, complement: failureProbability)
    }

    /// The probability of more than `count`.
    public func survival(_ count: Int) -> Double {
        guard count >= 0 else { return 1 }
        return IncompleteBeta.lower(
            Double(count) + 1, dispersion, failureProbability, complement: successProbability)
    }
}
