/// A sparse matrix in compressed rows, for designs in which most columns of a row are zero.
///
/// Row `i` holds the entries `rowStarts[i] ..< rowStarts[i + 1]` of `columnIndices` and `values`. Column indices within a
/// row are in the order in which they were appended; a repeated index means the sum of its values.
public struct SparseMatrix: Sendable, Equatable {
    /// The number of columns.
    public let columns: Int

    /// The offset of the first entry of each row, and the number of entries at the end; count `rows + 1`.
    public private(set) var rowStarts: [Int]

    /// The column of each entry, `0 ..< columns`.
    public private(set) var columnIndices: [Int32]

    /// The value of each entry.
    public private(set) var values: [Double]

    /// Creates a matrix without rows.
    ///
    /// - Parameters:
    ///   - columns: The number of columns, not negative.
    ///   - rowCapacity: The number of rows to reserve space for.
    ///   - entryCapacity: The number of entries to reserve space for.
    public init(columns: Int, rowCapacity: Int = 0, entryCapacity: Int = 0) {
        precondition(columns >= 0, "a matrix has no negative number of columns")
        self.columns = columns
        rowStarts = [0]
        rowStarts.reserveCapacity(rowCapacity + 1)
        columnIndices = []
        columnIndices.reserveCapacity(entryCapacity)
        values = []
        values.reserveCapacity(entryCapacity)
    }

    /// Creates the matrix of the rows of several, one matrix after the other.
    ///
    /// - Parameters:
    ///   - parts: Matrices of `columns` columns.
    ///   - columns: The number of columns, not negative.
    public init(joining parts: [SparseMatrix], columns: Int) {
        precondition(parts.allSatisfy { $0.columns == columns }, "all parts have the same columns")
        if parts.count == 1 {
            self = parts[0]
            return
        }
        self.init(
            columns: columns, rowCapacity: parts.reduce(0) { $0 + $1.rows },
            entryCapacity: parts.reduce(0) { $0 + $1.values.count })
        for part in parts {
            let offset = values.count
            rowStarts.append(contentsOf: part.rowStarts.dropFirst().map { $0 + offset })
            let ended = part.rowStarts[part.rows]
            columnIndices.append(contentsOf: part.columnIndices[..<ended])
            values.append(contentsOf: part.values[..<ended])
        }
    }

    /// The number of rows.
    public var rows: Int { rowStarts.count - 1 }

    /// Adds an entry to the row that is being written.
    ///
    /// - Parameters:
    ///   - value: The value; zeros are not stored.
    ///   - column: The column, `0 ..< columns`.
    @inlinable
    public mutating func append(_ value: Double, column: Int) {
        precondition(column >= 0 && column < columns, "the column is outside the matrix")
        guard value != 0 else { return }
        appendEntry(value, column: Int32(truncatingIfNeeded: column))
    }

    @usableFromInline
    mutating func appendEntry(_ value: Double, column: Int32) {
        columnIndices.append(column)
        values.append(value)
    }

    /// Ends the row that is being written; entries appended next belong to the row after it.
    public mutating func endRow() {
        rowStarts.append(values.count)
    }

    /// Puts the entries of each row in the order of their columns, those of one column in the order in which they were appended.
    public mutating func sortRows() {
        columnIndices.withUnsafeMutableBufferPointer { indices in
            values.withUnsafeMutableBufferPointer { values in
                for row in 0..<(rowStarts.count - 1) {
                    for entry in rowStarts[row]..<rowStarts[row + 1] {
                        let (column, value) = (indices[entry], values[entry])
                        var slot = entry
                        while slot > rowStarts[row] && indices[slot - 1] > column {
                            indices[slot] = indices[slot - 1]
                            values[slot] = values[slot - 1]
                            slot -= 1
                        }
                        indices[slot] = column
                        values[slot] = value
                    }
                }
            }
        }
    }

    /// The inner product of one row with a vector of `columns` elements.
    public func rowProduct(_ row: Int, _ vector: [Double]) -> Double {
        precondition(vector.count == columns, "the vector has one element a column")
        var sum = 0.0
        for entry in rowStarts[row]..<rowStarts[row + 1] {
            sum += values[entry] * vector[Int(columnIndices[entry])]
        }
        return sum
    }

    /// The product with a vector of `columns` elements: one element a row.
    ///
    /// - Complexity: O(entries).
    public static func * (matrix: SparseMatrix, vector: [Double]) -> [Double] {
        precondition(vector.count == matrix.columns, "the vector has one element a column")
        return [Double](unsafeUninitializedCapacity: matrix.rows) { result, count in
            matrix.withEntries { starts, indices, values in
                vector.withUnsafeBufferPointer { vector in
                    for row in 0..<matrix.rows {
                        var sum = 0.0
                        for entry in starts[row]..<starts[row + 1] {
                            sum += values[entry] * vector[Int(indices[entry])]
                        }
                        result[row] = sum
                    }
                }
            }
            count = matrix.rows
        }
    }

    /// The product of the transpose with a vector of `rows` elements: one element a column.
    ///
    /// - Complexity: O(entries + columns).
    public func transposedTimes(_ vector: [Double]) -> [Double] {
        precondition(vector.count == rows, "the vector has one element a row")
        var result = [Double](repeating: 0, count: columns)
        withEntries { starts, indices, values in
            result.withUnsafeMutableBufferPointer { result in
                for row in 0..<rows where vector[row] != 0 {
                    let factor = vector[row]
                    for entry in starts[row]..<starts[row + 1] {
                        result[Int(indices[entry])] += factor * values[entry]
                    }
                }
            }
        }
        return result
    }

    private func withEntries<Result>(
        _ body: (UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Double>) -> Result
    ) -> Result {
        rowStarts.withUnsafeBufferPointer { starts in
            columnIndices.withUnsafeBufferPointer { indices in
                values.withUnsafeBufferPointer { values in body(starts, indices, values) }
            }
        }
    }
}
