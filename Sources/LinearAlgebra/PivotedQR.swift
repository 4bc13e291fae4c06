import CLAPACKE

/// The factorization `A P = Q R` with column pivoting, which shows the numerical rank (`dgeqp3`).
public struct PivotedQR: Sendable {
    /// The number of rows of `A`.
    public let rows: Int

    /// The number of columns of `A`.
    public let columns: Int

    /// Column `k` of `A P` is column `pivots[k]` of `A`.
    public let pivots: [Int]

    /// The number of diagonal entries of `R` above `max(rows, columns) · ε` times the first.
    public let rank: Int

    /// `R` on and above the diagonal, the Householder vectors below it.
    let reflectors: Matrix
    let scalars: [Double]

    /// Factorizes a matrix of any shape.
    ///
    /// - Parameter a: The matrix.
    /// - Throws: `notFinite` for a NaN or an infinity.
    /// - Complexity: O(rows · columns · min(rows, columns)).
    public init(_ a: Matrix) throws(LinearAlgebraError) {
        guard a.elements.isFinite else { throw .notFinite }
        var factor = a
        let count = min(a.rows, a.columns)
        var order = [Int32](repeating: 0, count: a.columns)
        var scalars = [Double](repeating: 0, count: count)
        let info = LAPACKE_dgeqp3(
            LAPACK.columnMajor, a.rowCount, a.columnCount, &factor.elements, a.leadingDimension, &order, &scalars)
        guard info == 0 else { throw .notConverged(routine: "dgeqp3", info: Int(info)) }
        rows = a.rows
        columns = a.columns
        pivots = order.map { Int($0) - 1 }
        reflectors = factor
        self.scalars = scalars
        let tolerance = Double(max(a.rows, a.columns)) * Double.ulpOfOne
        let largest = count > 0 ? abs(factor[0, 0]) : 0
        rank = (0..<count).prefix { abs(factor[$0, $0]) > tolerance * largest }.count
    }

    /// The thin factor `Q`: `rows` × `min(rows, columns)`, with orthonormal columns (`dorgqr`).
    public var q: Matrix {
        let count = scalars.count
        var result = Matrix(
            rows: rows, columns: count, elements: Array(reflectors.elements.prefix(rows * count)))
        LAPACKE_dorgqr(
            LAPACK.columnMajor, result.rowCount, result.columnCount, result.columnCount, &result.elements,
            result.leadingDimension, scalars)
        return result
    }

    /// The factor `R`: `min(rows, columns)` × `columns`, zero below the diagonal.
    public var r: Matrix {
        var result = Matrix(rows: scalars.count, columns: columns)
        for j in 0..<columns {
            for i in 0..<min(j + 1, scalars.count) { result[i, j] = reflectors[i, j] }
        }
        return result
    }

    /// The vector that minimises `|A x - b|`, for a matrix of full column rank.
    ///
    /// - Parameter b: A vector of `rows` elements.
    /// - Throws: `rankDeficient` when the rank is below the number of columns; use ``LeastSquares`` for the solution of
    ///   minimum norm.
    /// - Complexity: O(rows · columns).
    public func solve(_ b: [Double]) throws(LinearAlgebraError) -> [Double] {
        precondition(b.count == rows, "the right-hand side has one element a row")
        guard rank == columns else { throw .rankDeficient(rank: rank, columns: columns) }
        return unpivoted(solvingUpper(Array(applyingQTransposed(b).prefix(columns))))
    }

    /// `Qᵀ v`, with the full square `Q`.
    func applyingQTransposed(_ v: [Double]) -> [Double] { applyingQ(v, LAPACK.transpose) }

    /// `Q v`, with the full square `Q`.
    func applyingQ(_ v: [Double]) -> [Double] { applyingQ(v, LAPACK.noTranspose) }

    /// `R⁻¹ v`, for full column rank.
    func solvingUpper(_ v: [Double]) -> [Double] { solvingUpper(v, CblasNoTrans) }

    /// `R⁻ᵀ v`, for full column rank.
    func solvingUpperTransposed(_ v: [Double]) -> [Double] { solvingUpper(v, CblasTrans) }

    /// `P v`: from the order of the pivots to the order of the columns of `A`.
    func unpivoted(_ v: [Double]) -> [Double] {
        var result = v
        for (k, pivot) in pivots.enumerated() { result[pivot] = v[k] }
        return result
    }

    /// `Pᵀ v`: from the order of the columns of `A` to the order of the pivots.
    func pivoted(_ v: [Double]) -> [Double] { pivots.map { v[$0] } }

    private func applyingQ(_ v: [Double], _ operation: CChar) -> [Double] {
        var result = v
        LAPACKE_dormqr(
            LAPACK.columnMajor, LAPACK.left, operation, Int32(rows), 1, Int32(scalars.count), reflectors.elements,
            reflectors.leadingDimension, scalars, &result, reflectors.leadingDimension)
        return result
    }

    private func solvingUpper(_ v: [Double], _ operation: CBLAS_TRANSPOSE) -> [Double] {
        var result = v
        cblas_dtrsv(
            CblasColMajor, CblasUpper, operation, CblasNonUnit, Int32(columns), reflectors.elements,
            reflectors.leadingDimension, &result, 1)
        return result
    }
}
