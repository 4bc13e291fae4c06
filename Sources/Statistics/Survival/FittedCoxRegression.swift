import Glibc
public import LinearAlgebra

/// A fitted Cox regression.
public struct FittedCoxRegression: Sendable, Equatable {
    /// The logarithms of the hazard ratios, one a column of the design.
    public let coefficients: [Double]
    /// The inverse of the observed (penalised) information of the coefficients.
    public let covariance: Matrix
    /// The maximised partial log-likelihood, without the penalty.
    public let logLikelihood: Double
    /// The partial log-likelihood without any effect.
    public let nullLogLikelihood: Double
    /// The distinct times of events, ascending.
    public let eventTimes: [Double]
    /// The cumulative hazard at each event time of a row whose covariates are all zero.
    public let baselineCumulativeHazard: [Double]
    /// The number of Newton steps.
    public let iterations: Int

    /// The standard errors of the coefficients.
    public var standardErrors: [Double] { covariance.standardErrors }

    /// The logarithm of the hazard relative to a row whose covariates are all zero.
    public func linearPredictor(_ covariates: [Double]) -> Double {
        precondition(covariates.count == coefficients.count, "one covariate a column of the design")
        return zip(covariates, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The probability of no event until `time`, in the unit of the fit; after the last event time, its value there.
    ///
    /// - Complexity: O(event times).
    public func survival(at time: Double, covariates: [Double]) -> Double {
        guard let last = eventTimes.lastIndex(where: { $0 <= time }) else { return 1 }
        return exp(-baselineCumulativeHazard[last] * exp(linearPredictor(covariates)))
    }
}
