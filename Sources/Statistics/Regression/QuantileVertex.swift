import LinearAlgebra

/// The exact minimum of `Σ ρ_τ(yᵢ - xᵢᵀβ)`, walking from vertex to vertex of the objective.
///
/// A vertex fits as many rows exactly as there are columns (the basis). It is optimal when the subgradient leaves each of these rows
/// a multiplier between `-τ` and `1 - τ`; if not, the row is dropped and the walk goes along its edge, past the sign changes of
/// other residuals, to the row where the objective stops falling: the second phase of I. Barrodale, F. D. K. Roberts, "An improved
/// algorithm for discrete l1 linear approximation", SIAM J. Numer. Anal. 10 (1973), doi:10.1137/0710069, generalised to quantiles by R.
/// Koenker, V. d'Orey, "Algorithm AS 229", Applied Statistics 36 (1987), doi:10.2307/2347802.
///
/// Ties (residuals of zero outside the basis) would allow endless steps of length zero. So the walk first goes to the optimum of
/// slightly perturbed responses, which have no ties, and from that basis to the optimum of the given ones. Which side of zero a row
/// counts to is part of the state: a tied row keeps the side that its perturbed residual had, and this is where nearly
/// always no step is left to do.
struct QuantileVertex {
    private let design: Matrix
    private let rows: Matrix
    /// The absolute values of the design.
    private let magnitudes: Matrix
    private var responses: [Double]
    private let level: Double
    private var basis: [Int]
    private var isAbove: [Bool]
    private(set) var coefficients: [Double]
    private(set) var steps = 0

    /// Walks to the optimum from the vertex next to `start`.
    ///
    /// - Parameter perturbed: The responses with small changes that leave no ties.
    /// - Throws: `notConverged` after `maximumSteps`; `rankDeficient` if no vertex exists.
    init(
        _ design: Matrix, _ responses: [Double], perturbed: [Double], level: Double, start: [Double], maximumSteps: Int
    ) throws(RegressionError) {
        self.design = design
        self.responses = perturbed
        self.level = level
        rows = design.transposed
        magnitudes = Matrix(rows: design.rows, columns: design.columns, elements: design.elements.map { abs($0) })
        coefficients = start
        isAbove = responses.map { _ in true }
        basis = []
        basis = try independentRows(nearest: residuals)
        try descend(maximumSteps: maximumSteps)
        self.responses = responses
        try descend(maximumSteps: maximumSteps)
    }

    /// The residuals at the coefficients; zero where they are only rounding of the terms that they are summed from.
    private var residuals: [Double] {
        let fitted = design * coefficients
        let terms = magnitudes * coefficients.map { abs($0) }
        let sizes = zip(terms, responses).map { $0 + abs($1) }
        // The coefficients carry the rounding of the rows that they are solved from.
        let solved = basis.reduce(0) { max($0, sizes[$1]) }
        return responses.indices.map { i in
            let residual = responses[i] - fitted[i]
            return abs(residual) <= 1e-13 * (sizes[i] + solved) ? 0 : residual
        }
    }

    private mutating func descend(maximumSteps: Int) throws(RegressionError) {
        var corner = try Corner(rows, basis)
        coefficients = try corner.solve(basis.map { responses[$0] })
        for (i, residual) in residuals.enumerated() where residual != 0 { isAbove[i] = residual > 0 }
        var isStalled = false
        while let exit = try leaving(corner, isStalled: isStalled) {
            guard steps < maximumSteps else { throw .notConverged(iterations: steps) }
            steps += 1
            isStalled = try walk(corner, exit)
            corner = try Corner(rows, basis)
            coefficients = try corner.solve(basis.map { responses[$0] })
        }
    }

    /// The rows of a basis as a matrix, factorized for solutions with it and with its transpose.
    private struct Corner {
        private let forward: PivotedQR
        private let backward: PivotedQR

        init(_ rows: Matrix, _ basis: [Int]) throws(RegressionError) {
            let columns = Matrix(
                rows: rows.rows, columns: basis.count, elements: basis.flatMap { rows.column($0) })
            (forward, backward) = try RegressionError.wrapping { () throws(LinearAlgebraError) in
                (try PivotedQR(columns.transposed), try PivotedQR(columns))
            }
        }

        func solve(_ b: [Double]) throws(RegressionError) -> [Double] {
            try RegressionError.wrapping { () throws(LinearAlgebraError) in try forward.solve(b) }
        }

        func solveTransposed(_ b: [Double]) throws(RegressionError) -> [Double] {
            try RegressionError.wrapping { () throws(LinearAlgebraError) in try backward.solve(b) }
        }
    }

    /// A basis row to drop, and the side that its residual goes to.
    private struct Exit {
        let position: Int
        let goesAbove: Bool
        let slope: Double
    }

    /// The rows with the smallest residuals that are linearly independent, by Gram-Schmidt done twice.
    private func independentRows(nearest residuals: [Double]) throws(RegressionError) -> [Int] {
        let order = residuals.indices.sorted { (abs(residuals[$0]), $0) < (abs(residuals[$1]), $1) }
        var directions: [[Double]] = []
        var chosen: [Int] = []
        for i in order where chosen.count < rows.rows {
            var row = rows.column(i)
            let length = dot(row, row).squareRoot()
            guard length > 0 else { continue }
            for _ in 0..<2 {
                for direction in directions {
                    let projection = dot(row, direction)
                    for j in row.indices { row[j] -= projection * direction[j] }
                }
            }
            let rest = dot(row, row).squareRoot()
            // A nearly dependent row would make a basis too ill-conditioned to solve with.
            guard rest > 1e-9 * length else { continue }
            directions.append(row.map { $0 / rest })
            chosen.append(i)
        }
        guard chosen.count == rows.rows else { throw .rankDeficient(rank: chosen.count, columns: rows.rows) }
        return chosen
    }

    /// The basis row along whose edge the objective falls fastest; after a step of length zero the first such row, so
    /// that the walk does not go in circles (Bland's rule).
    private func leaving(_ corner: Corner, isStalled: Bool) throws(RegressionError) -> Exit? {
        var pulls = isAbove.map { $0 ? level : level - 1 }
        for i in basis { pulls[i] = 0 }
        let multipliers = try corner.solveTransposed(design.transposedTimes(pulls))
        var best: Exit?
        for (position, multiplier) in multipliers.enumerated() {
            let goesAbove = multiplier < -level
            let slope = goesAbove ? multiplier + level : 1 - level - multiplier
            guard slope < -1e-9 else { continue }
            let isBetter =
                best.map { isStalled ? basis[position] < basis[$0.position] : slope < $0.slope } ?? true
            if isBetter { best = Exit(position: position, goesAbove: goesAbove, slope: slope) }
        }
        return best
    }

    /// Goes along an edge to the row that ends the descent and takes it into the basis; true if that is no distance at all.
    private mutating func walk(_ corner: Corner, _ exit: Exit) throws(RegressionError) -> Bool {
        var unit = [Double](repeating: 0, count: basis.count)
        unit[exit.position] = exit.goesAbove ? -1 : 1
        let changes = design * (try corner.solve(unit))
        let residuals = residuals
        var isBasic = [Bool](repeating: false, count: responses.count)
        for i in basis { isBasic[i] = true }
        // A change that is only rounding must not enter: the basis would become singular.
        let smallest = 1e-11 * changes.reduce(0) { max($0, abs($1)) }
        var crossings: [(distance: Double, row: Int)] = []
        for i in changes.indices where !isBasic[i] && abs(changes[i]) > smallest {
            guard isAbove[i] == (changes[i] > 0) else { continue }
            crossings.append((max(0, residuals[i] / changes[i]), i))
        }
        crossings.sort { ($0.distance, $0.row) < ($1.distance, $1.row) }
        var slope = exit.slope
        for crossing in crossings {
            slope += abs(changes[crossing.row])
            guard slope >= 0 else {
                isAbove[crossing.row].toggle()
                continue
            }
            isAbove[basis[exit.position]] = exit.goesAbove
            basis[exit.position] = crossing.row
            return crossing.distance == 0
        }
        // The objective cannot fall for ever, so only rounding leads here.
        throw .notConverged(iterations: steps)
    }
}
