public import LinearAlgebra

/// A fitted discrete hazard regression.
public struct FittedDiscreteHazardRegression: Sendable, Equatable {
    /// The function that takes a hazard to its linear predictor.
    public let link: HazardLink
    /// The ends of the intervals, ascending.
    public let boundaries: [Double]
    /// The linear predictor of each interval for a row whose covariates are all zero.
    public let intercepts: [Double]
    /// The effects of the covariates, one a column of the design.
    public let coefficients: [Double]
    /// The inverse of the expected (penalised) information of the intercepts, then the coefficients.
    public let covariance: Matrix
    /// The maximised log-likelihood, without the penalty.
    public let logLikelihood: Double
    /// The number of Newton steps.
    public let iterations: Int

    /// The standard errors of the intercepts, then of the coefficients.
    public var standardErrors: [Double] { covariance.standardErrors }

    /// The probability of the event in each interval, given that it did not happen before.
    public func hazards(_ covariates: [Double]) -> [Double] {
        precondition(covariates.count == coefficients.count, "one covariate a column of the design")
        let effect = zip(covariates, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        return intercepts.map { link.hazard($0 + effect) }
    }

    /// The probability of no event until the end of each interval.
    public func survival(_ covariates: [Double]) -> [Double] {
        var current = 1.0
        return hazards(covariates).map { hazard in
            current *= 1 - hazard
            return current
        }
    }
}
