/// Student's t distribution, for tests of coefficients whose error variance is estimated.
public struct StudentT: Sendable, Equatable {
    /// Degrees of freedom, above zero; not necessarily whole.
    public let degreesOfFreedom: Double

    /// Takes degrees of freedom above zero.
    public init(degreesOfFreedom: Double) throws(DistributionError) {
        try DistributionError.check(positive: degreesOfFreedom, "degrees of freedom")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a value of `x` or less, from the incomplete beta function.
    public func cumulative(_ x: Double) -> Double { x <= 0 ? tail(x) : 1 - tail(x) }

    /// The probability of a value above `x`.
    public func survival(_ x: Double) -> Double { x >= 0 ? tail(x) : 1 - tail(x) }

    /// The probability beyond the distance of `x` from zero, on one side.
    private func tail(_ x: Double) -> Double {
        guard !x.isNaN else { return .nan }
        guard x.isFinite else { return 0 }
        let total = degreesOfFreedom + x * x
        return 0.5
            * IncompleteBeta.lower(
                degreesOfFreedom / 2, 0.5, degreesOfFreedom / total, complement: x * x / total)
    }
}
