/// Several coefficient vectors of one length, interleaved so that one pass over a sparse row gives all its products.
///
/// The coefficients of a column stand side by side, in blocks of eight lanes; the lanes beyond the last vector are zero.
public struct LaneCoefficients: Sendable {
    /// Eight lanes.
    public typealias Lanes = SIMD8<Double>

    /// The number of elements of each vector.
    public let columns: Int
    /// The number of blocks of eight lanes.
    public let blocks: Int

    private let elements: [Lanes]

    /// Interleaves vectors.
    ///
    /// - Parameters:
    ///   - vectors: One vector a lane; elements that are not there count as zero.
    ///   - columns: The number of elements of each vector, at least that of the longest.
    public init(_ vectors: [[Double]], columns: Int) {
        precondition(vectors.allSatisfy { $0.count <= columns }, "a vector has at most one element a column")
        self.columns = columns
        let blocks = (vectors.count + 7) / 8
        self.blocks = blocks
        var elements = [Lanes](repeating: Lanes(), count: columns * blocks)
        elements.withUnsafeMutableBytes { bytes in
            let numbers = bytes.bindMemory(to: Double.self)
            for (lane, vector) in vectors.enumerated() {
                for (column, value) in vector.enumerated() { numbers[column * blocks * 8 + lane] = value }
            }
        }
        self.elements = elements
    }

    /// The inner products of a sparse row with all vectors.
    ///
    /// - Parameters:
    ///   - indices: The column of each entry, `0 ..< columns`.
    ///   - values: The value of each entry.
    ///   - result: ``blocks`` elements, which are overwritten.
    /// - Complexity: O(entries · lanes).
    public func multiply(
        indices: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Double>,
        into result: UnsafeMutableBufferPointer<Lanes>
    ) {
        precondition(indices.count == values.count && result.count == blocks, "one value an entry, one sum a lane")
        check(indices)
        elements.withUnsafeBufferPointer { elements in
            guard let base = elements.baseAddress else { return result.update(repeating: Lanes()) }
            var block = 0
            // Two blocks at a time are as many sums as there are registers.
            while block + 1 < blocks {
                var (first, second) = (Lanes(), Lanes())
                for entry in 0..<indices.count {
                    let column = base + Int(indices[entry]) * blocks + block
                    first += column[0] * values[entry]
                    second += column[1] * values[entry]
                }
                (result[block], result[block + 1]) = (first, second)
                block += 2
            }
            if block < blocks {
                var sum = Lanes()
                for entry in 0..<indices.count {
                    sum += base[Int(indices[entry]) * blocks + block] * values[entry]
                }
                result[block] = sum
            }
        }
    }

    /// Adds the share of each entry of a sparse row in a weighted sum of its products to the sum of the group of its column.
    ///
    /// - Parameters:
    ///   - indices: The column of each entry, `0 ..< columns`.
    ///   - values: The value of each entry.
    ///   - weights: The weight of each vector, in ``blocks`` elements; blocks without weight at the end cost nothing.
    ///   - groupOfColumn: An index into `sums` for each column.
    ///   - sums: The sums that are added to.
    /// - Complexity: O(entries · lanes).
    public func addShares(
        indices: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Double>,
        weights: UnsafeBufferPointer<Lanes>, groupOfColumn: [Int], to sums: inout [Double]
    ) {
        precondition(
            indices.count == values.count && weights.count == blocks && groupOfColumn.count == columns,
            "one value an entry, one weight a lane, one group a column")
        check(indices)
        let end = weights.lastIndex { any($0 .!= 0) }.map { $0 + 1 } ?? 0
        elements.withUnsafeBufferPointer { elements in
            for entry in 0..<indices.count {
                let column = Int(indices[entry])
                var sum = Lanes()
                for block in 0..<end { sum += elements[column * blocks + block] * weights[block] }
                sums[groupOfColumn[column]] += sum.sum() * values[entry]
            }
        }
    }

    private func check(_ indices: UnsafeBufferPointer<Int32>) {
        var isInside = true
        for index in indices { isInside = isInside && index >= 0 && Int(index) < columns }
        precondition(isInside, "a column is outside the matrix")
    }
}
