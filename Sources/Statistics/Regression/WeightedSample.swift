import LinearAlgebra

/// The rows of positive weight, checked, so that a row of weight 0 is as if it were not there.
struct WeightedSample {
    let design: Matrix
    let responses: [Double]
    let weights: [Double]
    let offset: [Double]

    /// Checks and takes the rows; the row numbers of errors are those of the arguments.
    init(
        _ design: Matrix, _ responses: [Double], weights: [Double]?, offset: [Double]? = nil,
        accepts: (Double) -> Bool = { $0.isFinite }
    ) throws(RegressionError) {
        precondition(responses.count == design.rows, "there is one response a row")
        precondition(weights.map { $0.count == design.rows } ?? true, "there is one weight a row")
        precondition(offset.map { $0.count == design.rows } ?? true, "there is one offset a row")
        let weights = weights ?? [Double](repeating: 1, count: design.rows)
        let offset = offset ?? [Double](repeating: 0, count: design.rows)
        for (row, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
            throw .invalidWeight(row: row, weight: weight)
        }
        let rows = weights.indices.filter { weights[$0] > 0 }
        guard !rows.isEmpty else { throw .noObservation }
        for row in rows {
            guard accepts(responses[row]) else { throw .invalidResponse(row: row, value: responses[row]) }
            guard offset[row].isFinite else { throw .invalidOffset(row: row, offset: offset[row]) }
        }
        var elements: [Double] = []
        elements.reserveCapacity(rows.count * design.columns)
        for column in 0..<design.columns {
            for row in rows {
                let value = design.elements[column * design.rows + row]
                guard value.isFinite else { throw .invalidCovariate(row: row, column: column) }
                elements.append(value)
            }
        }
        self.design = Matrix(rows: rows.count, columns: design.columns, elements: elements)
        self.responses = rows.map { responses[$0] }
        self.weights = rows.map { weights[$0] }
        self.offset = rows.map { offset[$0] }
    }

    var count: Int { responses.count }

    /// The responses times the square roots of the weights.
    var scaledResponses: [Double] { zip(responses, weights).map { $0 * $1.squareRoot() } }

    /// The sum of the weighted squares of residuals.
    func sumOfSquares(_ residuals: [Double]) -> Double {
        zip(weights, residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    }

    /// The responses less the fitted values.
    func residuals(_ coefficients: [Double]) -> [Double] {
        zip(responses, design * coefficients).map { $0 - $1 }
    }
}

extension Matrix {
    /// The rows times the square roots of the weights, and below them one row `√penalty` for each positive penalty.
    ///
    /// Its Gram matrix is that of the design plus the penalties, without the rounding of a sum.
    func augmented(weights: [Double], penalties: [Double]) -> Matrix {
        let penalized = penalties.indices.filter { penalties[$0] > 0 }
        let roots = weights.map { $0.squareRoot() }
        var result = Matrix(rows: rows + penalized.count, columns: columns)
        for column in 0..<columns {
            for row in 0..<rows {
                result.elements[column * result.rows + row] = roots[row] * elements[column * rows + row]
            }
        }
        for (extra, column) in penalized.enumerated() {
            result[rows + extra, column] = penalties[column].squareRoot()
        }
        return result
    }

    /// Every element times a factor.
    func scaled(by factor: Double) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: elements.map { $0 * factor })
    }
}
