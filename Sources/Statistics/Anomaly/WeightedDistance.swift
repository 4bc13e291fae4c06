/// A vector of which only the entries that are not zero are written down.
public struct SparseVector: Sendable, Hashable {
    /// The columns in ascending order, none twice.
    public let columns: [Int32]
    /// The values of these columns, finite.
    public let values: [Double]

    /// Creates a vector; the columns ascend and there is one value for each.
    public init(columns: [Int32], values: [Double]) {
        self.columns = columns
        self.values = values
    }

    /// The weighted Manhattan distance `Σ w_j |a_j − b_j|`, or infinity once it is certain to exceed `bound`.
    ///
    /// - Parameters:
    ///   - other: The other vector.
    ///   - bound: The distance beyond which nobody wants to know.
    ///   - weight: The weight of a column, not negative.
    /// - Complexity: O(entries of both).
    @inline(__always)
    func distance(to other: SparseVector, bound: Double, weight: (Int32) -> Double) -> Double {
        var sum = 0.0
        var (i, j) = (0, 0)
        while i < columns.count || j < other.columns.count {
            let left = i < columns.count ? columns[i] : Int32.max
            let right = j < other.columns.count ? other.columns[j] : Int32.max
            if left == right {
                sum += weight(left) * (values[i] - other.values[j]).magnitude
                (i, j) = (i + 1, j + 1)
            } else if left < right {
                sum += weight(left) * values[i].magnitude
                i += 1
            } else {
                sum += weight(right) * other.values[j].magnitude
                j += 1
            }
            if sum > bound { return .infinity }
        }
        return sum
    }
}

/// The nearest of some vectors by weighted Manhattan distance.
public struct NearestVectors: Sendable, Equatable {
    /// The vectors that are compared with.
    public let vectors: [SparseVector]

    /// Creates the search over some vectors.
    public init(_ vectors: [SparseVector]) {
        self.vectors = vectors
    }

    /// The nearest vector; of those at equal distance the first.
    ///
    /// - Parameters:
    ///   - query: The vector to compare.
    ///   - weights: The weight of each column, not negative.
    ///   - otherWeight: The weight of the columns beyond `weights`.
    ///   - excluded: A vector that does not count.
    /// - Returns: Its place and distance; the place is nil, and the distance that to the zero vector, where there is none.
    /// - Complexity: O(vectors · entries).
    public func nearest(
        to query: SparseVector, weights: [Double], otherWeight: Double, excluding excluded: Int? = nil
    ) -> (index: Int?, distance: Double) {
        func weight(_ column: Int32) -> Double {
            Int(column) < weights.count ? weights[Int(column)] : otherWeight
        }
        var best: (index: Int?, distance: Double) = (nil, .infinity)
        for (index, vector) in vectors.enumerated() where index != excluded {
            let distance = query.distance(to: vector, bound: best.distance, weight: weight)
            if distance < best.distance { best = (index, distance) }
        }
        if best.index == nil {
            let zero = SparseVector(columns: [], values: [])
            best.distance = query.distance(to: zero, bound: .infinity, weight: weight)
        }
        return best
    }
}
