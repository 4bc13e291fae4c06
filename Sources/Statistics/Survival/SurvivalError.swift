/// What can be wrong with the input of a survival estimator, or with its likelihood.
public enum SurvivalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A setting of the estimator lies outside its documented range.
    case invalidParameter(name: String, value: Double)
    /// A time is negative or not finite.
    case invalidTime(row: Int, time: Double)
    /// A time is zero where its logarithm is needed.
    case nonPositiveTime(row: Int, time: Double)
    /// A weight is negative or not finite.
    case invalidWeight(row: Int, weight: Double)
    /// A covariate is not finite.
    case invalidCovariate(row: Int, column: Int)
    /// There is no row of positive weight.
    case noObservation
    /// There is no event: every row is censored.
    case allCensored
    /// No event falls into an interval, numbered from 0, so that its hazard would be estimated as zero.
    case noEvent(interval: Int)
    /// The columns of the design, less their means, are linearly dependent.
    case rankDeficient(rank: Int, columns: Int)
    /// The likelihood keeps rising as a coefficient goes to infinity (separation); no column if it is an intercept.
    case monotoneLikelihood(column: Int?)
    /// The linear predictor fits the events perfectly, so that the scale goes to zero.
    case vanishingScale
    /// Newton's method did not reach its tolerance.
    case notConverged(iterations: Int)

    /// One line for people; rows and columns count from 0.
    public var description: String {
        switch self {
        case .invalidParameter(let name, let value): "\(name) is \(value), outside its range"
        case .invalidTime(let row, let time): "row \(row): the time \(time) is negative or not finite"
        case .nonPositiveTime(let row, let time): "row \(row): the time \(time) is not above zero"
        case .invalidWeight(let row, let weight): "row \(row): the weight \(weight) is negative or not finite"
        case .invalidCovariate(let row, let column): "row \(row), column \(column): the covariate is not finite"
        case .noObservation: "there is no row of positive weight"
        case .allCensored: "there is no event: every row is censored"
        case .noEvent(let interval): "no event falls into interval \(interval)"
        case .rankDeficient(let rank, let columns): "the \(columns) columns of the design have rank \(rank)"
        case .monotoneLikelihood(let column?): "the likelihood rises without end in the coefficient of column \(column)"
        case .monotoneLikelihood(nil): "the likelihood rises without end in an intercept"
        case .vanishingScale: "the events are fitted perfectly and the scale goes to zero"
        case .notConverged(let iterations): "the fit did not converge in \(iterations) iterations"
        }
    }

    static func check(ridge: [Double], maximumIterations: Int) throws(SurvivalError) {
        if let penalty = ridge.first(where: { !($0 >= 0 && $0.isFinite) }) {
            throw .invalidParameter(name: "ridge", value: penalty)
        }
        guard maximumIterations >= 1 else {
            throw .invalidParameter(name: "maximumIterations", value: Double(maximumIterations))
        }
    }
}
