import Glibc
public import LinearAlgebra

/// Negative binomial regression with the log link: counts of variance `μ + μ² / θ` with `log μ = offset + xᵀβ`, by maximum likelihood.
///
/// The coefficients given θ by Fisher scoring and θ given the coefficients by Newton's method, in turns. Counts that are not over-dispersed send θ to
/// infinity, where the model is that of Poisson.
///
/// Source: J. F. Lawless, "Negative binomial and mixed Poisson regression", Canadian J. Statist. 15 (1987), doi:10.2307/3314912.
public struct NegativeBinomialRegression: Sendable {
    /// The number of turns after which a fit is given up.
    public let maximumIterations: Int

    /// The size from which on a fit counts as one of Poisson.
    static let poisson = 1e7

    /// Takes the largest number of turns.
    ///
    /// - Throws: `invalidParameter` if it is not positive.
    public init(maximumIterations: Int = 100) throws(RegressionError) {
        try RegressionError.check(maximumIterations: maximumIterations)
        self.maximumIterations = maximumIterations
    }

    /// Fits coefficients and size.
    ///
    /// - Parameters:
    ///   - design: One row an observation, one column a coefficient.
    ///   - counts: One finite count a row, not negative.
    ///   - offset: What is added to each linear predictor, usually the logarithm of the exposure; nil for zeros.
    /// - Throws: As ``PoissonRegression/fit(_:_:offset:weights:)``, with which it begins.
    /// - Complexity: O(rows · columns²) a turn.
    public func fit(
        _ design: Matrix, _ counts: [Double], offset: [Double]? = nil
    ) throws(RegressionError) -> FittedNegativeBinomialRegression {
        let poisson = try PoissonRegression(maximumIterations: maximumIterations).fit(design, counts, offset: offset)
        let offset = offset ?? [Double](repeating: 0, count: counts.count)
        var coefficients = poisson.coefficients
        var means = poisson.predict(design, offset: offset)
        var size = Self.firstSize(counts, means)
        for iteration in 1...maximumIterations {
            size = Self.likeliest(size, counts, means)
            if size >= Self.poisson { break }
            let before = coefficients
            (coefficients, means) = try scored(design, counts, offset, coefficients, size)
            let change = zip(before, coefficients).reduce(0) { max($0, abs($1.0 - $1.1)) }
            let next = Self.likeliest(size, counts, means)
            let isStill = change < 1e-11 && abs(next - size) < 1e-10 * size
            size = next
            if isStill || size >= Self.poisson { break }
            if iteration == maximumIterations { throw .notConverged(iterations: iteration) }
        }
        guard size < Self.poisson else {
            return FittedNegativeBinomialRegression(
                coefficients: poisson.coefficients, covariance: poisson.covariance, size: .infinity,
                sizeError: .infinity, logLikelihood: poisson.logLikelihood)
        }
        let weights = means.map { $0 / (1 + $0 / size) }
        guard let factor = try? CholeskyFactorization(design.gram(weights: weights)) else {
            throw .notConverged(iterations: maximumIterations)
        }
        let curvature = Self.slopes(size, counts, means).second
        return FittedNegativeBinomialRegression(
            coefficients: coefficients, covariance: factor.inverse(), size: size,
            sizeError: (-1 / curvature).squareRoot(),
            logLikelihood: Self.logLikelihood(size, counts, means))
    }

    /// The coefficients for a size, by Fisher scoring until they stand still.
    private func scored(
        _ design: Matrix, _ counts: [Double], _ offset: [Double], _ start: [Double], _ size: Double
    ) throws(RegressionError) -> (coefficients: [Double], means: [Double]) {
        func means(_ coefficients: [Double]) -> [Double] {
            zip(design * coefficients, offset).map { exp(min(max($0 + $1, -500), 500)) }
        }
        var coefficients = start
        var fitted = means(start)
        for _ in 0..<maximumIterations {
            let weights = fitted.map { $0 / (1 + $0 / size) }
            let residuals = zip(counts, fitted).map { ($0 - $1) / (1 + $1 / size) }
            guard let factor = try? CholeskyFactorization(design.gram(weights: weights)) else {
                throw .notConverged(iterations: maximumIterations)
            }
            let step = factor.solve(design.transposedTimes(residuals))
            coefficients = zip(coefficients, step).map { $0 + $1 }
            fitted = means(coefficients)
            if step.allSatisfy({ abs($0) < 1e-12 }) { break }
        }
        return (coefficients, fitted)
    }

    /// The size that the squares of the residuals tell.
    private static func firstSize(_ counts: [Double], _ means: [Double]) -> Double {
        let excess = zip(counts, means).reduce(0) { $0 + (($1.0 / $1.1 - 1) * ($1.0 / $1.1 - 1) - 1 / $1.1) }
        return excess > 0 ? Double(counts.count) / excess : poisson / 10
    }

    /// The likeliest size for some means, by Newton's method on its logarithm.
    private static func likeliest(_ start: Double, _ counts: [Double], _ means: [Double]) -> Double {
        var size = min(max(start, 1e-6), poisson / 10)
        for _ in 0..<100 {
            let (first, second) = slopes(size, counts, means)
            let gradient = first * size
            let curvature = second * size * size + gradient
            // Where the likelihood is not yet concave, the step follows its slope.
            let step = curvature < 0 ? -gradient / curvature : (gradient > 0 ? 1 : -1)
            size *= exp(min(max(step, -2), 2))
            if size >= poisson || abs(step) < 1e-12 { break }
        }
        return size
    }

    /// The derivatives of the log-likelihood by the size.
    private static func slopes(
        _ k: Double, _ counts: [Double], _ means: [Double]
    ) -> (first: Double, second: Double) {
        let (value, slope) = (Digamma.value(k), Digamma.slope(k))
        var first = 0.0
        var second = 0.0
        for (count, mean) in zip(counts, means) {
            first += Digamma.value(k + count) - value + log(k / (k + mean)) + (mean - count) / (k + mean)
            second +=
                Digamma.slope(k + count) - slope + 1 / k - 2 / (k + mean) + (k + count) / ((k + mean) * (k + mean))
        }
        return (first, second)
    }

    private static func logLikelihood(_ k: Double, _ counts: [Double], _ means: [Double]) -> Double {
        zip(counts, means).reduce(0) { sum, item in
            let (count, mean) = item
            return sum + lgamma(count + k).0 - lgamma(k).0 - lgamma(count + 1).0 + k * log(k / (k + mean))
                + (count > 0 ? count * log(mean / (k + mean)) : 0)
        }
    }
}

/// A fit of negative binomial regression.
public struct FittedNegativeBinomialRegression: Sendable, Equatable {
    /// The coefficients, one a column of the design: logarithms of rate ratios.
    public let coefficients: [Double]
    /// The covariance of the coefficients at the fitted size.
    public let covariance: Matrix
    /// The size θ; infinite where the counts are not over-dispersed.
    public let size: Double
    /// Its standard error; infinite where the size is.
    public let sizeError: Double
    /// The log-likelihood at the fit.
    public let logLikelihood: Double

    /// The standard errors of the coefficients.
    public var standardErrors: [Double] { covariance.standardErrors }
}
