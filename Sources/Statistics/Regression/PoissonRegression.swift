import Glibc
public import LinearAlgebra

/// Poisson regression with the log link: maximises `Σ wᵢ (yᵢ log μᵢ - μᵢ - log yᵢ!)` with `log μ = offset + xᵀβ`.
///
/// Weights count repetitions: a row of weight 2 is two equal rows in every result but ``FittedPoissonRegression/degreesOfFreedom``,
/// and a row of weight 0 is as if it were not there. The design holds its own column of ones where an intercept is wanted.
///
/// Source: iteratively reweighted least squares, J. A. Nelder, R. W. M. Wedderburn, "Generalized linear models", J. R. Statist.
/// Soc. A 135 (1972), doi:10.2307/2344614.
public struct PoissonRegression: Sendable {
    /// The number of Newton steps after which a fit is given up.
    public let maximumIterations: Int

    /// Takes the largest number of iterations.
    ///
    /// - Throws: `invalidParameter` if it is not positive.
    public init(maximumIterations: Int = 100) throws(RegressionError) {
        try RegressionError.check(maximumIterations: maximumIterations)
        self.maximumIterations = maximumIterations
    }

    /// Fits the coefficients.
    ///
    /// - Parameters:
    ///   - design: One row an observation, one column a coefficient.
    ///   - counts: One finite count a row, not negative.
    ///   - offset: What is added to each linear predictor, usually the logarithm of the exposure; `nil` for zeros.
    ///   - weights: One weight a row, not negative; `nil` for weights of 1.
    /// - Throws: `invalidResponse`, `invalidOffset`, `invalidWeight`, `invalidCovariate`, `noObservation`; `rankDeficient` if the
    ///   columns are linearly dependent; `separation` if a coefficient runs to infinity, as that of a group without any
    ///   count does; `notConverged`.
    /// - Complexity: O(rows · columns²) an iteration.
    public func fit(
        _ design: Matrix, _ counts: [Double], offset: [Double]? = nil, weights: [Double]? = nil
    ) throws(RegressionError) -> FittedPoissonRegression {
        let sample = try WeightedSample(design, counts, weights: weights, offset: offset) { $0 >= 0 && $0.isFinite }
        let solution = try IterativelyReweightedLeastSquares(
            sample: sample, family: PoissonResponse(), penalties: [], maximumIterations: maximumIterations
        ).solve()
        let constant = zip(sample.weights, sample.responses).reduce(0) { $0 + $1.0 * lgamma($1.1 + 1) }
        return FittedPoissonRegression(
            coefficients: solution.coefficients,
            covariance: solution.gram.inverse,
            logLikelihood: solution.logLikelihood - constant,
            degreesOfFreedom: sample.count - design.columns,
            iterations: solution.iterations)
    }
}

/// A fit of Poisson regression.
public struct FittedPoissonRegression: Sendable, Equatable {
    /// The coefficients, one a column of the design: logarithms of rate ratios.
    public let coefficients: [Double]
    /// The covariance of the coefficients: the inverse of the information, for a variance equal to the mean.
    public let covariance: Matrix
    /// The log-likelihood at the coefficients.
    public let logLikelihood: Double
    /// The residual degrees of freedom: the rows of positive weight less the columns.
    public let degreesOfFreedom: Int
    /// The number of Newton steps taken.
    public let iterations: Int

    /// The standard errors of the coefficients.
    public var standardErrors: [Double] { covariance.standardErrors }

    /// The expected count of each row of a design with the columns of the fit.
    ///
    /// - Parameter offset: What is added to each linear predictor; `nil` for zeros.
    public func predict(_ design: Matrix, offset: [Double]? = nil) -> [Double] {
        let predictors = design * coefficients
        guard let offset else { return predictors.map { exp($0) } }
        precondition(offset.count == design.rows, "there is one offset a row")
        return zip(predictors, offset).map { exp($0 + $1) }
    }
}
