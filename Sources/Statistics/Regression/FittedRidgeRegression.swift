public import LinearAlgebra

/// A fit by penalised least squares.
public struct FittedRidgeRegression: Sendable, Equatable {
    /// The coefficients, one a column of the design.
    public let coefficients: [Double]
    /// The covariance of the penalised estimate around its own expectation, `σ² A⁻¹ XᵀWX A⁻¹` with `A = XᵀWX + diag(λ)`.
    ///
    /// The bias towards zero is not part of it.
    public let covariance: Matrix
    /// The residual standard deviation `σ` of an observation of weight 1; its square is the residual sum of squares over
    /// ``degreesOfFreedom``.
    public let residualStandardDeviation: Double
    /// The trace of the matrix that takes the responses to the fitted values; the number of columns if nothing is penalised.
    public let effectiveDegreesOfFreedom: Double
    /// The residual degrees of freedom: the rows of positive weight less the effective degrees of freedom.
    public let degreesOfFreedom: Double
    /// The criterion `n · RSS / (n - effectiveDegreesOfFreedom)²`; the penalties that make it smallest predict best.
    ///
    /// Source: P. Craven, G. Wahba, "Smoothing noisy data with spline functions", Numerische Mathematik 31 (1979),
    /// doi:10.1007/BF01404567.
    public let generalizedCrossValidation: Double
    /// The log-likelihood of normal errors at these coefficients and the variance of maximum likelihood.
    public let logLikelihood: Double
    /// The log-likelihood of the penalties: the coefficients are integrated out over the prior `N(0, σ²/λⱼ)`, flat where the
    /// penalty is 0 (a restricted likelihood), and the variance is the best one.
    ///
    /// Source: S. N. Wood, "Fast stable restricted maximum likelihood ...", J. R. Statist. Soc. B 73 (2011), equation 4,
    /// doi:10.1111/j.1467-9868.2010.00749.x; for normal errors his approximation is exact.
    public let marginalLogLikelihood: Double

    /// The standard errors of the penalised coefficients.
    public var standardErrors: [Double] { covariance.standardErrors }

    /// The expected response of each row of a design with the columns of the fit.
    public func predict(_ design: Matrix) -> [Double] { design * coefficients }
}
