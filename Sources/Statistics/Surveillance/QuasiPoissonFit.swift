import Glibc
internal import LinearAlgebra

/// A quasi-Poisson regression with the log link and prior weights, fitted until the deviance stands still.
///
/// Source: iteratively reweighted least squares from `μ = y + 0.1` until the relative change of the deviance is below 1e-8, as
/// the `glm` of R does it.
struct QuasiPoissonFit {
    /// The coefficients, one a column.
    let coefficients: [Double]
    /// The fitted means.
    let means: [Double]
    /// The dispersion φ, variance by mean: Pearson's statistic by the residual degrees of freedom, at least 1; rows count as much as they weigh.
    let dispersion: Double
    /// The inverse of the information at the last step, without the dispersion.
    let covariance: Matrix
    /// The diagonal of the hat matrix.
    let leverages: [Double]
    let weights: [Double]

    /// - Parameters:
    ///   - design: One row an observation.
    ///   - counts: One count a row.
    ///   - weights: One prior weight a row, above 0.
    ///   - offset: What is added to each linear predictor; nil for zeros.
    /// - Returns: nil when the rows weigh no more than there are columns or the columns do not determine the coefficients.
    init?(_ design: Matrix, _ counts: [Double], weights: [Double], offset: [Double]? = nil) {
        let rows = weights.reduce(0, +)
        guard rows > Double(design.columns) else { return nil }
        let offset = offset ?? [Double](repeating: 0, count: counts.count)
        var means = counts.map { $0 + 0.1 }
        var predictors = means.map { log($0) }
        var deviance = Self.deviance(counts, means, weights)
        var coefficients: [Double] = []
        var working: [Double] = []
        var inverse = Matrix(rows: 0, columns: 0)
        for _ in 0..<50 {
            working = zip(weights, means).map { $0 * $1 }
            let target = counts.indices.map {
                working[$0] * (predictors[$0] - offset[$0] + (counts[$0] - means[$0]) / means[$0])
            }
            guard let factor = try? CholeskyFactorization(design.gram(weights: working)) else { return nil }
            inverse = factor.inverse()
            coefficients = factor.solve(design.transposedTimes(target))
            predictors = zip(design * coefficients, offset).map { min(max($0 + $1, -30), 30) }
            means = predictors.map { exp($0) }
            let next = Self.deviance(counts, means, weights)
            let isStill = abs(next - deviance) < 1e-8 * (abs(next) + 0.1)
            deviance = next
            if isStill { break }
        }
        guard deviance.isFinite else { return nil }
        let fitted = means
        self.coefficients = coefficients
        self.means = means
        self.weights = weights
        covariance = inverse
        leverages = (0..<design.rows).map { working[$0] * Self.form(inverse, design.row($0)) }
        let pearson = counts.indices.reduce(0) { sum, row in
            let relative = (counts[row] - fitted[row]) / fitted[row]
            return sum + working[row] * relative * relative
        }
        dispersion = max(1, pearson / (rows - Double(design.columns)))
    }

    /// The Anscombe residual of a row, by its standard deviation: how far its count lies above its mean.
    func residual(_ row: Int, count: Double, leverage: Double) -> Double {
        let mean = means[row]
        let spread = (dispersion * (1 - leverage)).squareRoot()
        return 1.5 * (pow(count, 2.0 / 3) * pow(mean, -1.0 / 6) - mean.squareRoot()) / spread
    }

    /// The variance of the linear predictor at a row, without the dispersion.
    func variance(at row: [Double]) -> Double { Self.form(covariance, row) }

    private static func form(_ matrix: Matrix, _ row: [Double]) -> Double {
        zip(matrix * row, row).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static func deviance(_ counts: [Double], _ means: [Double], _ weights: [Double]) -> Double {
        counts.indices.reduce(0) { sum, row in
            let (count, mean) = (counts[row], means[row])
            return sum + 2 * weights[row] * ((count > 0 ? count * log(count / mean) : 0) - (count - mean))
        }
    }
}
