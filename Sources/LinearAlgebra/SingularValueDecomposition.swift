import CLAPACKE

/// The thin singular value decomposition `A = U diag(s) Vᵀ` (`dgesdd`).
public struct SingularValueDecomposition: Sendable {
    /// The left singular vectors: `rows` × `min(rows, columns)`, with orthonormal columns.
    public let u: Matrix

    /// The singular values in descending order, none negative; count `min(rows, columns)`.
    public let singularValues: [Double]

    /// The right singular vectors as rows: `min(rows, columns)` × `columns`.
    public let vTransposed: Matrix

    /// Decomposes a matrix of any shape.
    ///
    /// - Parameter a: The matrix.
    /// - Throws: `notFinite` for a NaN or an infinity; `notConverged` when the iteration of `dgesdd` fails.
    /// - Complexity: O(rows · columns · min(rows, columns)).
    public init(_ a: Matrix) throws(LinearAlgebraError) {
        guard a.elements.isFinite else { throw .notFinite }
        let count = min(a.rows, a.columns)
        var work = a
        var values = [Double](repeating: 0, count: count)
        var left = Matrix(rows: a.rows, columns: count)
        var right = Matrix(rows: count, columns: a.columns)
        if count > 0 {
            let info = LAPACKE_dgesdd(
                LAPACK.columnMajor, LAPACK.thin, a.rowCount, a.columnCount, &work.elements, a.leadingDimension,
                &values, &left.elements, left.leadingDimension, &right.elements, right.leadingDimension)
            guard info == 0 else { throw .notConverged(routine: "dgesdd", info: Int(info)) }
        }
        u = left
        singularValues = values
        vTransposed = right
    }

    /// The singular values alone, in descending order: about a fifth of the work of the vectors.
    static func values(of a: Matrix) throws(LinearAlgebraError) -> [Double] {
        let count = min(a.rows, a.columns)
        guard count > 0 else { return [] }
        var work = a
        var values = [Double](repeating: 0, count: count)
        var unusedLeft = 0.0
        var unusedRight = 0.0
        let info = LAPACKE_dgesdd(
            LAPACK.columnMajor, LAPACK.valuesOnly, a.rowCount, a.columnCount, &work.elements, a.leadingDimension,
            &values, &unusedLeft, 1, &unusedRight, 1)
        guard info == 0 else { throw .notConverged(routine: "dgesdd", info: Int(info)) }
        return values
    }

    /// The number of singular values above `tolerance` times the largest.
    ///
    /// - Parameter tolerance: A fraction, not negative; `nil` for `max(rows, columns) · ε`.
    public func rank(tolerance: Double? = nil) -> Int {
        let fraction = tolerance ?? Double(max(u.rows, vTransposed.columns)) * Double.ulpOfOne
        let largest = singularValues.first ?? 0
        return singularValues.prefix { $0 > fraction * largest }.count
    }

    /// The largest singular value divided by the smallest; infinite when that is zero, 1 for an empty matrix.
    public var conditionNumber: Double {
        guard let largest = singularValues.first, let smallest = singularValues.last else { return 1 }
        return smallest > 0 ? largest / smallest : .infinity
    }
}
