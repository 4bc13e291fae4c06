import CLAPACKE
import Glibc

extension CholeskyFactorization {
    /// Replaces `A` by `A + x xᵀ`.
    ///
    /// One plane rotation a column folds `x` into the factor (LINPACK `dchud`; Golub and Van Loan, *Matrix Computations*, 6.5.4).
    /// The columns of `L` are contiguous, so each rotation is one `drot`.
    ///
    /// - Parameter x: A finite vector of `order` elements.
    /// - Complexity: O(order²).
    public mutating func update(_ x: [Double]) {
        precondition(x.count == order, "the vector has one element a row")
        let n = order
        var carried = x
        lower.elements.withUnsafeMutableBufferPointer { factor in
            carried.withUnsafeMutableBufferPointer { carried in
                guard let factor = factor.baseAddress, let carried = carried.baseAddress else { return }
                for k in 0..<n where carried[k] != 0 {
                    let column = factor + k * n
                    let diagonal = hypot(column[k], carried[k])
                    let cosine = column[k] / diagonal
                    let sine = carried[k] / diagonal
                    column[k] = diagonal
                    cblas_drot(Int32(n - k - 1), column + k + 1, 1, carried + k + 1, 1, cosine, sine)
                }
            }
        }
    }

    /// Replaces `A` by `factor · A`.
    ///
    /// - Parameter factor: A finite number above 0.
    /// - Complexity: O(order²).
    public mutating func scale(by factor: Double) {
        precondition(factor > 0 && factor.isFinite, "the factor is positive and finite")
        cblas_dscal(Int32(lower.elements.count), factor.squareRoot(), &lower.elements, 1)
    }
}
