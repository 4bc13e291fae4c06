import LinearAlgebra

/// An interior point near the coefficients that minimise `Σ ρ_τ(yᵢ - xᵢᵀβ)`.
///
/// Mehrotra's predictor-corrector on the bounded dual `max yᵀa, Xᵀa = (1 - τ) Xᵀ1, 0 ≤ a ≤ 1`, as in S. Portnoy, R. Koenker, "The
/// Gaussian hare and the Laplacian tortoise", Statistical Science 12 (1997), doi:10.1214/ss/1030037960, section 3. It may stop
/// anywhere: ``QuantileVertex`` makes the result exact.
struct FrischNewton {
    private let design: Matrix
    private let responses: [Double]
    /// The dual variables and their distance from the upper bound.
    private var dual: [Double]
    private var slack: [Double]
    /// The multipliers of the two bounds: the negative and the positive parts of the residuals.
    private var lower: [Double]
    private var upper: [Double]
    private(set) var coefficients: [Double]
    private(set) var iterations = 0

    private struct Step {
        var dual: [Double]
        var coefficients: [Double]
        var lower: [Double]
        var upper: [Double]
        var dualLength = 1.0
        var residualLength = 1.0
    }

    init(_ design: Matrix, _ responses: [Double], level: Double, start: [Double]) {
        self.design = design
        self.responses = responses
        coefficients = start
        dual = responses.map { _ in 1 - level }
        slack = responses.map { _ in level }
        let residuals = zip(responses, design * start).map { $0 - $1 }
        let scale = residuals.reduce(0) { $0 + abs($1) } / Double(max(1, residuals.count))
        let margin = scale > 0 ? 1e-3 * scale : 1
        lower = residuals.map { max(-$0, 0) + margin }
        upper = residuals.map { max($0, 0) + margin }
        let target = 1e-8 * (1e-300 + scale * Double(residuals.count))
        while iterations < 60, gap > target, advance() { iterations += 1 }
    }

    /// The complementarity, which is zero at the solution.
    private var gap: Double { dot(lower, dual) + dot(upper, slack) }

    /// One predictor and one corrector step; false if the equations can no longer be solved.
    private mutating func advance() -> Bool {
        let scales = dual.indices.map { 1 / (lower[$0] / dual[$0] + upper[$0] / slack[$0]) }
        guard let factor = try? CholeskyFactorization(design.gram(weights: scales)) else { return false }
        let zeros = [Double](repeating: 0, count: dual.count)
        var step = step(factor, scales, centering: 0, dualProduct: zeros, slackProduct: zeros)
        if min(step.dualLength, step.residualLength) < 1 {
            let before = gap
            var after = 0.0
            for i in dual.indices {
                let change = step.dualLength * step.dual[i]
                after += (lower[i] + step.residualLength * step.lower[i]) * (dual[i] + change)
                after += (upper[i] + step.residualLength * step.upper[i]) * (slack[i] - change)
            }
            let ratio = after / before
            step = self.step(
                factor, scales, centering: before * ratio * ratio * ratio / Double(2 * dual.count),
                dualProduct: zip(step.dual, step.lower).map { $0 * $1 },
                slackProduct: zip(step.dual, step.upper).map { -$0 * $1 })
        }
        guard step.coefficients.allSatisfy(\.isFinite) else { return false }
        for i in dual.indices {
            dual[i] += step.dualLength * step.dual[i]
            slack[i] -= step.dualLength * step.dual[i]
            lower[i] += step.residualLength * step.lower[i]
            upper[i] += step.residualLength * step.upper[i]
        }
        for j in coefficients.indices { coefficients[j] += step.residualLength * step.coefficients[j] }
        return true
    }

    /// The Newton step towards `lower · dual = centering - dualProduct` and `upper · slack = centering - slackProduct`.
    private func step(
        _ factor: CholeskyFactorization, _ scales: [Double], centering: Double, dualProduct: [Double],
        slackProduct: [Double]
    ) -> Step {
        let fitted = design * coefficients
        // What is left of a residual after both multipliers have moved to their targets at the present dual point.
        let target = dual.indices.map { i in
            responses[i] - fitted[i] + (centering - dualProduct[i]) / dual[i] - (centering - slackProduct[i]) / slack[i]
        }
        let shift = factor.solve(design.transposedTimes(zip(scales, target).map { $0 * $1 }))
        let moved = design * shift
        var step = Step(
            dual: dual.indices.map { scales[$0] * (target[$0] - moved[$0]) }, coefficients: shift, lower: lower,
            upper: upper)
        for i in dual.indices {
            step.lower[i] = (centering - dualProduct[i] - lower[i] * step.dual[i]) / dual[i] - lower[i]
            step.upper[i] = (centering - slackProduct[i] + upper[i] * step.dual[i]) / slack[i] - upper[i]
        }
        step.dualLength = min(
            FrischNewton.length(dual, step.dual), FrischNewton.length(slack, step.dual.map { -$0 }))
        step.residualLength = min(
            FrischNewton.length(lower, step.lower), FrischNewton.length(upper, step.upper))
        return step
    }

    /// The part of a step that keeps positive values positive, with a margin.
    private static func length(_ values: [Double], _ step: [Double]) -> Double {
        var length = Double.infinity
        for i in values.indices where step[i] < 0 { length = min(length, -values[i] / step[i]) }
        return min(1, 0.99995 * length)
    }
}
