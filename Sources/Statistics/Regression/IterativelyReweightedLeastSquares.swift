import LinearAlgebra

/// The maximum of a log-likelihood with a canonical link less `½ Σ λⱼ βⱼ²`, by Newton's method with step halving.
///
/// With a canonical link Newton's method is Fisher scoring (P. McCullagh, J. A. Nelder, *Generalized Linear Models*, 1989, section
/// 2.5). The iteration takes one more step after the decrement (twice the expected gain) is below 1e-12, so that by quadratic
/// convergence the error is about 1e-12 of a standard error.
struct IterativelyReweightedLeastSquares<Family: ResponseFamily> {
    let sample: WeightedSample
    let family: Family
    let penalties: [Double]
    let maximumIterations: Int

    /// The maximum, and what the fitted values are made from.
    struct Solution {
        let coefficients: [Double]
        /// The log-likelihood without its constant and without the penalty.
        let logLikelihood: Double
        let gram: PenalizedGram
        let iterations: Int
    }

    private struct Point {
        var coefficients: [Double]
        var logLikelihood: Double
        var penalized: Double
        var gradient: [Double]
        var information: [Double]
    }

    /// - Throws: `rankDeficient` if the columns do not determine the coefficients; `separation` if predictors still move when the
    ///   likelihood has stopped rising; `notConverged`.
    func solve() throws(RegressionError) -> Solution {
        // A design without full rank must be told from one that loses its rank where the variances vanish.
        _ = try PenalizedGram(sample.design, weights: sample.weights, penalties: penalties)
        var point = try start()
        let tolerance = 1e-12 * min(1, sample.weights.reduce(0, +))
        for iteration in 1...maximumIterations {
            let step = try direction(point, from: point.gradient)
            let decrement = dot(step, point.gradient)
            let change = (sample.design * step).reduce(0) { max($0, abs($1)) }
            if decrement < tolerance, change > 1e-3 { throw .separation(column: movingColumn(step)) }
            guard let next = ascend(point, step) else { throw .notConverged(iterations: iteration) }
            point = next
            guard decrement < tolerance else { continue }
            let gram = try PenalizedGram(sample.design, weights: point.information, penalties: penalties)
            return Solution(
                coefficients: point.coefficients, logLikelihood: point.logLikelihood, gram: gram,
                iterations: iteration)
        }
        throw .notConverged(iterations: maximumIterations)
    }

    /// The least-squares fit to the linear predictors guessed from the responses, or zero if that is no place to start.
    private func start() throws(RegressionError) -> Point {
        let zero = evaluate([Double](repeating: 0, count: sample.design.columns))
        var guess = zero
        let working = sample.responses.indices.map { i in
            let predictor = family.startingPredictor(sample.responses[i])
            let observation = family.evaluate(sample.responses[i], at: predictor)
            guess.information[i] = sample.weights[i] * observation.variance
            return guess.information[i] * (predictor - sample.offset[i])
                + sample.weights[i] * observation.residual
        }
        guess = evaluate(try direction(guess, from: sample.design.transposedTimes(working)))
        if isUsable(guess), guess.penalized >= zero.penalized || !isUsable(zero) { return guess }
        guard isUsable(zero) else { throw .notConverged(iterations: 0) }
        return zero
    }

    private func isUsable(_ point: Point) -> Bool {
        point.penalized.isFinite && point.gradient.allSatisfy(\.isFinite) && point.information.allSatisfy(\.isFinite)
    }

    private func evaluate(_ coefficients: [Double]) -> Point {
        let predictors = zip(sample.design * coefficients, sample.offset).map { $0 + $1 }
        var logLikelihood = 0.0
        var residuals = predictors
        var information = predictors
        for (i, predictor) in predictors.enumerated() {
            let observation = family.evaluate(sample.responses[i], at: predictor)
            logLikelihood += sample.weights[i] * observation.value
            residuals[i] = sample.weights[i] * observation.residual
            information[i] = sample.weights[i] * observation.variance
        }
        var gradient = sample.design.transposedTimes(residuals)
        var penalty = 0.0
        for (j, lambda) in penalties.enumerated() {
            gradient[j] -= lambda * coefficients[j]
            penalty += 0.5 * lambda * coefficients[j] * coefficients[j]
        }
        return Point(
            coefficients: coefficients, logLikelihood: logLikelihood, penalized: logLikelihood - penalty,
            gradient: gradient, information: information)
    }

    private func direction(_ point: Point, from gradient: [Double]) throws(RegressionError) -> [Double] {
        var information = sample.design.gram(weights: point.information)
        for (j, lambda) in penalties.enumerated() { information[j, j] += lambda }
        if let factor = try? CholeskyFactorization(information) {
            let step = factor.solve(gradient)
            if step.allSatisfy(\.isFinite) { return step }
        }
        do throws(RegressionError) {
            return try PenalizedGram(sample.design, weights: point.information, penalties: penalties).inverse * gradient
        } catch .rankDeficient {
            throw .separation(column: movingColumn(point.coefficients))
        }
    }

    private func ascend(_ point: Point, _ step: [Double]) -> Point? {
        // Rounding of the value hides gains as small as this, where a whole Newton step is safe.
        let floor = point.penalized - 1e-11 * abs(point.penalized)
        var length = 1.0
        for _ in 0..<60 {
            let next = evaluate(zip(point.coefficients, step).map { $0 + length * $1 })
            if isUsable(next), next.penalized >= floor { return next }
            length /= 2
        }
        return nil
    }

    /// The column through which a step moves a predictor the most.
    private func movingColumn(_ step: [Double]) -> Int {
        let moves = step.indices.map { j in
            abs(step[j]) * sample.design.column(j).reduce(0) { max($0, abs($1)) }
        }
        return moves.indices.max { moves[$0] < moves[$1] } ?? 0
    }
}
