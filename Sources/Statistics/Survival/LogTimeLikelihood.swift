import Glibc
import LinearAlgebra

/// The penalised log-likelihood of an accelerated failure time regression.
///
/// Parameters are the intercept, the standardised coefficients and the logarithm of the scale.
struct LogTimeLikelihood {
    let family: LogTimeFamily
    let design: StandardizedDesign
    let logTimes: [Double]
    let events: [Bool]
    let weights: [Double]

    /// No effect, and the mean and standard deviation of the logarithm as if nothing were censored.
    var start: [Double] {
        let total = weights.reduce(0, +)
        let mean = zip(weights, logTimes).reduce(0) { $0 + $1.0 * $1.1 } / total
        let variance = zip(weights, logTimes).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / total
        let effects = [Double](repeating: 0, count: design.matrix.columns)
        return [mean] + effects + [variance > 0 ? 0.5 * log(variance) : 0]
    }

    func point(_ parameters: [Double]) -> NewtonMaximization.Point {
        let columns = design.matrix.columns
        let coefficients = Array(parameters[1..<columns + 1])
        let logScale = parameters[columns + 1]
        let scale = exp(logScale)
        let effects = design.matrix * coefficients
        var value = design.penalty(coefficients)
        // Minus the derivatives by the linear predictor (once, twice), and by it and the logarithm of the scale.
        var slopes: [Double] = []
        var curvatures: [Double] = []
        var mixed: [Double] = []
        var scaleSlope = 0.0
        var scaleCurvature = 0.0
        for (row, logTime) in logTimes.enumerated() {
            let weight = weights[row]
            let w = (logTime - parameters[0] - effects[row]) / scale
            let term = family.logTerm(w, event: events[row])
            value += weight * (term.value - (events[row] ? logScale + logTime : 0))
            slopes.append(-weight * term.first / scale)
            curvatures.append(max(0, -weight * term.second / (scale * scale)))
            mixed.append(-weight * (term.second * w + term.first) / scale)
            scaleSlope -= weight * (term.first * w + (events[row] ? 1 : 0))
            scaleCurvature -= weight * (term.second * w + term.first) * w
        }

        var gradient = [slopes.reduce(0, +)] + design.matrix.transposedTimes(slopes) + [scaleSlope]
        let last = columns + 1
        var information = Matrix(rows: columns + 2, columns: columns + 2)
        information[0, 0] = curvatures.reduce(0, +)
        information[last, 0] = mixed.reduce(0, +)
        information[last, last] = scaleCurvature
        let gram = design.matrix.gram(weights: curvatures.map { $0.isFinite ? $0 : 0 })
        let interceptBorder = design.matrix.transposedTimes(curvatures)
        let scaleBorder = design.matrix.transposedTimes(mixed)
        for j in 0..<columns {
            gradient[j + 1] -= design.ridge[j] * coefficients[j]
            information[j + 1, 0] = interceptBorder[j]
            information[last, j + 1] = scaleBorder[j]
            for k in 0...j { information[j + 1, k + 1] = gram[j, k] }
            information[j + 1, j + 1] += design.ridge[j]
        }
        for j in 0...last {
            for k in 0..<j { information[k, j] = information[j, k] }
        }
        return .init(value: value, gradient: gradient, information: information)
    }

    /// A step of the logarithm of the scale counts as a change of a linear predictor of unit distance from its mean.
    func largestChange(_ step: [Double]) -> NewtonMaximization.Change {
        let columns = design.matrix.columns
        let effects = design.largestChange(Array(step[1..<columns + 1]))
        let others = max(abs(step[0]), abs(step[columns + 1]))
        return effects.size > others ? effects : .init(size: others, column: nil)
    }
}
