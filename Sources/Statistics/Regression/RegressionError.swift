public import LinearAlgebra

/// What can be wrong with the input of a regression estimator, or with its likelihood.
public enum RegressionError: Error, Equatable, Sendable {
    /// A setting of the estimator lies outside its documented range.
    case invalidParameter(name: String, value: Double)
    /// A response lies outside the range of the estimator.
    case invalidResponse(row: Int, value: Double)
    /// A weight is negative or not finite.
    case invalidWeight(row: Int, weight: Double)
    /// A covariate is not finite.
    case invalidCovariate(row: Int, column: Int)
    /// An offset is not finite.
    case invalidOffset(row: Int, offset: Double)
    /// There is no row of positive weight.
    case noObservation
    /// The columns of the design, on the rows of positive weight, are linearly dependent.
    case rankDeficient(rank: Int, columns: Int)
    /// The likelihood keeps rising as the coefficient of this column goes to infinity.
    case separation(column: Int)
    /// The iteration did not reach its tolerance.
    case notConverged(iterations: Int)
    /// A matrix routine failed, as it does when products overflow.
    case linearAlgebra(LinearAlgebraError)
}

extension RegressionError: CustomStringConvertible {
    /// One line for people; rows and columns count from 0.
    public var description: String {
        switch self {
        case .invalidParameter(let name, let value): "\(name) is \(value), outside its range"
        case .invalidResponse(let row, let value): "row \(row): the response \(value) is outside its range"
        case .invalidWeight(let row, let weight): "row \(row): the weight \(weight) is negative or not finite"
        case .invalidCovariate(let row, let column): "row \(row), column \(column): the covariate is not finite"
        case .invalidOffset(let row, let offset): "row \(row): the offset \(offset) is not finite"
        case .noObservation: "there is no row of positive weight"
        case .rankDeficient(let rank, let columns): "the \(columns) columns of the design have rank \(rank)"
        case .separation(let column): "the likelihood rises without end in the coefficient of column \(column)"
        case .notConverged(let iterations): "the fit did not converge in \(iterations) iterations"
        case .linearAlgebra(let error): "the equations could not be solved: \(error)"
        }
    }

    static func check(penalties: [Double]) throws(RegressionError) {
        if let penalty = penalties.first(where: { !($0 >= 0 && $0.isFinite) }) {
            throw .invalidParameter(name: "penalty", value: penalty)
        }
    }

    static func check(maximumIterations: Int) throws(RegressionError) {
        guard maximumIterations >= 1 else {
            throw .invalidParameter(name: "maximumIterations", value: Double(maximumIterations))
        }
    }

    /// Runs a matrix routine and gives its error the type of the estimators.
    static func wrapping<Value>(
        _ routine: () throws(LinearAlgebraError) -> Value
    ) throws(RegressionError) -> Value {
        do { return try routine() } catch { throw .linearAlgebra(error) }
    }
}
