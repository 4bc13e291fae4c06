internal import Glibc
public import LinearAlgebra

/// What principal components leave unexplained of a vector, with the limit of Jackson and Mudholkar.
///
/// `Q = ‖(I − V Vᵀ)(x − μ)‖²` where the columns of `V` are the leading right singular vectors of the centred rows. With
/// `θ_i = Σ λ_jⁱ` over the eigenvalues that are left out and `h = 1 − 2 θ₁ θ₃ / (3 θ₂²)`, the limit at level α is
/// `θ₁ (z h √(2 θ₂) / θ₁ + 1 + θ₂ h (h − 1) / θ₁²)^(1/h)`, which takes the rows for normally distributed.
///
/// Source: Jackson, Mudholkar 1979, *Technometrics* 21(3); Xu et al. 2009, SOSP, for logs.
public struct PrincipalResidual: Sendable {
    /// The means of the columns.
    public let mean: [Double]
    /// The components as rows: kept × columns.
    public let components: [[Double]]
    /// The eigenvalues of the covariance that are left out, in descending order.
    public let residualEigenvalues: [Double]

    /// Fits the components to weighted rows.
    ///
    /// - Parameters:
    ///   - rows: The rows, rows × columns.
    ///   - counts: How often each row occurs, positive.
    ///   - share: The share of the variance that the kept components explain at least, in 0...1.
    /// - Throws: ``LinearAlgebraError`` for values that are not finite.
    /// - Complexity: O(rows · columns · min(rows, columns)).
    public init(rows: Matrix, counts: [Double], share: Double = 0.95) throws(LinearAlgebraError) {
        let total = max(counts.reduce(0, +), .leastNormalMagnitude)
        let mean = (0..<rows.columns).map { j in
            zip(rows.column(j), counts).reduce(0) { $0 + $1.0 * $1.1 } / total
        }
        var centred = rows
        for j in 0..<rows.columns {
            for i in 0..<rows.rows { centred[i, j] = (rows[i, j] - mean[j]) * (counts[i] / total).squareRoot() }
        }
        let decomposition = try SingularValueDecomposition(centred)
        let eigenvalues = decomposition.singularValues.map { $0 * $0 }
        let wanted = share * eigenvalues.reduce(0, +)
        var (kept, explained) = (0, 0.0)
        while kept < eigenvalues.count, explained < wanted {
            explained += eigenvalues[kept]
            kept += 1
        }
        self.mean = mean
        components = (0..<kept).map { decomposition.vTransposed.row($0) }
        residualEigenvalues = Array(eigenvalues[kept...])
    }

    /// The squared length of what the components do not explain.
    public func residual(of row: [Double]) -> Double {
        var rest = zip(row, mean).map { $0 - $1 }
        for component in components {
            let projection = zip(rest, component).reduce(0) { $0 + $1.0 * $1.1 }
            for j in rest.indices { rest[j] -= projection * component[j] }
        }
        return rest.reduce(0) { $0 + $1 * $1 }
    }

    /// The residual that normal rows exceed with probability `level`; 0 where nothing is left out.
    public func limit(level: Double) -> Double {
        let theta = (1...3).map { power in residualEigenvalues.reduce(0) { $0 + pow($1, Double(power)) } }
        guard theta[1] > 0 else { return 0 }
        let h = max(1e-3, 1 - 2 * theta[0] * theta[2] / (3 * theta[1] * theta[1]))
        let z = Normal.standard.quantile(1 - level)
        let inner =
            z * h * (2 * theta[1]).squareRoot() / theta[0] + 1 + theta[1] * h * (h - 1) / (theta[0] * theta[0])
        return theta[0] * pow(max(0, inner), 1 / h)
    }
}
