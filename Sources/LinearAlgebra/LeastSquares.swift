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
        try self.init(EquilibratedDesign(a), b, tolerance: tolerance)
    }

    /// Fits the polynomial `x₀ + x₁ t + … + x_d tᵈ`.
    ///
    /// The powers of `t` are kept to twice the working precision. Rounded to doubles, as columns of a matrix, they limit a steep
    /// polynomial to half of the digits or less, whatever the solver.
    ///
    /// - Parameters:
    ///   - degree: The degree `d`, not negative.
    ///   - points: The values of `t`.
    ///   - b: The response, one element a point.
    /// - Throws: `notFinite` for a NaN or an infinity in an argument or a power; `notConverged` when `dgesdd` fails.
    /// - Complexity: O(points · degree · min(points, degree)).
    public init(polynomialOfDegree degree: Int, at points: [Double], _ b: [Double]) throws(LinearAlgebraError) {
        precondition(degree >= 0, "the degree is not negative")
        precondition(b.count == points.count, "the right-hand side has one element a point")
        guard b.isFinite else { throw .notFinite }
        var powers = Matrix(rows: points.count, columns: degree + 1, repeating: 1)
        var remainder = Matrix(rows: points.count, columns: degree + 1)
        for (i, point) in points.enumerated() {
            var power = DoubleDouble(1)
            for k in 0..<degree {
                power = power * point
                powers[i, k + 1] = power.high
                remainder[i, k + 1] = power.low
            }
        }
        let tolerance = Double(max(points.count, degree + 1)) * Double.ulpOfOne
        try self.init(EquilibratedDesign(powers, remainder: remainder), b, tolerance: tolerance)
    }

    private init(_ design: EquilibratedDesign, _ b: [Double], tolerance: Double) throws(LinearAlgebraError) {
        let solution = try design.solve(b, tolerance: tolerance)
        coefficients = solution.coefficients
        rank = solution.rank
        residuals = solution.residuals
        singularValues = solution.singularValues
        residualSumOfSquares = dot(solution.residuals, solution.residuals)
    }

    /// The largest singular value of `A` divided by the smallest; infinite when that is zero, 1 for an empty matrix.
    public var conditionNumber: Double {
        guard let largest = singularValues.first, let smallest = singularValues.last else { return 1 }
        return smallest > 0 ? largest / smallest : .infinity
    }
}
