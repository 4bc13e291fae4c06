public import LinearAlgebra

/// A fit of quantile regression.
public struct FittedQuantileRegression: Sendable, Equatable {
    /// The level `τ` of the quantile.
    public let level: Double
    /// The coefficients, one a column of the design.
    public let coefficients: [Double]
    /// The covariance of the coefficients for independent errors that need not be identically distributed; not a number where
    /// fits at neighbouring levels cross in so many rows that it cannot be estimated.
    public let covariance: Matrix
    /// The minimum, `Σ wᵢ ρ_τ(yᵢ - xᵢᵀβ)`.
    public let loss: Double
    /// The log-likelihood of asymmetric Laplace errors of scale `σ / wᵢ`, at the scale that maximises it.
    public let logLikelihood: Double
    /// The residual degrees of freedom: the rows of positive weight less the columns.
    public let degreesOfFreedom: Int
    /// The number of interior steps and steps from vertex to vertex taken.
    public let iterations: Int

    /// The standard errors of the coefficients.
    public var standardErrors: [Double] { covariance.standardErrors }

    /// The quantile of the response for each row of a design with the columns of the fit.
    public func predict(_ design: Matrix) -> [Double] { design * coefficients }
}
