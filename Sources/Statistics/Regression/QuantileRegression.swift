import Glibc
public import LinearAlgebra

/// The conditional quantile of the response as a linear function: minimises `Σ wᵢ ρ_τ(yᵢ - xᵢᵀβ)` with
/// `ρ_τ(r) = r (τ - [r < 0])`.
///
/// An interior point method comes near the solution and a walk over the vertices makes it exact, so that as many residuals are zero
/// (to rounding) as there are columns. Where several vertices have the same loss, one of them is returned. The design holds its own
/// column of ones where an intercept is wanted. A row of weight 2 moves the coefficients as two equal rows do; for the covariance
/// it is one observation multiplied by its weight, as in R's `quantreg`. A row of weight 0 is as if it were not there.
///
/// The covariance is that of Hendricks and Koenker (`se = "nid"` in `quantreg`): the errors are independent but not identically
/// distributed, and their densities at the quantile are difference quotients of fits at `τ ± h` with the bandwidth of Hall and
/// Sheather.
///
/// Source: R. Koenker, *Quantile Regression*, 2005, sections 3.4.2 and 6.
public struct QuantileRegression: Sendable {
    /// The level `τ` of the quantile, between 0 and 1.
    public let level: Double

    /// Takes the level of the quantile.
    ///
    /// - Throws: `invalidParameter` unless `0 < level < 1`.
    public init(level: Double) throws(RegressionError) {
        guard level > 0, level < 1 else { throw .invalidParameter(name: "level", value: level) }
        self.level = level
    }

    /// Fits the coefficients.
    ///
    /// - Parameters:
    ///   - design: One row an observation, one column a coefficient.
    ///   - responses: One finite response a row.
    ///   - weights: One weight a row, not negative; `nil` for weights of 1.
    /// - Throws: `invalidResponse`, `invalidWeight`, `invalidCovariate`, `noObservation`; `rankDeficient` if the columns are
    ///   linearly dependent; `notConverged` if the walk does not end; `linearAlgebra` if products overflow.
    /// - Complexity: O(rows · columns²) an interior step, of which there are 10 to 30; O(rows · columns + rows log rows) a
    ///   step of the walk. The covariance needs two more fits.
    public func fit(
        _ design: Matrix, _ responses: [Double], weights: [Double]? = nil
    ) throws(RegressionError) -> FittedQuantileRegression {
        let sample = try WeightedSample(design, responses, weights: weights)
        let scaled = ScaledSample(sample)
        let gram = try PenalizedGram(scaled.design, weights: scaled.unit)
        let solution = try scaled.solve(level: level)
        let residuals = sample.residuals(solution.coefficients)
        var loss = 0.0
        for (residual, weight) in zip(residuals, sample.weights) {
            loss += weight * max(level * residual, (level - 1) * residual)
        }
        let n = Double(sample.count)
        let logWeights = sample.weights.reduce(0) { $0 + log($1) }
        return FittedQuantileRegression(
            level: level,
            coefficients: solution.coefficients,
            covariance: try covariance(scaled, gram),
            loss: loss,
            logLikelihood: n * (log(level * (1 - level)) - 1 - log(loss / n)) + logWeights,
            degreesOfFreedom: sample.count - design.columns,
            iterations: solution.iterations)
    }

    /// `τ (1 - τ) H⁻¹ XᵀX H⁻¹` with `H = Xᵀ diag(f) X`; all NaN where too few densities are positive for an inverse.
    private func covariance(_ scaled: ScaledSample, _ gram: PenalizedGram) throws(RegressionError) -> Matrix {
        let columns = scaled.design.columns
        var width = bandwidth(count: scaled.responses.count)
        while level - width <= 0 || level + width >= 1 { width /= 2 }
        let above = try scaled.solve(level: level + width).coefficients
        let below = try scaled.solve(level: level - width).coefficients
        let spread = scaled.design * zip(above, below).map { $0 - $1 }
        let densities = spread.map { max(0, 2 * width / ($0 - Double.ulpOfOne.squareRoot())) }
        do throws(RegressionError) {
            guard densities.allSatisfy(\.isFinite) else { throw .rankDeficient(rank: 0, columns: columns) }
            let inverse = try PenalizedGram(scaled.design, weights: densities).inverse
            return (inverse * scaled.design.gram() * inverse).scaled(by: level * (1 - level))
        } catch .rankDeficient {
            return Matrix(rows: columns, columns: columns, repeating: .nan)
        }
    }

    /// The bandwidth of Hall and Sheather for a confidence of 95 %.
    ///
    /// Source: P. Hall, S. J. Sheather, "On the distribution of a studentized quantile", J. R. Statist. Soc. B 50 (1988).
    private func bandwidth(count: Int) -> Double {
        let normal = Normal.standard
        let z = normal.quantile(level)
        let density = normal.density(z)
        let confidence = pow(normal.quantile(0.975), 2.0 / 3)
        return pow(Double(count), -1.0 / 3) * confidence * cbrt(1.5 * density * density / (2 * z * z + 1))
    }
}

/// Rows and responses times their weights, which turns a weighted loss into an unweighted one.
private struct ScaledSample {
    let design: Matrix
    let responses: [Double]
    let unit: [Double]
    /// The design with columns divided by powers of two, so that no row looks dependent by its units.
    private let equilibrated: Matrix
    private let exponents: [Int]

    init(_ sample: WeightedSample) {
        var design = sample.design
        for column in 0..<design.columns {
            for row in 0..<design.rows { design.elements[column * design.rows + row] *= sample.weights[row] }
        }
        self.design = design
        exponents = design.equilibrateColumns()
        equilibrated = design
        responses = zip(sample.responses, sample.weights).map { $0 * $1 }
        unit = [Double](repeating: 1, count: responses.count)
    }

    func solve(level: Double) throws(RegressionError) -> (coefficients: [Double], iterations: Int) {
        let least = try RegressionError.wrapping { () throws(LinearAlgebraError) in
            try LeastSquares(equilibrated, responses).coefficients
        }
        let residuals = zip(responses, equilibrated * least).map { abs($0 - $1) }
        let size = 1e-6 * residuals.reduce(0, +) / Double(residuals.count)
        // A fixed seed, so that equal input gives equal bits.
        var generator = SplitMix64(seed: 1)
        let perturbed = responses.map { $0 + size * Double.random(in: -1...1, using: &generator) }
        let interior = FrischNewton(equilibrated, perturbed, level: level, start: least)
        let vertex = try QuantileVertex(
            equilibrated, responses, perturbed: perturbed, level: level, start: interior.coefficients,
            maximumSteps: 2000 + 100 * design.columns)
        let coefficients = zip(vertex.coefficients, exponents).map { scalbn($0, -$1) }
        return (coefficients, interior.iterations + vertex.steps)
    }
}
