import LinearAlgebra

/// SplitMix64 (Steele, Lea and Flood, 2014), so that each test sees the same numbers on each run.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

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
