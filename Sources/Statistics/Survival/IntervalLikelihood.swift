import LinearAlgebra

/// The penalised log-likelihood of a discrete hazard regression.
///
/// Parameters are the intercepts of the intervals and the standardised coefficients.
struct IntervalLikelihood {
    /// The intervals of one row.
    struct Span {
        /// The row counts in the intervals 0 to `entered - 1`.
        let entered: Int
        /// Whether its event falls into the last of them.
        let event: Bool
    }

    let link: HazardLink
    let intervals: Int
    let design: StandardizedDesign
    let spans: [Span]
    let weights: [Double]

    /// The observed share of events in each interval, moved away from one, and no effects.
    var start: [Double] {
        var events = [Double](repeating: 0, count: intervals)
        var atRisk = events
        for (span, weight) in zip(spans, weights) {
            for interval in 0..<span.entered { atRisk[interval] += weight }
            if span.event { events[span.entered - 1] += weight }
        }
        let intercepts = zip(events, atRisk).map { link.predictor(min($0 / $1, 0.9)) }
        return intercepts + [Double](repeating: 0, count: design.matrix.columns)
    }

    /// The value and its derivatives, the second ones observed or expected.
    func point(_ parameters: [Double], expected: Bool) -> NewtonMaximization.Point {
        let columns = design.matrix.columns
        let coefficients = Array(parameters[intervals...])
        let effects = design.matrix * coefficients
        var value = design.penalty(coefficients)
        var gradient = [Double](repeating: 0, count: intervals + columns)
        var information = Matrix(rows: intervals + columns, columns: intervals + columns)
        var rowSlopes = [Double](repeating: 0, count: spans.count)
        var rowCurvatures = rowSlopes
        for interval in 0..<intervals {
            var curvatures = [Double](repeating: 0, count: spans.count)
            for (row, span) in spans.enumerated() where interval < span.entered {
                let event = span.event && interval == span.entered - 1
                let term = link.logTerm(parameters[interval] + effects[row], event: event)
                let weight = weights[row]
                let curvature = weight * max(0, expected ? term.expected : term.observed)
                value += weight * term.value
                gradient[interval] += weight * term.slope
                rowSlopes[row] += weight * term.slope
                curvatures[row] = curvature
                rowCurvatures[row] += curvature
            }
            information[interval, interval] = curvatures.reduce(0, +)
            for (j, sum) in design.matrix.transposedTimes(curvatures).enumerated() {
                information[intervals + j, interval] = sum
                information[interval, intervals + j] = sum
            }
        }
        let slopes = design.matrix.transposedTimes(rowSlopes)
        let gram = design.matrix.gram(weights: rowCurvatures)
        for j in 0..<columns {
            gradient[intervals + j] = slopes[j] - design.ridge[j] * coefficients[j]
            for k in 0..<columns { information[intervals + j, intervals + k] = gram[j, k] }
            information[intervals + j, intervals + j] += design.ridge[j]
        }
        return .init(value: value, gradient: gradient, information: information)
    }

    func largestChange(_ step: [Double]) -> NewtonMaximization.Change {
        let effects = design.largestChange(Array(step[intervals...]))
        let intercepts = step.prefix(intervals).reduce(0) { max($0, abs($1)) }
        return effects.size > intercepts ? effects : .init(size: intercepts, column: nil)
    }
}
