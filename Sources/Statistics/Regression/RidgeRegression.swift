import Glibc
public import LinearAlgebra

/// Least squares with a penalty for each coefficient: minimises `Σ wᵢ (yᵢ - xᵢᵀβ)² + Σ λⱼ βⱼ²`.
///
/// A penalty of 0 leaves a coefficient free, as an intercept should be. Penalties belong to the columns as given: a column in units
/// s times smaller needs a penalty s² times larger for the same fit. Weights are as in ``LinearRegression``. The solution is
/// direct, by `LeastSquares` on the design with the rows `√λⱼ` below it, so there is no iteration to count.
///
/// Source: A. E. Hoerl, R. W. Kennard, "Ridge regression", Technometrics 12 (1970), doi:10.1080/00401706.1970.10488634.
public struct RidgeRegression: Sendable {
    /// The penalty `λⱼ` of each coefficient.
    public let penalties: [Double]

    /// Takes one penalty a column of the designs to come.
    ///
    /// - Throws: `invalidParameter` if a penalty is negative or not finite.
    public init(penalties: [Double]) throws(RegressionError) {
        try RegressionError.check(penalties: penalties)
        self.penalties = penalties
    }

    /// Fits the coefficients.
    ///
    /// - Parameters:
    ///   - design: One row an observation, one column a penalty.
    ///   - responses: One finite response a row.
    ///   - weights: One weight a row, not negative; `nil` for weights of 1.
    /// - Throws: `invalidResponse`, `invalidWeight`, `invalidCovariate`, `noObservation`; `rankDeficient` if the columns without a
    ///   penalty are linearly dependent; `linearAlgebra` if squares overflow.
    /// - Complexity: O((rows + columns) · columns²).
    public func fit(
        _ design: Matrix, _ responses: [Double], weights: [Double]? = nil
    ) throws(RegressionError) -> FittedRidgeRegression {
        precondition(penalties.count == design.columns, "there is one penalty a column")
        let sample = try WeightedSample(design, responses, weights: weights)
        let gram = try PenalizedGram(sample.design, weights: sample.weights, penalties: penalties)
        let rows = sample.design.augmented(weights: sample.weights, penalties: penalties)
        let zeros = [Double](repeating: 0, count: rows.rows - sample.count)
        let solution = try RegressionError.wrapping { () throws(LinearAlgebraError) in
            try LeastSquares(rows, sample.scaledResponses + zeros)
        }
        let n = Double(sample.count)
        let sumOfSquares = sample.sumOfSquares(sample.residuals(solution.coefficients))
        let freedom = n - gram.effectiveDegreesOfFreedom
        let variance = sumOfSquares / freedom
        return FittedRidgeRegression(
            coefficients: solution.coefficients,
            covariance: gram.sandwich.scaled(by: variance),
            residualStandardDeviation: variance.squareRoot(),
            effectiveDegreesOfFreedom: gram.effectiveDegreesOfFreedom,
            degreesOfFreedom: freedom,
            generalizedCrossValidation: n * sumOfSquares / (freedom * freedom),
            logLikelihood: sample.normalLogLikelihood(sumOfSquares: sumOfSquares),
            marginalLogLikelihood: marginalLogLikelihood(sample, gram, quadratic: solution.residualSumOfSquares))
    }

    /// The density of the responses with `β` integrated out over `N(0, σ²/λ)`, at the best `σ²`.
    ///
    /// - Parameter quadratic: The penalised sum of squares at its minimum.
    private func marginalLogLikelihood(_ sample: WeightedSample, _ gram: PenalizedGram, quadratic: Double) -> Double {
        let penalized = penalties.filter { $0 > 0 }
        let freedom = Double(sample.count - (penalties.count - penalized.count))
        let logWeights = sample.weights.reduce(0) { $0 + log($1) }
        let logPenalties = penalized.reduce(0) { $0 + log($1) }
        return 0.5
            * (logWeights + logPenalties - gram.logDeterminant - freedom
                * (log(2 * Double.pi * quadratic / freedom) + 1))
    }
}
