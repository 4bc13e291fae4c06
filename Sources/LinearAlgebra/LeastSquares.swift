/// The vector of minimum norm among those that minimise `|A x - b|`.
///
/// The columns are first scaled by powers of two to lengths between 1 and 2, which is exact; the numerical rank is decided on the
/// scaled matrix, so it does not depend on the units of the columns. With full column rank, a pivoted QR factorization is
/// refined on the augmented system `[I A; Aᵀ 0] [r; x] = [b; 0]` with residuals in twice the working precision (Björck,
/// *Iterative refinement of linear least squares solutions I*, BIT 7, 1967), until the coefficients are those of the given
/// doubles to about the last digit, as long as the scaled matrix has a condition number below 10¹⁵. Otherwise the singular value
/// decomposition gives a solution and its part in the null space is taken off.
public struct LeastSquares: Sendable {
    /// The coefficients `x`, one a column.
    public let coefficients: [Double]

    /// The numerical rank of the scaled matrix.
    public let rank: Int

    /// The singular values of `A` as given, in descending order; count `min(rows, columns)`.
    public let singularValues: [Double]

    /// The residuals `b - A x`, one a row.
    public let residuals: [Double]

    /// The sum of the squares of the residuals.
    public let residualSumOfSquares: Double

    /// Solves a least-squares problem of any shape and rank.
    ///
    /// - Parameters:
    ///   - a: The design matrix.
    ///   - b: The response, `a.rows` elements.
    ///   - rankTolerance: Singular values of the scaled matrix below this fraction of the largest count as zero, 0 ..< 1; `nil` for
    ///     `max(rows, columns) · ε`.
    /// - Throws: `notFinite` for a NaN or an infinity in either argument; `notConverged` when `dgesdd` fails.
    /// - Complexity: O(rows · columns · min(rows, columns)).
    public init(_ a: Matrix, _ b: [Double], rankTolerance: Double? = nil) throws(LinearAlgebraError) {
        precondition(b.count == a.rows, "the right-hand side has one element a row")
        precondition(rankTolerance.map { $0 >= 0 && $0 < 1 } ?? true, "the tolerance is in 0 ..< 1")
        guard b.isFinite else { throw .notFinite }
        let tolerance = rankTolerance ?? Double(max(a.rows, a.columns)) * Double.ulpOfOne
        let design = try EquilibratedDesign(a)
        let solution = try design.solve(b, tolerance: tolerance)
        coefficients = solution.coefficients
        rank = solution.rank
        residuals = solution.residuals
        singularValues = solution.singularValues
        residualSumOfSquares = solution.residuals.reduce(0) { $0 + $1 * $1 }
    }

    /// The largest singular value of `A` divided by the smallest; infinite when that is zero, 1 for an empty matrix.
    public var conditionNumber: Double {
        guard let largest = singularValues.first, let smallest = singularValues.last else { return 1 }
        return smallest > 0 ? largest / smallest : .infinity
    }
}
