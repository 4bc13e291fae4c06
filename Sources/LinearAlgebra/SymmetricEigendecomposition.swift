import CLAPACKE

/// The decomposition `A = V diag(λ) Vᵀ` of a symmetric matrix (`dsyevr`).
public struct SymmetricEigendecomposition: Sendable {
    /// The eigenvalues in ascending order.
    public let values: [Double]

    /// The eigenvectors as orthonormal columns, in the order of ``values``.
    public let vectors: Matrix

    /// Decomposes a symmetric matrix.
    ///
    /// - Parameter a: A square matrix; only its lower triangle is read.
    /// - Throws: `notFinite` for a NaN or an infinity in any entry; `notConverged` when `dsyevr` fails.
    /// - Complexity: O(order³).
    public init(_ a: Matrix) throws(LinearAlgebraError) {
        precondition(a.rows == a.columns, "the matrix is square")
        guard a.elements.isFinite else { throw .notFinite }
        let n = a.rows
        var work = a
        var eigenvalues = [Double](repeating: 0, count: n)
        var eigenvectors = Matrix(rows: n, columns: n)
        if n > 0 {
            var found: Int32 = 0
            var support = [Int32](repeating: 0, count: 2 * n)
            let info = LAPACKE_dsyevr(
                LAPACK.columnMajor, LAPACK.vectors, LAPACK.all, LAPACK.lower, a.rowCount, &work.elements,
                a.leadingDimension, 0, 0, 0, 0, 0, &found, &eigenvalues, &eigenvectors.elements, a.leadingDimension,
                &support)
            guard info == 0 else { throw .notConverged(routine: "dsyevr", info: Int(info)) }
        }
        values = eigenvalues
        vectors = eigenvectors
    }
}
