import LinearAlgebra

extension StandardizedDesign {
    /// The covariance of intercepts, coefficients and further parameters of the design as it was given.
    ///
    /// - Parameters:
    ///   - information: of `intercepts` intercepts, the standardised coefficients, and whatever follows them.
    /// - Throws: `rankDeficient` if the information matrix has no inverse.
    func covariance(_ information: Matrix, intercepts: Int) throws(SurvivalError) -> Matrix {
        guard let factor = try? CholeskyFactorization(information) else {
            throw .rankDeficient(rank: matrix.columns - 1, columns: matrix.columns)
        }
        var map = Matrix.identity(information.rows)
        for j in means.indices {
            map[intercepts + j, intercepts + j] = 1 / scales[j]
            for k in 0..<intercepts { map[k, intercepts + j] = -means[j] / scales[j] }
        }
        return map * factor.inverse() * map.transposed
    }
}
