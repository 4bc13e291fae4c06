internal import Glibc
public import LinearAlgebra

/// What principal components leave unexplained of standardised rows.
///
/// `‖(I − V Vᵀ) z‖`, with `z_j = (x_j − μ_j) / s_j`, where the columns of `V` are the leading right singular vectors of the
/// standardised rows. The limit of Jackson and Mudholkar takes rows for normal, which counts of log lines are far from, so
/// thresholds come from held-out rows: see ``heldOut(rows:counts:folds:)``.
///
/// Source: Jackson, Mudholkar 1979, *Technometrics* 21(3); Xu et al. 2009, SOSP, for logs.
public struct PrincipalResidual: Sendable, Equatable {
    /// The means of the columns.
    public let mean: [Double]
    /// The standard deviations of the columns, positive.
    public let deviation: [Double]
    /// The components as rows: kept × columns.
    public let components: [[Double]]

    /// The share of the variance that the kept components explain at least.
    private static let explained = 0.95

    /// Restores a fit from its parts.
    public init(mean: [Double], deviation: [Double], components: [[Double]]) {
        self.mean = mean
        self.deviation = deviation
        self.components = components
    }

    /// Fits the components to weighted rows.
    ///
    /// - Parameters:
    ///   - rows: The rows, rows × columns.
    ///   - counts: How often each row occurs, not negative, not all 0.
    /// - Throws: ``LinearAlgebraError`` for values that are not finite.
    /// - Complexity: O(rows · columns · min(rows, columns)).
    public init(rows: Matrix, counts: [Double]) throws(LinearAlgebraError) {
        let total = max(counts.reduce(0, +), .leastNormalMagnitude)
        var mean: [Double] = []
        var deviation: [Double] = []
        var standard = rows
        for j in 0..<rows.columns {
            var (sum, squares) = (0.0, 0.0)
            for i in 0..<rows.rows { sum += counts[i] * rows[i, j] }
            let centre = sum / total
            for i in 0..<rows.rows { squares += counts[i] * (rows[i, j] - centre) * (rows[i, j] - centre) }
            // One more case that differs by 1, so that a constant column has a scale too.
            let scale = ((squares + 1) / (total + 2)).squareRoot()
            for i in 0..<rows.rows { standard[i, j] = (rows[i, j] - centre) / scale * (counts[i] / total).squareRoot() }
            mean.append(centre)
            deviation.append(scale)
        }
        let decomposition = try SingularValueDecomposition(standard)
        let eigenvalues = decomposition.singularValues.map { $0 * $0 }
        let wanted = Self.explained * eigenvalues.reduce(0, +)
        var (kept, explained) = (0, 0.0)
        while kept < eigenvalues.count, explained < wanted {
            explained += eigenvalues[kept]
            kept += 1
        }
        self.mean = mean
        self.deviation = deviation
        components = (0..<kept).map { decomposition.vTransposed.row($0) }
    }

    /// The part of each standardised column that the components do not explain.
    public func residuals(of row: [Double]) -> [Double] {
        var rest = row.indices.map { (row[$0] - mean[$0]) / deviation[$0] }
        for component in components {
            var projection = 0.0
            for j in rest.indices { projection += rest[j] * component[j] }
            for j in rest.indices { rest[j] -= projection * component[j] }
        }
        return rest
    }

    /// The length of what the components do not explain.
    public func residual(of row: [Double]) -> Double {
        residuals(of: row).reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    /// The residual of each row from components that were fitted without it, where leaving it out matters.
    ///
    /// Rows that occur once are parted by their place into folds, each measured by the fit to the others; a row that
    /// occurs more often would be in every fit, so it is measured by this one.
    public func heldOut(rows: Matrix, counts: [Double], folds: Int = 5) throws(LinearAlgebraError) -> [Double] {
        var residuals = (0..<rows.rows).map { residual(of: rows.row($0)) }
        for fold in 0..<folds {
            let held = (0..<rows.rows).filter { counts[$0] == 1 && $0 % folds == fold }
            if held.isEmpty || held.count == rows.rows { continue }
            var others = counts
            for index in held { others[index] = 0 }
            let fit = try PrincipalResidual(rows: rows, counts: others)
            for index in held { residuals[index] = fit.residual(of: rows.row(index)) }
        }
        return residuals
    }
}
