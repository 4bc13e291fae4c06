import Glibc
public import LinearAlgebra

/// A fitted accelerated failure time regression.
public struct FittedAcceleratedFailureTime: Sendable, Equatable {
    /// The distribution of the time.
    public let family: LogTimeFamily
    /// The intercept, then one coefficient a column of the design: the change of the logarithm of time by one unit.
    public let coefficients: [Double]
    /// The logarithm of the scale of the errors.
    public let logScale: Double
    /// The inverse of the observed (penalised) information of the coefficients and the logarithm of the scale.
    public let covariance: Matrix
    /// The maximised log-likelihood of the times, without the penalty.
    public let logLikelihood: Double
    /// The number of Newton steps.
    public let iterations: Int

    /// The scale of the errors.
    public var scale: Double { exp(logScale) }
    /// The standard errors of the coefficients and, last, of the logarithm of the scale.
    public var standardErrors: [Double] { covariance.standardErrors }

    /// The intercept plus the effect of the covariates, one a column of the design.
    public func linearPredictor(_ covariates: [Double]) -> Double {
        precondition(covariates.count == coefficients.count - 1, "one covariate a column of the design")
        return zip(covariates, coefficients.dropFirst()).reduce(coefficients[0]) { $0 + $1.0 * $1.1 }
    }

    /// The probability of no event until `time`, in the unit of the fit.
    public func survival(at time: Double, covariates: [Double]) -> Double {
        time > 0 ? family.survival((log(time) - linearPredictor(covariates)) / scale) : 1
    }

    /// The time by which the event has happened with a probability between 0 and 1.
    public func quantile(_ probability: Double, covariates: [Double]) -> Double {
        exp(linearPredictor(covariates) + scale * family.quantile(probability))
    }
}
