public import LinearAlgebra

/// A fit by ordinary or weighted least squares.
public struct FittedLinearRegression: Sendable, Equatable {
    /// The coefficients, one a column of the design.
    public let coefficients: [Double]
    /// The classical covariance of the coefficients, `σ² (XᵀWX)⁻¹`; not a number if there are no degrees of freedom.
    public let covariance: Matrix
    /// The residual standard deviation `σ` of an observation of weight 1.
    public let residualStandardDeviation: Double
    /// The share of the sum of squares that is explained: around the weighted mean if a column is constant, else around 0.
    public let rSquared: Double
    /// The log-likelihood of normal errors, at the variance of maximum likelihood.
    public let logLikelihood: Double
    /// The residual degrees of freedom: the rows of positive weight less the columns.
    public let degreesOfFreedom: Int

    /// The standard errors of the coefficients.
    public var standardErrors: [Double] { covariance.standardErrors }

    /// The expected response of each row of a design with the columns of the fit.
    public func predict(_ design: Matrix) -> [Double] { design * coefficients }
}
