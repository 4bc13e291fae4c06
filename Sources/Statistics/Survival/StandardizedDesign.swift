import LinearAlgebra

/// A design whose columns have weighted mean 0 and variance 1, on which Newton's method is well conditioned.
struct StandardizedDesign {
    let matrix: Matrix
    let means: [Double]
    let scales: [Double]
    /// The ridge penalties of the standardised coefficients.
    let ridge: [Double]

    /// Takes the rows `rows` of a design and checks that they determine every coefficient.
    ///
    /// - Parameters:
    ///   - weights: one weight above zero for each of `rows`.
    ///   - ridge: one penalty a column of the design, or none at all.
    init(_ design: Matrix, rows: [Int], weights: [Double], ridge: [Double]) throws(SurvivalError) {
        precondition(ridge.isEmpty || ridge.count == design.columns, "one ridge penalty a column")
        let total = weights.reduce(0, +)
        var elements: [Double] = []
        elements.reserveCapacity(rows.count * design.columns)
        var means: [Double] = []
        var scales: [Double] = []
        for j in 0..<design.columns {
            let column = rows.map { design[$0, j] }
            for (value, row) in zip(column, rows) where !value.isFinite { throw .invalidCovariate(row: row, column: j) }
            let mean = zip(weights, column).reduce(0) { $0 + $1.0 * $1.1 } / total
            let variance = zip(weights, column).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / total
            // What rounding leaves of a constant column must not be blown up into a covariate.
            let constant = variance.squareRoot() <= 1e-13 * abs(mean)
            let scale = constant ? 1 : variance.squareRoot()
            elements += column.map { constant ? 0 : ($0 - mean) / scale }
            means.append(mean)
            scales.append(scale)
        }
        matrix = Matrix(rows: rows.count, columns: design.columns, elements: elements)
        self.means = means
        self.scales = scales
        self.ridge = ridge.isEmpty ? means.map { _ in 0 } : zip(ridge, scales).map { $0 / ($1 * $1) }
        try checkRank()
    }

    private func checkRank() throws(SurvivalError) {
        guard matrix.columns > 0 else { return }
        // A penalty determines a coefficient as an observation of it would.
        guard ridge.count(where: { $0 > 0 }) < matrix.columns else { return }
        let augmented = matrix.augmented(weights: [Double](repeating: 1, count: matrix.rows), penalties: ridge)
        guard let rank = try? PivotedQR(augmented).rank else {
            throw .rankDeficient(rank: 0, columns: matrix.columns)
        }
        guard rank == matrix.columns else { throw .rankDeficient(rank: rank, columns: matrix.columns) }
    }

    /// The coefficients of the design as it was given.
    func coefficients(_ standardized: [Double]) -> [Double] { zip(standardized, scales).map { $0 / $1 } }

    /// What the means contribute to a linear predictor with these coefficients of the given design.
    func offset(_ coefficients: [Double]) -> Double { dot(coefficients, means) }

    /// The sum of `-ridge * coefficient^2 / 2`.
    func penalty(_ standardized: [Double]) -> Double {
        -0.5 * zip(ridge, standardized).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    }

    /// The largest change of a linear predictor by a change of the coefficients, and the column that makes it.
    func largestChange(_ change: [Double]) -> NewtonMaximization.Change {
        guard matrix.columns > 0 else { return .init(size: 0, column: nil) }
        let size = (matrix * change).reduce(0) { max($0, abs($1)) }
        let parts = change.indices.map { j in
            abs(change[j]) * matrix.column(j).reduce(0) { max($0, abs($1)) }
        }
        return .init(size: size, column: parts.indices.max { parts[$0] < parts[$1] })
    }
}
