internal import LinearAlgebra

/// Vectors of unit length sorted into cells around centres, so that the nearest of one are looked for in the cells nearest to it and not among all.
///
/// An inverted file (Jégou, Douze and Schmid 2011, "Product quantization for nearest neighbor search") without quantisation: centres come from a few
/// steps of spherical k-means (Dhillon and Modha 2001) on a sample. Up to ``exactCount`` vectors, and where they are
/// not sorted, there is one cell, and nothing is missed.
struct NeighbourCells: Sendable {
    /// The vectors that a search looks at, at least.
    static let exactCount = 4_096
    /// The mean number of vectors of a cell where there are several.
    private static let cellSize = 512
    /// The vectors of a sample for each centre.
    private static let sampled = 64
    private static let steps = 6

    /// The centres, one row a cell.
    private var centres: FloatRows
    /// The numbers of the vectors of each cell, ascending.
    private var members: [[Int32]]

    /// Sorts vectors.
    init(_ vectors: FloatRows) {
        let count = vectors.count
        let cells = count <= Self.exactCount ? 1 : count / Self.cellSize
        guard cells > 1 else {
            self = NeighbourCells(unsorted: vectors)
            return
        }
        // Evenly spaced, so that nothing is drawn and the sample covers all times.
        let sampleCount = min(count, cells * Self.sampled)
        let sample = vectors.rows((0..<sampleCount).map { $0 * count / sampleCount })
        var found = vectors.rows((0..<cells).map { $0 * count / cells })
        for _ in 0..<Self.steps {
            let nearest = Self.nearest(sample, found)
            var sums = [Float](repeating: 0, count: cells * vectors.columns)
            for (row, cell) in nearest.enumerated() {
                let start = Int(cell) * vectors.columns
                for (column, value) in sample[row].enumerated() { sums[start + column] += value }
            }
            let moved = FloatRows(columns: vectors.columns, elements: sums).unitRows(columns: vectors.columns)
            // A centre that nothing is near stays where it was.
            for cell in 0..<cells where moved[cell].contains(where: { $0 != 0 }) {
                found.replace(cell, by: moved[cell])
            }
        }
        centres = found
        members = Array(repeating: [], count: cells)
        for (row, cell) in Self.nearest(vectors, found).enumerated() {
            members[Int(cell)].append(Int32(truncatingIfNeeded: row))
        }
    }

    /// Puts all vectors into one cell.
    init(unsorted vectors: FloatRows) {
        centres = FloatRows(columns: vectors.columns, elements: [Float](repeating: 0, count: vectors.columns))
        members = [(0..<vectors.count).map { Int32(truncatingIfNeeded: $0) }]
    }

    /// Adds a vector with the next number.
    mutating func append(_ vector: [Float], number: Int) {
        let products = centres.products(with: vector)
        let cell = products.indices.max { (products[$0], -$0) < (products[$1], -$1) } ?? 0
        members[cell].append(Int32(truncatingIfNeeded: number))
    }

    /// The numbers of the vectors in the cells nearest to one: all of them, or at least so many.
    func candidates(near vector: [Float], atLeast count: Int = exactCount) -> [Int32] {
        cells(near: vector, atLeast: count).flatMap { members[$0] }
    }

    /// The cells nearest to a vector, the nearest first: all of them, or those that hold at least so many vectors.
    private func cells(near vector: [Float], atLeast count: Int) -> [Int] {
        if members.count == 1 { return [0] }
        let products = centres.products(with: vector)
        var found: [Int] = []
        var held = 0
        for cell in products.indices.sorted(by: { (-products[$0], $0) < (-products[$1], $1) }) {
            found.append(cell)
            held += members[cell].count
            if held >= count { break }
        }
        return found
    }

    /// The number of cells.
    var count: Int { members.count }

    /// The nearest other vectors of each vector of some cells, by inner product, the nearest first.
    ///
    /// - Parameters:
    ///   - vectors: The vectors that were sorted, all of them.
    ///   - cells: The cells.
    ///   - count: How many for each, as far as there are so many.
    ///   - least: The least inner product.
    func nearest(
        of vectors: FloatRows, inCells cells: Range<Int>, count: Int, least: Float
    ) -> [(number: Int32, neighbours: [Neighbour])] {
        var result: [(number: Int32, neighbours: [Neighbour])] = []
        // A part of another cell at a time, whose rows stay in the cache.
        var (own, others) = (FloatRows(columns: vectors.columns), FloatRows(columns: vectors.columns))
        var products: [Float] = []
        for cell in cells where !members[cell].isEmpty {
            own.take(members[cell].map { Int($0) }, of: vectors)
            var lists = NearestLists(of: own.count, count: count, least: least)
            for other in self.cells(near: Array(centres[cell]), atLeast: Self.exactCount) {
                for start in stride(from: 0, to: members[other].count, by: Self.cellSize) {
                    let part = members[other][start..<min(members[other].count, start + Self.cellSize)]
                    others.take(part.map { Int($0) }, of: vectors)
                    own.products(with: others, into: &products)
                    for (row, number) in members[cell].enumerated() {
                        lists.add(products, row: row, of: part, except: number)
                    }
                }
            }
            for (row, number) in members[cell].enumerated() { result.append((number, Array(lists[row]))) }
        }
        return result
    }

    private static func nearest(_ vectors: FloatRows, _ centres: FloatRows) -> [Int32] {
        var nearest: [Int32] = []
        nearest.reserveCapacity(vectors.count)
        for start in stride(from: 0, to: vectors.count, by: cellSize) {
            let part = vectors.rows(start..<min(vectors.count, start + cellSize))
            let products = part.products(with: centres)
            for row in 0..<part.count {
                var best = row * centres.count
                for place in row * centres.count..<(row + 1) * centres.count where products[place] > products[best] {
                    best = place
                }
                nearest.append(Int32(truncatingIfNeeded: best - row * centres.count))
            }
        }
        return nearest
    }
}
