import CLAPACKE
import Glibc

/// The factorization `A = L Lᵀ` of a symmetric positive definite matrix, `L` lower triangular (`dpotrf`).
public struct CholeskyFactorization: Sendable {
    /// The factor `L`; zero above the diagonal, positive on it.
    public internal(set) var lower: Matrix

    /// Factorizes a symmetric positive definite matrix.
    ///
    /// - Parameter a: A square matrix, of which only the lower triangle is read; it is not copied where it is not used again.
    /// - Throws: `notFinite` for a NaN or an infinity in the lower triangle; `notPositiveDefinite` with the order of the first
    ///   leading minor that is not positive.
    /// - Complexity: O(order³ / 3).
    public init(_ a: consuming Matrix) throws(LinearAlgebraError) {
        var factor = a
        precondition(factor.rows == factor.columns, "the matrix is square")
        let n = factor.rows
        let finite = factor.elements.withUnsafeMutableBufferPointer { values in
            var finite = true
            for j in 0..<n {
                for i in 0..<j { values[j * n + i] = 0 }
                for i in j..<n where !values[j * n + i].isFinite { finite = false }
            }
            return finite
        }
        guard finite else { throw .notFinite }
        let info = LAPACKE_dpotrf_work(
            LAPACK.columnMajor, LAPACK.lower, factor.rowCount, &factor.elements, factor.leadingDimension)
        guard info == 0 else { throw .notPositiveDefinite(leadingMinor: Int(info)) }
        lower = factor
    }

    /// The number of rows and columns of `A`.
    public var order: Int { lower.rows }

    /// Solves `A x = b` (`dpotrs`).
    ///
    /// - Parameter b: A vector of `order` elements.
    /// - Complexity: O(order²).
    public func solve(_ b: [Double]) -> [Double] {
        solve(Matrix(rows: b.count, columns: 1, elements: b)).elements
    }

    /// Solves `A X = B` (`dpotrs`).
    ///
    /// - Parameter b: A matrix of `order` rows.
    /// - Complexity: O(order² · b.columns).
    public func solve(_ b: Matrix) -> Matrix {
        precondition(b.rows == order, "the right-hand side has one row a row of the matrix")
        var result = b
        LAPACKE_dpotrs_work(
            LAPACK.columnMajor, LAPACK.lower, lower.rowCount, b.columnCount, lower.elements, lower.leadingDimension,
            &result.elements, b.leadingDimension)
        return result
    }

    /// The natural logarithm of the determinant of `A`.
    public var logDeterminant: Double {
        var sum = 0.0
        for i in 0..<order { sum += log(lower[i, i]) }
        return 2 * sum
    }

    /// The inverse of `A`, symmetric (`dpotri`).
    ///
    /// To solve a system, use ``solve(_:)-(Matrix)``: it is faster and more accurate.
    ///
    /// - Complexity: O(2 · order³ / 3).
    public func inverse() -> Matrix {
        var result = lower
        LAPACKE_dpotri_work(
            LAPACK.columnMajor, LAPACK.lower, lower.rowCount, &result.elements, lower.leadingDimension)
        result.copyLowerToUpper()
        return result
    }

    /// The diagonal of the inverse of `A` (`dtrtri`), at half the cost of the whole of it.
    ///
    /// - Complexity: O(order³ / 3).
    public consuming func inverseDiagonal() -> [Double] {
        // What is not used again gives its memory to the inverse.
        var inverse = Matrix(rows: 0, columns: 0)
        swap(&inverse, &lower)
        let order = inverse.rows
        LAPACKE_dtrtri_work(
            LAPACK.columnMajor, LAPACK.lower, LAPACK.nonUnit, inverse.rowCount, &inverse.elements,
            inverse.leadingDimension)
        // A⁻¹ = L⁻ᵀ L⁻¹, so its diagonal holds the squared lengths of the columns of L⁻¹.
        return (0..<order).map { column in
            var sum = 0.0
            for row in column..<order { sum += inverse[row, column] * inverse[row, column] }
            return sum
        }
    }
}
