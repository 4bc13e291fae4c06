internal import Algorithms

/// The distances of many count vectors from one, exact but for rounding, with one addition for each of their entries.
///
/// A column with a count is a cell. The distance `Σ_j w_j ℓ(|a_j − b_j|)` is that of *a* from the empty vector and, for each
/// cell of *b*, what it adds to it. That is the same for all *b* that have the cell, so it is worked out once for each *a*.
struct DistanceEstimate: Sendable, Equatable {
    /// The columns and counts that occur, in ascending order, none twice.
    private let cells: [Cell]
    /// What each cell adds where the other vector lacks the column.
    private let worths: [Double]
    /// The places of the cells of all vectors, one vector after the other.
    private let entries: [Int32]
    /// Where the entries of each vector end.
    private let ends: [Int]

    private struct Cell: Sendable, Equatable, Comparable {
        let column: Int32
        let count: Int32

        static func < (left: Cell, right: Cell) -> Bool {
            (left.column, left.count) < (right.column, right.count)
        }
    }

    /// Takes vectors, and what a count in a column costs against none.
    ///
    /// O(*n* log *n*) for *n* entries of all vectors.
    init(_ vectors: [CountVector], cost: (_ column: Int32, _ count: Int32) -> Double) {
        let all = vectors.flatMap { zip($0.columns, $0.counts).map { Cell(column: $0, count: $1) } }
        var cells: [Cell] = []
        for cell in all.sorted() where cell != cells.last { cells.append(cell) }
        self.cells = cells
        worths = cells.map { cost($0.column, $0.count) }
        entries = all.map { cell in Int32(cells.partitioningIndex { $0 >= cell }) }
        ends = Array(vectors.reductions(0) { $0 + $1.columns.count }.dropFirst())
    }

    /// The distances from a vector.
    ///
    /// O(entries of all vectors).
    ///
    /// - Parameters:
    ///   - query: The vector.
    ///   - cost: What the difference of two counts costs in the column at a place in `query`.
    /// - Returns: The distance of `query` from the empty vector, and for each vector its distance from `query`, wrong by no
    ///   more than 10⁻⁹ of the sum of both.
    func distances(
        from query: CountVector, cost: (_ place: Int, _ left: Int32, _ right: Int32) -> Double
    ) -> (empty: Double, distances: [Double]) {
        var worths = worths
        var empty = 0.0
        for (place, column) in query.columns.enumerated() {
            let count = query.counts[place]
            let whole = cost(place, count, 0)
            empty += whole
            for cell in cells.partitioningIndex(where: { $0.column >= column })..<cells.count {
                guard cells[cell].column == column else { break }
                worths[cell] = cost(place, count, cells[cell].count) - whole
            }
        }
        var entry = 0
        let distances = ends.map { end in
            var sum = empty
            while entry < end {
                sum += worths[Int(entries[entry])]
                entry += 1
            }
            return sum
        }
        return (empty, distances)
    }
}
