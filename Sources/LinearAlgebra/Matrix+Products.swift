import CLAPACKE

extension Matrix {
    /// The product of two matrices (`dgemm`).
    ///
    /// - Complexity: O(left.rows · left.columns · right.columns).
    public static func * (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.columns == right.rows, "the inner dimensions agree")
        return product(CblasNoTrans, left, left.rows, right, inner: left.columns)
    }

    /// The product of the transpose of this matrix with another, `AᵀB` (`dgemm`).
    ///
    /// - Complexity: O(rows · columns · other.columns).
    public func transposedTimes(_ other: Matrix) -> Matrix {
        precondition(rows == other.rows, "both matrices have the same number of rows")
        return Matrix.product(CblasTrans, self, columns, other, inner: rows)
    }

    /// The product with a vector of `columns` elements (`dgemv`).
    ///
    /// - Complexity: O(rows · columns).
    public static func * (matrix: Matrix, vector: [Double]) -> [Double] {
        precondition(vector.count == matrix.columns, "the vector has one element a column")
        return matrix.product(CblasNoTrans, vector, count: matrix.rows)
    }

    /// The product of the transpose with a vector of `rows` elements, `Aᵀv` (`dgemv`).
    ///
    /// - Complexity: O(rows · columns).
    public func transposedTimes(_ vector: [Double]) -> [Double] {
        precondition(vector.count == rows, "the vector has one element a row")
        return product(CblasTrans, vector, count: columns)
    }

    /// The matrix `AᵀA`, or `Aᵀ diag(w) A` (`dsyrk`); both triangles are filled.
    ///
    /// - Parameter weights: One weight a row, not negative; `nil` for weights of one.
    /// - Complexity: O(rows · columns² / 2).
    public func gram(weights: [Double]? = nil) -> Matrix {
        var factor = self
        if let weights {
            precondition(weights.count == rows, "there is one weight a row")
            precondition(weights.allSatisfy { !($0 < 0) }, "weights are not negative")
            let roots = weights.map { $0.squareRoot() }
            factor.elements.withUnsafeMutableBufferPointer { values in
                for j in 0..<columns {
                    for i in 0..<rows { values[j * rows + i] *= roots[i] }
                }
            }
        }
        var result = Matrix(rows: columns, columns: columns)
        cblas_dsyrk(
            CblasColMajor, CblasLower, CblasTrans, columnCount, rowCount, 1, factor.elements, leadingDimension, 0,
            &result.elements, result.leadingDimension)
        result.copyLowerToUpper()
        return result
    }

    /// The matrix `AAᵀ` (`dsyrk`); both triangles are filled.
    ///
    /// - Complexity: O(rows² · columns / 2).
    public func outerGram() -> Matrix {
        var result = Matrix(rows: rows, columns: rows)
        cblas_dsyrk(
            CblasColMajor, CblasLower, CblasNoTrans, rowCount, columnCount, 1, elements, leadingDimension, 0,
            &result.elements, result.leadingDimension)
        result.copyLowerToUpper()
        return result
    }

    /// Subtracts `F Fᵀ` from the lower triangle (`dsyrk`).
    ///
    /// - Parameter factors: `F`, with as many rows as this square matrix.
    /// - Complexity: O(rows² · factors.columns / 2).
    public mutating func subtractSquare(of factors: Matrix) {
        precondition(rows == columns && factors.rows == rows, "the factors have one row a row of the matrix")
        cblas_dsyrk(
            CblasColMajor, CblasLower, CblasNoTrans, rowCount, factors.columnCount, -1, factors.elements,
            factors.leadingDimension, 1, &elements, leadingDimension)
    }

    /// Makes the matrix symmetric from its lower triangle.
    mutating func copyLowerToUpper() {
        let n = rows
        elements.withUnsafeMutableBufferPointer { values in
            for j in 0..<n {
                for i in j..<n { values[i * n + j] = values[j * n + i] }
            }
        }
    }

    private static func product(
        _ operation: CBLAS_TRANSPOSE, _ left: Matrix, _ rows: Int, _ right: Matrix, inner: Int
    ) -> Matrix {
        var result = Matrix(rows: rows, columns: right.columns)
        cblas_dgemm(
            CblasColMajor, operation, CblasNoTrans, Int32(rows), right.columnCount, Int32(inner), 1, left.elements,
            left.leadingDimension, right.elements, right.leadingDimension, 0, &result.elements,
            result.leadingDimension)
        return result
    }

    private func product(_ operation: CBLAS_TRANSPOSE, _ vector: [Double], count: Int) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        cblas_dgemv(
            CblasColMajor, operation, rowCount, columnCount, 1, elements, leadingDimension, vector, 1, 0, &result, 1)
        return result
    }
}

/// The inner product of two vectors of the same length (`ddot`).
public func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "both vectors have the same length")
    return cblas_ddot(Int32(x.count), x, 1, y, 1)
}
