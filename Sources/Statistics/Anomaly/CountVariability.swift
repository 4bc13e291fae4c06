internal import Glibc

/// How much it says when the count in a column differs between two vectors.
///
/// The weight of a column is `−ln((d + 1) / (n + 2))`, where `d = n − Σ_c n_c² / n` is how many of *n* vectors can be
/// expected to have another count than a vector drawn from among them (`n_c` vectors have count *c*). A thing that every
/// vector has three times weighs as much as one that no vector has; one whose count is different each time weighs next to
/// nothing. Inverse document frequency, in contrast, makes light of the things that are always there, which are the ones
/// whose absence says most.
public struct CountVariability: Sendable {
    /// The number of vectors.
    public private(set) var size = 0
    /// For each column, the vectors by count; vectors without it are not written down.
    private var histograms: [[Int32: Int]]
    /// For each column, the sum of the squares of its histogram, and the vectors that have it.
    private var squares: [Double]
    private var present: [Int]

    /// The least weight: a difference is never worth nothing.
    private static let leastWeight = 0.05

    /// Creates the variability of no vector.
    ///
    /// - Parameter columns: The number of columns.
    public init(columns: Int) {
        histograms = Array(repeating: [:], count: columns)
        squares = Array(repeating: 0, count: columns)
        present = Array(repeating: 0, count: columns)
    }

    /// Adds a number of equal vectors, whose columns are all below the number of columns.
    public mutating func add(_ vector: CountVector, times: Int) {
        size += times
        for (column, count) in zip(vector.columns, vector.counts) {
            let column = Int(column)
            let before = histograms[column][count] ?? 0
            let after = before + times
            histograms[column][count] = after
            squares[column] += Double(after) * Double(after) - Double(before) * Double(before)
            present[column] += times
        }
    }

    /// The weight of a column in which no vector has anything: `ln(n + 2)`.
    public var weightOfUnseen: Double { Self.weight(differing: 0, of: Double(size)) }

    /// The weights of all columns.
    public var weights: [Double] {
        histograms.indices.map { column in
            let without = Double(size - present[column])
            return weight(squares: squares[column] + without * without, of: Double(size))
        }
    }

    /// The weight of a column as it would be without one of the vectors, which has a count there that is not 0.
    public func weight(of column: Int32, leavingOut count: Int32) -> Double {
        let column = Int(column)
        let without = Double(size - present[column])
        let same = Double(histograms[column][count] ?? 1)
        return weight(squares: squares[column] + without * without - (2 * same - 1), of: Double(size - 1))
    }

    private func weight(squares: Double, of total: Double) -> Double {
        Self.weight(differing: total > 0 ? total - squares / total : 0, of: total)
    }

    private static func weight(differing: Double, of size: Double) -> Double {
        max(leastWeight, -log((max(0, differing) + 1) / (size + 2)))
    }
}
