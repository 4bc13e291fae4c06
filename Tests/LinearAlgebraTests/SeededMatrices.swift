import LinearAlgebra
import Statistics

/// What tests draw from a seed, so that each sees the same numbers on each run.
extension SplitMix64 {
    mutating func vector(_ count: Int) -> [Double] {
        (0..<count).map { _ in Double.random(in: -1...1, using: &self) }
    }

    mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: vector(rows * columns))
    }

    /// `GᵀG + I`, well conditioned.
    mutating func positiveDefinite(_ n: Int) -> Matrix {
        var result = matrix(2 * n, n).gram()
        for i in 0..<n { result[i, i] += 1 }
        return result
    }
}

/// The largest absolute difference of two matrices of the same shape; infinite for other shapes or a NaN.
func distance(_ a: Matrix, _ b: Matrix) -> Double {
    guard a.rows == b.rows, a.columns == b.columns else { return .infinity }
    return distance(a.elements, b.elements)
}

/// The largest absolute difference of two vectors of the same length; infinite for other lengths or a NaN.
func distance(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) {
        $1.0 - $1.1 == 0 ? $0 : max($0, abs($1.0 - $1.1).isNaN ? .infinity : abs($1.0 - $1.1))
    }
}
