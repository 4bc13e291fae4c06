import Glibc
public import LinearAlgebra

/// Logistic regression: maximises `Σ wᵢ (yᵢ log pᵢ + (1 - yᵢ) log(1 - pᵢ)) - ½ Σ λⱼ βⱼ²` with `log(p / (1 - p)) = xᵀβ`.
///
/// Weights count repetitions: a row of weight 2 is two equal rows in every result but ``FittedLogisticRegression/degreesOfFreedom``,
/// and a row of weight 0 is as if it were not there. The design holds its own column of ones where an intercept is wanted.
///
/// Source: iteratively reweighted least squares, J. A. Nelder, R. W. M. Wedderburn, "Generalized linear models", J. R. Statist.
/// Soc. A 135 (1972), doi:10.2307/2344614.
public struct LogisticRegression: Sendable {
    /// The penalty `λⱼ` of each coefficient; empty for none.
    public let penalties: [Double]
    /// The number of Newton steps after which a fit is given up.
    public let maximumIterations: Int

    /// Takes one penalty a column of the designs to come, or none at all.
    ///
    /// - Throws: `invalidParameter` if a penalty is negative or not finite, or the number of iterations is not positive.
    public init(penalties: [Double] = [], maximumIterations: Int = 100) throws(RegressionError) {
        try RegressionError.check(penalties: penalties)
        try RegressionError.check(maximumIterations: maximumIterations)
        self.penalties = penalties
        self.maximumIterations = maximumIterations
    }

    /// Fits the coefficients.
    ///
    /// - Parameters:
    ///   - design: One row an observation, one column a coefficient.
    ///   - outcomes: One outcome a row: 1 for a success, 0 for a failure, between them the share of successes in the weight.
    ///   - offset: What is added to each linear predictor, such as what is believed before; `nil` for zeros.
    ///   - weights: One weight a row, not negative; `nil` for weights of 1.
    /// - Throws: `invalidResponse`, `invalidWeight`, `invalidOffset`, `invalidCovariate`, `noObservation`; `rankDeficient` if the columns without a
    ///   penalty are linearly dependent; `separation` if a plane divides the successes from the failures, so that there is no
    ///   maximum; `notConverged`.
    /// - Complexity: O(rows · columns²) an iteration.
    public func fit(
        _ design: Matrix, _ outcomes: [Double], offset: [Double]? = nil, weights: [Double]? = nil
    ) throws(RegressionError) -> FittedLogisticRegression {
        precondition(penalties.isEmpty || penalties.count == design.columns, "there is one penalty a column")
        let sample = try WeightedSample(design, outcomes, weights: weights, offset: offset) { $0 >= 0 && $0 <= 1 }
        let solution = try IterativelyReweightedLeastSquares(
            sample: sample, family: BinomialResponse(), penalties: penalties, maximumIterations: maximumIterations
        ).solve()
        return FittedLogisticRegression(
            coefficients: solution.coefficients,
            covariance: solution.gram.sandwich,
            logLikelihood: solution.logLikelihood,
            effectiveDegreesOfFreedom: solution.gram.effectiveDegreesOfFreedom,
            degreesOfFreedom: Double(sample.count) - solution.gram.effectiveDegreesOfFreedom,
            iterations: solution.iterations)
    }
}

/// A fit of logistic regression.
public struct FittedLogisticRegression: Sendable, Equatable {
    /// The coefficients, one a column of the design: logarithms of odds ratios.
    public let coefficients: [Double]
    /// The covariance of the coefficients: the inverse of the information `H`, or `(H + Λ)⁻¹ H (H + Λ)⁻¹` with penalties `Λ`.
    public let covariance: Matrix
    /// The log-likelihood at the coefficients, without the penalty.
    public let logLikelihood: Double
    /// The trace of `(H + Λ)⁻¹ H`; the number of columns if nothing is penalised.
    public let effectiveDegreesOfFreedom: Double
    /// The residual degrees of freedom: the rows of positive weight less the effective degrees of freedom.
    public let degreesOfFreedom: Double
    /// The number of Newton steps taken.
    public let iterations: Int

    /// The standard errors of the coefficients.
    public var standardErrors: [Double] { covariance.standardErrors }

    /// The probability of success of each row of a design with the columns of the fit.
    public func predict(_ design: Matrix) -> [Double] {
        (design * coefficients).map { 1 / (1 + exp(-$0)) }
    }
}
