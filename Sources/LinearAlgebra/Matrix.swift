/// A dense matrix of doubles, stored column after column as LAPACK expects it.
public struct Matrix: Sendable, Equatable {
    /// The number of rows.
    public let rows: Int

    /// The number of columns.
    public let columns: Int

    /// The entries, column after column; the count stays `rows * columns`.
    public var elements: [Double]

    /// Creates a matrix with the same value in each entry.
    ///
    /// - Parameters:
    ///   - rows: The number of rows, not negative.
    ///   - columns: The number of columns, not negative.
    ///   - value: The value of each entry.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative dimension")
        self.rows = rows
        self.columns = columns
        elements = [Double](repeating: value, count: rows * columns)
    }

    /// Creates a matrix from its entries in column-major order.
    ///
    /// - Parameters:
    ///   - rows: The number of rows, not negative.
    ///   - columns: The number of columns, not negative.
    ///   - elements: `rows * columns` entries, column after column.
    public init(rows: Int, columns: Int, elements: [Double]) {
        precondition(rows >= 0 && columns >= 0, "a matrix has no negative dimension")
        precondition(elements.count == rows * columns, "a matrix has rows * columns elements")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// Creates a matrix from its rows, as one writes it on paper.
    ///
    /// - Parameter rowMajor: The rows, all of the same length.
    public init(rowMajor: [[Double]]) {
        self.init(rows: rowMajor.count, columns: rowMajor.first?.count ?? 0)
        for (i, row) in rowMajor.enumerated() {
            precondition(row.count == columns, "all rows have the same length")
            for (j, value) in row.enumerated() { self[i, j] = value }
        }
    }

    /// The identity matrix of order `n`.
    public static func identity(_ n: Int) -> Matrix {
        var result = Matrix(rows: n, columns: n)
        for i in 0..<n { result[i, i] = 1 }
        return result
    }

    /// The entry at a row and a column, both counted from 0.
    @inlinable
    public subscript(row: Int, column: Int) -> Double {
        get {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "the index is outside the matrix")
            return elements[column * rows + row]
        }
        set {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "the index is outside the matrix")
            elements[column * rows + row] = newValue
        }
    }

    /// The entries of column `j`, counted from 0.
    public func column(_ j: Int) -> [Double] {
        precondition(j >= 0 && j < columns, "the column is outside the matrix")
        return Array(elements[j * rows..<(j + 1) * rows])
    }

    /// The entries of row `i`, counted from 0.
    public func row(_ i: Int) -> [Double] {
        precondition(i >= 0 && i < rows, "the row is outside the matrix")
        return stride(from: i, to: elements.count, by: max(1, rows)).map { elements[$0] }
    }

    /// The matrix with rows and columns exchanged.
    public var transposed: Matrix {
        let values = [Double](unsafeUninitializedCapacity: elements.count) { result, count in
            elements.withUnsafeBufferPointer { source in
                // Square blocks keep both the reads and the writes within the cache.
                let block = 32
                for columnStart in stride(from: 0, to: columns, by: block) {
                    for rowStart in stride(from: 0, to: rows, by: block) {
                        for j in columnStart..<min(columnStart + block, columns) {
                            for i in rowStart..<min(rowStart + block, rows) {
                                result[i * columns + j] = source[j * rows + i]
                            }
                        }
                    }
                }
            }
            count = elements.count
        }
        return Matrix(rows: columns, columns: rows, elements: values)
    }
}
