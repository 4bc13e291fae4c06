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

    /// Replaces `A` by `A - x xᵀ`, if that is still positive definite.
    ///
    /// The rotations are found before the factor is touched, so a failure leaves it as it was (LINPACK `dchdd`; Golub and Van
    /// Loan, *Matrix Computations*, 6.5.4).
    ///
    /// - Parameter x: A vector of `order` elements.
    /// - Throws: `notFinite` for a NaN or an infinity in `x`; `notPositiveDefinite` with the order of the first leading minor of
    ///   `A - x xᵀ` that is not positive to working precision.
    /// - Complexity: O(order²).
    public mutating func downdate(_ x: [Double]) throws(LinearAlgebraError) {
        precondition(x.count == order, "the vector has one element a row")
        guard x.isFinite else { throw .notFinite }
        let n = order
        var sines = x
        cblas_dtrsv(
            CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, Int32(n), lower.elements, lower.leadingDimension,
            &sines, 1)
        // The leading minor of order k is det(A_k) (1 - |a_1..k|²), so the partial sums name the first bad one.
        var remaining = 1.0
        for (k, element) in sines.enumerated() {
            remaining -= element * element
            guard remaining > 0 else { throw .notPositiveDefinite(leadingMinor: k + 1) }
        }
        var length = remaining.squareRoot()
        var cosines = [Double](repeating: 1, count: n)
        for k in stride(from: n - 1, through: 0, by: -1) {
            let longer = hypot(length, sines[k])
            cosines[k] = length / longer
            sines[k] /= longer
            length = longer
        }
        var carried = [Double](repeating: 0, count: n)
        lower.elements.withUnsafeMutableBufferPointer { factor in
            carried.withUnsafeMutableBufferPointer { carried in
                guard let factor = factor.baseAddress, let carried = carried.baseAddress else { return }
                for k in stride(from: n - 1, through: 0, by: -1) where sines[k] != 0 {
                    cblas_drot(Int32(n - k), carried + k, 1, factor + k * n + k, 1, cosines[k], sines[k])
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
