import Glibc
import LinearAlgebra

/// The inverse of `A = XᵀWX + diag(penalties)` and what follows from it, by a pivoted QR factorization.
///
/// The factorization is of the rows `√W X` and `√diag(penalties)` themselves, so that only their condition number enters the
/// error and not its square. Columns are scaled by powers of two first, which is exact, so the rank does not depend on their units.
struct PenalizedGram {
    /// `A⁻¹`.
    let inverse: Matrix
    /// `A⁻¹ XᵀWX A⁻¹`, the covariance of the penalised estimate for a variance of 1; the inverse if nothing is penalised.
    let sandwich: Matrix
    /// The trace of `A⁻¹ XᵀWX`: the number of columns if nothing is penalised.
    let effectiveDegreesOfFreedom: Double
    /// The logarithm of the determinant of `A`.
    let logDeterminant: Double

    /// Factorizes the rows of a design and its penalties.
    ///
    /// - Parameters:
    ///   - weights: one weight a row, not negative.
    ///   - penalties: one penalty a column, or none.
    /// - Throws: `rankDeficient` if `A` has no inverse.
    init(_ design: Matrix, weights: [Double], penalties: [Double] = []) throws(RegressionError) {
        let columns = design.columns
        var rows = design.augmented(weights: weights, penalties: penalties)
        let exponents = rows.equilibrateColumns()
        let factorization = try RegressionError.wrapping { () throws(LinearAlgebraError) in try PivotedQR(rows) }
        guard factorization.rank == columns else {
            throw .rankDeficient(rank: factorization.rank, columns: columns)
        }
        let triangle = factorization.r
        var root = triangle.inverseOfUpperTriangle()
        var place = [Int](repeating: 0, count: columns)
        for (k, pivot) in factorization.pivots.enumerated() { place[pivot] = k }
        let triangular = root
        for j in 0..<columns {
            for k in 0..<columns { root[j, k] = scalbn(triangular[place[j], k], -exponents[j]) }
        }
        inverse = root * root.transposed
        logDeterminant = (0..<columns).reduce(0) { sum, k in
            sum + 2 * (log(abs(triangle[k, k])) + Double(exponents[k]) * Double.ln2)
        }
        guard rows.rows > design.rows else {
            sandwich = inverse
            effectiveDegreesOfFreedom = Double(columns)
            return
        }
        let q = factorization.q
        let observed = Matrix(
            rows: design.rows, columns: columns,
            elements: (0..<columns).flatMap { j in q.elements[j * q.rows..<j * q.rows + design.rows] })
        let half = root * observed.transposed
        sandwich = half * half.transposed
        effectiveDegreesOfFreedom = dot(observed.elements, observed.elements)
    }
}

extension Double {
    fileprivate static let ln2 = log(2.0)
}

extension Matrix {
    /// Divides each column by a power of two so that its largest element lies between 1 and 2; returns the exponents.
    mutating func equilibrateColumns() -> [Int] {
        (0..<columns).map { j in
            let range = j * rows..<(j + 1) * rows
            let largest = elements[range].reduce(0) { max($0, abs($1)) }
            guard largest > 0, largest.isFinite else { return 0 }
            let exponent = Int(largest.exponent)
            for k in range { elements[k] = scalbn(elements[k], -exponent) }
            return exponent
        }
    }

    /// The inverse of a square upper triangular matrix without a zero on its diagonal.
    fileprivate func inverseOfUpperTriangle() -> Matrix {
        var result = Matrix(rows: rows, columns: columns)
        for j in 0..<columns {
            result[j, j] = 1 / self[j, j]
            for i in stride(from: j - 1, through: 0, by: -1) {
                var sum = 0.0
                for k in (i + 1)...j { sum += self[i, k] * result[k, j] }
                result[i, j] = -sum / self[i, i]
            }
        }
        return result
    }
}
