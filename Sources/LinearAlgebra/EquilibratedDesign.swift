import CLAPACKE

/// A design matrix with its columns scaled by powers of two to lengths between 1 and 2, and the solvers of ``LeastSquares``.
struct EquilibratedDesign {
    struct Solution {
        var coefficients: [Double]
        var rank: Int
        var residuals: [Double]
        var singularValues: [Double]
    }

    /// `A` with column `j` divided by two to the power `exponents[j]`.
    let scaled: Matrix
    let exponents: [Int]

    /// What the entries of ``scaled`` lack to the design that is meant; `nil` when they are exact.
    let remainder: Matrix?

    /// Scales a design.
    ///
    /// - Parameters:
    ///   - a: The design rounded to doubles; it is factorized.
    ///   - remainder: The design less `a`, of the same shape; only the residuals use it, which is enough to make the refinement
    ///     converge to the solution for the sum of both.
    init(_ a: Matrix, remainder: Matrix? = nil) throws(LinearAlgebraError) {
        guard a.elements.isFinite else { throw .notFinite }
        var exponents = [Int](repeating: 0, count: a.columns)
        for j in 0..<a.columns {
            let range = j * a.rows..<(j + 1) * a.rows
            let length = a.elements[range].withUnsafeBufferPointer { cblas_dnrm2(a.rowCount, $0.baseAddress, 1) }
            if length > 0, length.isFinite { exponents[j] = Int(length.exponent) }
        }
        var scaled = a
        scaled.scaleColumns(exponents: exponents.map(-))
        self.scaled = scaled
        self.exponents = exponents
        var scaledRemainder = remainder
        scaledRemainder?.scaleColumns(exponents: exponents.map(-))
        self.remainder = scaledRemainder
    }

    func solve(_ b: [Double], tolerance: Double) throws(LinearAlgebraError) -> Solution {
        guard scaled.columns <= scaled.rows else { return try minimumNorm(b, tolerance: tolerance) }
        let factorization = try PivotedQR(scaled)
        let triangle = factorization.r
        let values = try SingularValueDecomposition.values(of: triangle)
        let smallest = tolerance * (values.first ?? 0)
        let isRegular = (0..<scaled.columns).allSatisfy { triangle[$0, $0] != 0 }
        guard isRegular, values.allSatisfy({ $0 > smallest }) else { return try minimumNorm(b, tolerance: tolerance) }
        let (z, residuals) = refined(b, factorization)
        var unscaled = triangle
        unscaled.scaleColumns(exponents: factorization.pivots.map { exponents[$0] })
        return Solution(
            coefficients: rescaled(z), rank: scaled.columns, residuals: residuals,
            singularValues: try SingularValueDecomposition.values(of: unscaled))
    }

    /// Björck's refinement of both unknowns of `[I A; Aᵀ 0] [r; x] = [b; 0]`, each kept in double-double.
    private func refined(_ b: [Double], _ factorization: PivotedQR) -> (solution: [Double], residuals: [Double]) {
        var solution = [DoubleDouble](repeating: DoubleDouble(0), count: scaled.columns)
        var residuals = [DoubleDouble](repeating: DoubleDouble(0), count: scaled.rows)
        var previous = Double.infinity
        let iterationLimit = 12
        for _ in 0..<iterationLimit {
            let rowDefect = defect(b, residuals, solution)
            let columnDefect = transposedDefect(residuals)
            let top = factorization.solvingUpperTransposed(factorization.pivoted(columnDefect))
            var rotated = factorization.applyingQTransposed(rowDefect)
            let step = factorization.unpivoted(
                factorization.solvingUpper(zip(rotated, top).map { $0 - $1 }))
            let size = step.reduce(0) { max($0, abs($1)) }
            // A correction that does not shrink is rounding noise, or the matrix is singular to working precision.
            guard size <= previous / 2 else { break }
            rotated.replaceSubrange(0..<top.count, with: top)
            for (i, change) in factorization.applyingQ(rotated).enumerated() { residuals[i] += change }
            for (j, change) in step.enumerated() { solution[j] += change }
            previous = size
            let settled = zip(step, solution).allSatisfy { abs($0) <= Double.ulpOfOne / 4 * abs($1.high) }
            if settled { break }
        }
        return (solution.map(\.rounded), residuals.map(\.rounded))
    }

    private func minimumNorm(_ b: [Double], tolerance: Double) throws(LinearAlgebraError) -> Solution {
        let decomposition = try SingularValueDecomposition(scaled)
        let rank = decomposition.rank(tolerance: tolerance)
        let left = decomposition.u.leadingColumns(rank)
        let right = decomposition.vTransposed.transposed.leadingColumns(rank)
        var solution = [DoubleDouble](repeating: DoubleDouble(0), count: scaled.columns)
        let zero = [DoubleDouble](repeating: DoubleDouble(0), count: scaled.rows)
        // One solve and two corrections: the residual in double-double leaves nothing for a fourth.
        for _ in 0..<3 {
            var coordinates = left.transposedTimes(defect(b, zero, solution))
            for k in 0..<rank { coordinates[k] /= decomposition.singularValues[k] }
            for (j, change) in (right * coordinates).enumerated() { solution[j] += change }
        }
        let residuals = defect(b, zero, solution)
        // The rows of A span the columns of D V: projecting on them takes off the null space in the units of A.
        var rowSpace = right.transposed
        rowSpace.scaleColumns(exponents: exponents)
        let basis = try PivotedQR(rowSpace.transposed).q
        var original = scaled
        original.scaleColumns(exponents: exponents)
        return Solution(
            coefficients: basis * basis.transposedTimes(rescaled(solution.map(\.rounded))), rank: rank,
            residuals: residuals, singularValues: try SingularValueDecomposition.values(of: original))
    }

    /// From the units of the scaled columns to those of `A`.
    private func rescaled(_ z: [Double]) -> [Double] {
        zip(z, exponents).map { $0.scaled(byPowerOfTwo: -$1) }
    }
}

extension EquilibratedDesign {
    /// `b - r - A x`, summed in double-double and then rounded.
    private func defect(_ b: [Double], _ r: [DoubleDouble], _ x: [DoubleDouble]) -> [Double] {
        var sums = b.map { DoubleDouble($0) }
        for (i, residual) in r.enumerated() {
            sums[i] += -residual.high
            sums[i] += -residual.low
        }
        subtractProduct(scaled, x, from: &sums)
        if let remainder { subtractProduct(remainder, x, from: &sums) }
        return sums.map(\.rounded)
    }

    private func subtractProduct(_ matrix: Matrix, _ x: [DoubleDouble], from sums: inout [DoubleDouble]) {
        let rows = matrix.rows
        sums.withUnsafeMutableBufferPointer { sums in
            matrix.elements.withUnsafeBufferPointer { values in
                for (j, factor) in x.enumerated() {
                    for i in 0..<rows {
                        let value = values[j * rows + i]
                        sums[i].addProduct(-value, factor.high)
                        sums[i] += -value * factor.low
                    }
                }
            }
        }
    }

    /// `-Aᵀ r`, summed in double-double and then rounded.
    private func transposedDefect(_ r: [DoubleDouble]) -> [Double] {
        var sums = [DoubleDouble](repeating: DoubleDouble(0), count: scaled.columns)
        subtractTransposedProduct(scaled, r, from: &sums)
        if let remainder { subtractTransposedProduct(remainder, r, from: &sums) }
        return sums.map(\.rounded)
    }

    private func subtractTransposedProduct(_ matrix: Matrix, _ r: [DoubleDouble], from sums: inout [DoubleDouble]) {
        let rows = matrix.rows
        matrix.elements.withUnsafeBufferPointer { values in
            r.withUnsafeBufferPointer { r in
                for j in sums.indices {
                    var sum = sums[j]
                    for i in 0..<rows {
                        let value = values[j * rows + i]
                        sum.addProduct(-value, r[i].high)
                        sum += -value * r[i].low
                    }
                    sums[j] = sum
                }
            }
        }
    }
}

extension Double {
    fileprivate func scaled(byPowerOfTwo exponent: Int) -> Double {
        Double(sign: .plus, exponent: exponent, significand: self)
    }
}

extension Matrix {
    fileprivate mutating func scaleColumns(exponents: [Int]) {
        for j in 0..<columns {
            for i in 0..<rows { self[i, j] = self[i, j].scaled(byPowerOfTwo: exponents[j]) }
        }
    }

    fileprivate func leadingColumns(_ count: Int) -> Matrix {
        Matrix(rows: rows, columns: count, elements: Array(elements.prefix(rows * count)))
    }
}
