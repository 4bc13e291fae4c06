internal import CLAPACKE

/// A Cholesky factor in single precision and packed storage, to precondition iterations.
///
/// The factor is scaled to that of a matrix of unit diagonal, so that rounding disturbs no direction much; it takes a quarter of the
/// memory of a ``CholeskyFactorization``.
public struct CompactCholesky: Sendable {
    /// The number of rows and columns of the matrix.
    public let order: Int
    /// The lower triangle of the factor, column after column.
    private let packed: [Float]
    /// The inverse roots of the diagonal.
    private let scales: [Double]

    /// Compacts a factorization.
    ///
    /// - Complexity: O(order²).
    public init(_ factorization: CholeskyFactorization) {
        let n = factorization.order
        var squares = [Double](repeating: 0, count: n)
        var scales = squares
        packed = factorization.lower.elements.withUnsafeBufferPointer { lower in
            for column in 0..<n {
                for row in column..<n { squares[row] += lower[column * n + row] * lower[column * n + row] }
            }
            for row in 0..<n { scales[row] = 1 / squares[row].squareRoot() }
            return [Float](unsafeUninitializedCapacity: n * (n + 1) / 2) { packed, count in
                for column in 0..<n {
                    for row in column..<n {
                        packed[count + row - column] = Float(lower[column * n + row] * scales[row])
                    }
                    count += n - column
                }
            }
        }
        order = n
        self.scales = scales
    }

    /// Solves `A x = b` to single precision (`stpsv`).
    ///
    /// - Parameter b: At least `order` elements, of which the first `order` are read.
    /// - Returns: `order` elements.
    /// - Complexity: O(order²).
    public func solve(_ b: [Double]) -> [Double] {
        precondition(b.count >= order, "the right-hand side has one element a row of the matrix")
        guard order > 0 else { return [] }
        let largest = (0..<order).reduce(0) { max($0, abs(b[$1] * scales[$1])) }
        guard largest > 0, largest.isFinite else { return [Double](repeating: 0, count: order) }
        // Scaled to 1, the right-hand side can neither vanish nor overflow in single precision.
        var x = (0..<order).map { Float(b[$0] * scales[$0] / largest) }
        for operation in [CblasNoTrans, CblasTrans] {
            cblas_stpsv(CblasColMajor, CblasLower, operation, CblasNonUnit, Int32(order), packed, &x, 1)
        }
        return (0..<order).map { Double(x[$0]) * scales[$0] * largest }
    }
}
