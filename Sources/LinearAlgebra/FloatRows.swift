internal import CLAPACKE

/// Rows of numbers in single precision, one after the other in memory: what many vectors that are compared with each other are kept in.
public struct FloatRows: Sendable, Equatable {
    /// The number of columns.
    public let columns: Int
    /// The elements, row by row; count `rows · columns`.
    public private(set) var elements: [Float] = []

    /// Creates rows of elements; their number is a multiple of `columns`.
    public init(columns: Int, elements: [Float] = []) {
        precondition(columns > 0 && elements.count % columns == 0, "all rows have the same columns")
        self.columns = columns
        self.elements = elements
    }

    /// The number of rows.
    public var count: Int { elements.count / columns }

    /// One row.
    public subscript(row: Int) -> ArraySlice<Float> { elements[row * columns..<(row + 1) * columns] }

    /// Adds a row.
    public mutating func append(_ row: some Collection<Float>) {
        precondition(row.count == columns, "a row has one element a column")
        elements.append(contentsOf: row)
    }

    /// Replaces a row.
    public mutating func replace(_ row: Int, by values: some Collection<Float>) {
        precondition(values.count == columns, "a row has one element a column")
        elements.replaceSubrange(row * columns..<(row + 1) * columns, with: values)
    }

    /// Makes room for so many rows.
    public mutating func reserveCapacity(_ rows: Int) {
        elements.reserveCapacity(rows * columns)
    }

    /// Some rows, in that order.
    public func rows(_ indices: some Collection<Int>) -> FloatRows {
        var chosen = FloatRows(columns: columns)
        chosen.reserveCapacity(indices.count)
        for index in indices { chosen.elements.append(contentsOf: self[index]) }
        return chosen
    }

    /// Takes some rows of another, with as many columns, in the place of its own.
    public mutating func take(_ indices: some Collection<Int>, of other: FloatRows) {
        precondition(columns == other.columns, "both have the same columns")
        elements.removeAll(keepingCapacity: true)
        reserveCapacity(indices.count)
        for index in indices { elements.append(contentsOf: other[index]) }
    }

    /// Each row cut to its first columns and divided by its length; a row of zeros stays one.
    public func unitRows(columns: Int) -> FloatRows {
        precondition(columns <= self.columns, "rows are cut and not stretched")
        var result = FloatRows(columns: columns)
        result.elements = [Float](repeating: 0, count: count * columns)
        for row in 0..<count {
            var square: Float = 0
            for column in 0..<columns {
                let value = elements[row * self.columns + column]
                square += value * value
            }
            guard square > 0 else { continue }
            let length = square.squareRoot()
            for column in 0..<columns {
                result.elements[row * columns + column] = elements[row * self.columns + column] / length
            }
        }
        return result
    }

    /// The inner products of these rows with those of another, row by row of these (`sgemm`); count `rows · other.rows`.
    ///
    /// - Complexity: O(rows · other.rows · columns).
    public func products(with other: FloatRows) -> [Float] {
        precondition(columns == other.columns, "both have the same columns")
        let (m, n) = (count, other.count)
        guard m > 0, n > 0 else { return [] }
        return [Float](unsafeUninitializedCapacity: m * n) { result, initialized in
            multiply(other, into: result.baseAddress)
            initialized = m * n
        }
    }

    /// The same in the place of what an array holds, which is made longer where it is too short; what it has beyond them stays.
    public func products(with other: FloatRows, into products: inout [Float]) {
        precondition(columns == other.columns, "both have the same columns")
        let missing = count * other.count - products.count
        if missing > 0 { products.append(contentsOf: repeatElement(0, count: missing)) }
        guard count > 0, other.count > 0 else { return }
        products.withUnsafeMutableBufferPointer { multiply(other, into: $0.baseAddress) }
    }

    /// Writes the products with the rows of another, of which both have some, where there is room for them.
    private func multiply(_ other: FloatRows, into products: UnsafeMutablePointer<Float>?) {
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(truncatingIfNeeded: count),
            Int32(truncatingIfNeeded: other.count), Int32(truncatingIfNeeded: columns), 1, elements,
            Int32(truncatingIfNeeded: columns), other.elements, Int32(truncatingIfNeeded: columns), 0, products,
            Int32(truncatingIfNeeded: other.count))
    }

    /// The inner product of a row with a vector (`sdot`).
    public func product(of row: Int, with vector: [Float]) -> Float {
        precondition(vector.count == columns && 0..<count ~= row, "the vector has one element a column")
        return elements.withUnsafeBufferPointer { elements in
            // There is a row, so that the elements have an address.
            let start = elements.baseAddress.unsafelyUnwrapped + row * columns
            return cblas_sdot(Int32(truncatingIfNeeded: columns), start, 1, vector, 1)
        }
    }

    /// The inner product of two rows (`sdot`).
    public func product(of row: Int, and other: Int) -> Float {
        precondition(0..<count ~= row && 0..<count ~= other, "these are no rows")
        return elements.withUnsafeBufferPointer { elements in
            let start = elements.baseAddress.unsafelyUnwrapped
            return cblas_sdot(
                Int32(truncatingIfNeeded: columns), start + row * columns, 1, start + other * columns, 1)
        }
    }

    /// The inner products of all rows with a vector (`sgemv`).
    public func products(with vector: [Float]) -> [Float] {
        precondition(vector.count == columns, "the vector has one element a column")
        guard count > 0 else { return [] }
        return [Float](unsafeUninitializedCapacity: count) { result, initialized in
            cblas_sgemv(
                CblasRowMajor, CblasNoTrans, Int32(truncatingIfNeeded: count), Int32(truncatingIfNeeded: columns), 1,
                elements, Int32(truncatingIfNeeded: columns), vector, 1, 0, result.baseAddress, 1)
            initialized = count
        }
    }
}
