internal import Glibc
internal import LinearAlgebra

/// What speaks for one of several alternatives, learnt from choices of which it is known what was right.
///
/// The alternative i with the values x comes true with the probability `exp(β · xᵢ) / Σ exp(β · xⱼ)` (McFadden 1974, "Conditional logit analysis of
/// qualitative choice behavior"); where several are right, that is the sum of theirs. The weights are the mode under independent normal priors. As sums stand in
/// the likelihood it has no single maximum for certain: each step climbs from the prior means along `F⁻¹ g` of the gradient g and the curvature F that the
/// choices have where nobody knows what was right, which is that of expectation and maximisation (Dempster, Laird and Rubin 1977).
public struct ConditionalLogit: Sendable {
    /// Alternatives, of which some are right.
    public struct Choice: Sendable {
        /// The values of the alternatives, one row each.
        public var values: [[Double]]
        /// Whether each is right.
        public var isRight: [Bool]

        /// Creates a choice.
        public init(values: [[Double]], isRight: [Bool]) {
            precondition(values.count == isRight.count, "each alternative is right or not")
            self.values = values
            self.isRight = isRight
        }
    }

    private static let mostSteps = 100
    private static let mostHalvings = 30
    /// The gain of the log-likelihood by which the climb ends.
    private static let leastGain = 1e-9

    private let means: [Double]
    private let precisions: [Double]

    /// Creates an estimator.
    ///
    /// - Parameters:
    ///   - means: What each weight is expected to be before anything was seen.
    ///   - deviations: How far each may lie from that, above 0.
    public init(means: [Double], deviations: [Double]) {
        precondition(means.count == deviations.count && deviations.allSatisfy { $0 > 0 }, "each weight has a prior")
        self.means = means
        precisions = deviations.map { 1 / ($0 * $0) }
    }

    /// Learns the weights.
    ///
    /// - Parameter choices: The choices; one without a right or without a wrong alternative says nothing.
    /// - Returns: The weights; their prior means where nothing was said.
    /// - Throws: `invalidCovariate` with the number of a choice and of a value that is not finite, `linearAlgebra`.
    public func fit(_ choices: [Choice]) throws(RegressionError) -> [Double] {
        for (row, choice) in choices.enumerated() {
            for values in choice.values {
                precondition(values.count == means.count, "each alternative has a value for each weight")
                if let column = values.firstIndex(where: { !$0.isFinite }) {
                    throw .invalidCovariate(row: row, column: column)
                }
            }
        }
        let telling = choices.filter { $0.isRight.contains(true) && $0.isRight.contains(false) }
        var point = evaluate(means, telling)
        for _ in 0..<Self.mostSteps {
            let step: [Double]
            do throws(LinearAlgebraError) {
                step = try CholeskyFactorization(point.curvature).solve(point.gradient)
            } catch {
                throw .linearAlgebra(error)
            }
            var length = 1.0
            var next = evaluate(moved(point.weights, step, length), telling)
            for _ in 0..<Self.mostHalvings where !(next.height >= point.height) {
                length /= 2
                next = evaluate(moved(point.weights, step, length), telling)
            }
            let gain = next.height - point.height
            guard gain > 0 else { break }
            point = next
            if gain < Self.leastGain { break }
        }
        return point.weights
    }

    private struct Point {
        var weights: [Double]
        /// The log-likelihood with that of the priors.
        var height = 0.0
        var gradient: [Double]
        var curvature: Matrix
    }

    private func moved(_ weights: [Double], _ step: [Double], _ length: Double) -> [Double] {
        zip(weights, step).map { $0 + length * $1 }
    }

    private func evaluate(_ weights: [Double], _ choices: [Choice]) -> Point {
        let size = weights.count
        var point = Point(
            weights: weights, gradient: [Double](repeating: 0, count: size),
            curvature: Matrix(rows: size, columns: size))
        for place in 0..<size {
            let distance = weights[place] - means[place]
            point.height -= precisions[place] * distance * distance / 2
            point.gradient[place] = -precisions[place] * distance
            point.curvature[place, place] = precisions[place]
        }
        for choice in choices { add(choice, to: &point) }
        return point
    }

    private func add(_ choice: Choice, to point: inout Point) {
        let size = point.weights.count
        let utilities = choice.values.map { dot($0, point.weights) }
        let largest = utilities.max() ?? 0
        let odds = utilities.map { exp($0 - largest) }
        let all = odds.reduce(0, +)
        let right = zip(odds, choice.isRight).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
        // Where the right ones have vanished beside others their share is as small as can be told.
        point.height += log(max(right, .leastNormalMagnitude) / all)
        var mean = [Double](repeating: 0, count: size)
        for (values, odds) in zip(choice.values, odds) {
            for place in 0..<size { mean[place] += odds / all * values[place] }
        }
        var (distances, shares) = (mean, mean)
        for (values, (odds, isRight)) in zip(choice.values, zip(odds, choice.isRight)) {
            let share = odds / all
            let own = isRight && right > 0 ? odds / right : 0
            for row in 0..<size {
                let distance = values[row] - mean[row]
                (distances[row], shares[row]) = (distance, share * distance)
                point.gradient[row] += own * distance
            }
            // What is below the diagonal, as its place is in memory.
            point.curvature.elements.withUnsafeMutableBufferPointer { curvature in
                shares.withUnsafeBufferPointer { shares in
                    for column in 0..<size {
                        let distance = distances[column]
                        for row in column..<size { curvature[column * size + row] += shares[row] * distance }
                    }
                }
            }
        }
    }
}
