import LinearAlgebra

/// Newton's method for the maximum of a penalised log-likelihood, damped and with step halving.
///
/// Ends with one more step after the decrement (twice the expected gain) is below 1e-12, so that by quadratic
/// convergence the error is about 1e-12 of a standard error.
struct NewtonMaximization {
    /// The objective and its derivatives at one point; `information` is minus the matrix of second derivatives.
    struct Point {
        var value: Double
        var gradient: [Double]
        var information: Matrix
    }

    /// The largest change of a linear predictor, and the column of the design that makes it.
    struct Change {
        let size: Double
        let column: Int?
    }

    let maximumIterations: Int
    /// The sum of the weights, so that the tolerance holds for likelihoods of small weights too.
    let totalWeight: Double

    /// The parameters at the maximum, the point there, and the number of steps.
    ///
    /// - Parameters:
    ///   - largestChange: the effect of a step on the linear predictors. The first step is shortened to a change of 5,
    ///     each later one to twice as much as the one before, so that a poor start cannot throw it far away.
    ///   - breakdown: an error if the parameters have gone where the likelihood has no maximum.
    /// - Throws: `monotoneLikelihood` if predictors still move when the likelihood has stopped rising.
    func maximize(
        from start: [Double],
        evaluate: ([Double]) -> Point,
        largestChange: ([Double]) -> Change,
        breakdown: ([Double]) -> SurvivalError? = { _ in nil }
    ) throws(SurvivalError) -> (parameters: [Double], point: Point, iterations: Int) {
        var parameters = start
        var point = evaluate(start)
        guard point.value.isFinite else { throw .notConverged(iterations: 0) }
        let tolerance = 1e-12 * min(1, totalWeight)
        var longest = 5.0
        for iteration in 1...maximumIterations {
            guard var step = direction(point) else { throw .notConverged(iterations: iteration) }
            let decrement = dot(step, point.gradient)
            let change = largestChange(step)
            if change.size > longest { step = step.map { $0 * longest / change.size } }
            longest *= 2
            if decrement < tolerance, change.size > 1e-3 { throw .monotoneLikelihood(column: change.column) }
            // Rounding of the value hides gains as small as this, where a whole Newton step is safe.
            let slack = 1e-11 * abs(point.value)
            guard let (next, candidate) = ascend(parameters, step, above: point.value - slack, evaluate) else {
                throw .notConverged(iterations: iteration)
            }
            parameters = next
            point = candidate
            if let error = breakdown(parameters) { throw error }
            if decrement < tolerance { return (parameters, point, iteration) }
        }
        throw .notConverged(iterations: maximumIterations)
    }

    /// The Newton direction, with a multiple of the diagonal added to an information matrix that is not positive
    /// definite.
    private func direction(_ point: Point) -> [Double]? {
        var information = point.information
        var damping = 1e-3
        while damping < 1e9 {
            if let factor = try? CholeskyFactorization(information) {
                let step = factor.solve(point.gradient)
                if step.allSatisfy(\.isFinite) { return step }
            }
            for j in point.gradient.indices {
                information[j, j] = point.information[j, j] + damping * max(abs(point.information[j, j]), 1e-8)
            }
            damping *= 10
        }
        return nil
    }

    private func ascend(
        _ parameters: [Double], _ step: [Double], above floor: Double, _ evaluate: ([Double]) -> Point
    ) -> ([Double], Point)? {
        var length = 1.0
        for _ in 0..<40 {
            let next = zip(parameters, step).map { $0 + length * $1 }
            let candidate = evaluate(next)
            if candidate.value >= floor, candidate.gradient.allSatisfy(\.isFinite) { return (next, candidate) }
            length /= 2
        }
        return nil
    }
}
