import Glibc
public import LinearAlgebra

/// Ordinary and weighted least squares: minimises `Σ wᵢ (yᵢ - xᵢᵀβ)²`.
///
/// Weights are inverse variances up to a common factor, as in R's `lm`: a row of weight 2 moves the coefficients as two equal rows
/// do, but counts as one observation for the residual variance. A row of weight 0 is as if it were not there. The design
/// holds its own column of ones where an intercept is wanted. The solution is direct (`LeastSquares`), so there is no
/// iteration to count.
public struct LinearRegression: Sendable {
    /// There is nothing to set.
    public init() {}

    /// Fits the coefficients.
    ///
    /// - Parameters:
    ///   - design: One row an observation, one column a coefficient.
    ///   - responses: One finite response a row.
    ///   - weights: One weight a row, not negative; `nil` for weights of 1.
    /// - Throws: `invalidResponse`, `invalidWeight`, `invalidCovariate`, `noObservation`; `rankDeficient` if the columns are
    ///   linearly dependent; `linearAlgebra` if squares overflow.
    /// - Complexity: O(rows · columns²).
    public func fit(
        _ design: Matrix, _ responses: [Double], weights: [Double]? = nil
    ) throws(RegressionError) -> FittedLinearRegression {
        let sample = try WeightedSample(design, responses, weights: weights)
        let gram = try PenalizedGram(sample.design, weights: sample.weights)
        let solution = try RegressionError.wrapping { () throws(LinearAlgebraError) in
            try LeastSquares(
                sample.design.augmented(weights: sample.weights, penalties: []), sample.scaledResponses)
        }
        let sumOfSquares = solution.residualSumOfSquares
        let freedom = sample.count - design.columns
        let variance = sumOfSquares / Double(freedom)
        return FittedLinearRegression(
            coefficients: solution.coefficients,
            covariance: gram.inverse.scaled(by: variance),
            residualStandardDeviation: variance.squareRoot(),
            rSquared: 1 - sumOfSquares / totalSumOfSquares(sample),
            logLikelihood: sample.normalLogLikelihood(sumOfSquares: sumOfSquares),
            degreesOfFreedom: freedom)
    }

    /// Around the mean if the design can fit a mean by one of its columns, else around zero.
    private func totalSumOfSquares(_ sample: WeightedSample) -> Double {
        let hasIntercept = (0..<sample.design.columns).contains { j in
            let column = sample.design.column(j)
            return column[0] != 0 && column.allSatisfy { $0 == column[0] }
        }
        guard hasIntercept else { return sample.sumOfSquares(sample.responses) }
        let mean = dot(sample.weights, sample.responses) / sample.weights.reduce(0, +)
        return sample.sumOfSquares(sample.responses.map { $0 - mean })
    }
}

extension WeightedSample {
    /// The log-likelihood of normal errors of variance `σ² / wᵢ`, at the `σ²` that maximises it.
    func normalLogLikelihood(sumOfSquares: Double) -> Double {
        let n = Double(count)
        let logWeights = weights.reduce(0) { $0 + log($1) }
        return 0.5 * (logWeights - n * (log(2 * Double.pi * sumOfSquares / n) + 1))
    }
}
