internal import LinearAlgebra

/// Vectors of unit length, or of zeros, that are compared by their cosines, and the way to those near one of them.
public struct UnitVectors: Sendable {
    /// The number of elements of a vector.
    public let dimensions: Int
    private(set) var rows: FloatRows
    /// The cells, and how many vectors they were made for; new ones are put into them until there are half as many more.
    private var cells: NeighbourCells
    private var sortedCount: Int

    /// No vectors of so many elements.
    public init(dimensions: Int) {
        let rows = FloatRows(columns: dimensions)
        self.init(rows, NeighbourCells(unsorted: rows))
    }

    /// The vectors that stand in a list one after the other, divided by their lengths.
    ///
    /// - Parameters:
    ///   - elements: `dimensions` numbers a vector.
    ///   - dimensions: The number of elements of a vector.
    public init(_ elements: [Float], dimensions: Int) {
        let rows = FloatRows(columns: dimensions, elements: elements).unitRows(columns: dimensions)
        self.init(rows, NeighbourCells(rows))
    }

    init(_ rows: FloatRows, _ cells: NeighbourCells) {
        dimensions = rows.columns
        self.rows = rows
        self.cells = cells
        sortedCount = rows.count
    }

    /// The vectors cut to their first elements; they are not sorted for being searched.
    public func cut(to dimensions: Int) -> UnitVectors {
        let rows = rows.unitRows(columns: min(dimensions, self.dimensions))
        return UnitVectors(rows, NeighbourCells(unsorted: rows))
    }

    /// The number of vectors.
    public var count: Int { rows.count }

    /// One vector.
    public subscript(number: Int) -> ArraySlice<Float> { rows[number] }

    /// The number of the first vector that is the same as each; one of zeros is the same as no other.
    public func firsts() -> [Int32] {
        var known: [Row: Int32] = [:]
        known.reserveCapacity(count)
        return (0..<count).map { number in
            let (row, own) = (rows[number], Int32(truncatingIfNeeded: number))
            guard row.contains(where: { $0 != 0 }) else { return own }
            if let first = known[Row(elements: row)] { return first }
            known[Row(elements: row)] = own
            return own
        }
    }

    /// A vector that is told from others by its first elements, nearly always.
    private struct Row: Hashable {
        let elements: ArraySlice<Float>

        func hash(into hasher: inout Hasher) {
            for element in elements.prefix(16) { hasher.combine(element) }
        }
    }

    /// Some of the vectors, numbered anew.
    public func among(_ numbers: [Int]) -> UnitVectors {
        let some = rows.rows(numbers)
        return UnitVectors(some, NeighbourCells(some))
    }

    /// Adds a vector of unit length.
    public mutating func append(_ vector: [Float]) {
        rows.append(vector)
        if 2 * rows.count > 3 * sortedCount, rows.count > NeighbourCells.exactCount {
            cells = NeighbourCells(rows)
            sortedCount = rows.count
        } else {
            cells.append(vector, number: rows.count - 1)
        }
    }

    /// The numbers of the vectors that are worth looking at for one: all of a few thousand, or else the few thousand in the cells around it.
    public func candidates(near vector: [Float]) -> [Int32] {
        cells.candidates(near: vector)
    }

    /// The cosine of a vector of unit length and one of these.
    public func cosine(_ vector: [Float], _ number: Int) -> Float {
        rows.product(of: number, with: vector)
    }

    /// The cosine of two of these.
    public func cosine(of one: Int, and other: Int) -> Float {
        rows.product(of: one, and: other)
    }

    /// The number of parts that ``nearest(inPart:count:least:)`` works in.
    public var partCount: Int { cells.count }

    /// The nearest other vectors of each vector of a part, the nearest first, by vector.
    ///
    /// - Parameters:
    ///   - part: `0 ..< partCount`; parts can be worked on at the same time.
    ///   - count: How many for each, as far as there are so many.
    ///   - least: The least cosine.
    /// - Complexity: O(n · dimensions · some thousand) over all parts; O(n² · dimensions) for vectors that were cut or drawn together.
    public func nearest(inPart part: Int, count: Int, least: Float) -> [(number: Int32, neighbours: [Neighbour])] {
        cells.nearest(of: rows, inCells: part..<part + 1, count: count, least: least)
    }

    /// Each vector drawn halfway to the mean of its neighbours, weighted by their cosines, so many times.
    ///
    /// Vectors of one dense place come nearer to each other than to what lies between two such places (a few steps of mean shift on the graph of
    /// neighbours; Cheng 1995). One without neighbours stays where it is. The results are not sorted for being searched.
    ///
    /// - Parameters:
    ///   - neighbours: The neighbours of each.
    ///   - steps: How often.
    /// - Complexity: O(neighbours · dimensions) a step.
    public func drawnTogether(by neighbours: [[Neighbour]], steps: Int) -> UnitVectors {
        var current = rows
        var next = [Float](repeating: 0, count: rows.elements.count)
        for _ in 0..<steps {
            current.elements.withUnsafeBufferPointer { elements in
                next.withUnsafeMutableBufferPointer { next in
                    for number in 0..<count {
                        let weight = neighbours[number].reduce(0) { $0 + max(0, $1.product) }
                        let start = number * dimensions
                        for place in 0..<dimensions { next[start + place] = elements[start + place] }
                        guard weight > 0 else { continue }
                        for neighbour in neighbours[number] {
                            let factor = max(0, neighbour.product) / weight
                            let other = Int(neighbour.number) * dimensions
                            for place in 0..<dimensions { next[start + place] += factor * elements[other + place] }
                        }
                    }
                }
            }
            current = FloatRows(columns: dimensions, elements: next).unitRows(columns: dimensions)
        }
        return UnitVectors(current, NeighbourCells(unsorted: current))
    }
}
