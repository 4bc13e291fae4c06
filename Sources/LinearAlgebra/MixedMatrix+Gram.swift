internal import CLAPACKE
internal import Dispatch
internal import Synchronization

extension MixedMatrix {
    /// The rows that go through the products of sparse columns together: the sums of a column are fetched once for all of them.
    private static let widestBlock = 8_192

    /// The square of the mean number of stored entries of a row: about twice the products that a row adds to ``gram(weights:)``.
    public var squaredEntriesOfRow: Double {
        let mean = Double(denseColumns.count) + Double(values.count) / Double(max(1, rows))
        return max(1, mean * mean)
    }

    /// The matrix `Aᵀ diag(weights) A`; only the lower triangle is filled.
    ///
    /// - Parameter weights: One weight a row, not negative; rows of weight zero cost nothing.
    /// - Complexity: O(Σ entriesOfRow² / 2).
    public func gram(weights: [Double]) -> Matrix {
        precondition(weights.count == rows, "there is one weight a row")
        precondition(weights.allSatisfy { $0 >= 0 }, "weights are not negative")
        let parts = Mutex((dense: Matrix?.none, mixed: [Double]?.none, sparse: Matrix?.none))
        DispatchQueue.concurrentPerform(iterations: 3) { part in
            switch part {
            case 0:
                let mixed = mixedGram(weights)
                parts.withLock { $0.mixed = mixed }
            case 1:
                let sparse = sparseGram(weights)
                parts.withLock { $0.sparse = sparse }
            default:
                let dense = denseGram(weights)
                parts.withLock { $0.dense = dense }
            }
        }
        let (dense, mixed) = parts.withLock { ($0.dense, $0.mixed) }
        // Taken away from where it was kept, the largest of them is not copied.
        guard var result = parts.withLock({ $0.sparse.take() }), let dense, let mixed else {
            return Matrix(rows: columns, columns: columns)
        }
        let width = denseColumns.count
        for (position, column) in denseColumns.enumerated() {
            for other in position..<width { result[denseColumns[other], column] = dense[other, position] }
        }
        for column in 0..<columns {
            for (position, dense) in denseColumns.enumerated() where mixed[column * width + position] != 0 {
                result[max(column, dense), min(column, dense)] += mixed[column * width + position]
            }
        }
        return result
    }

    /// The products of dense columns with each other, one row and column a dense column.
    private func denseGram(_ weights: [Double]) -> Matrix {
        let width = denseColumns.count
        var sums = Matrix(rows: width, columns: width)
        guard width > 0 else { return sums }
        var gathered = [Double](repeating: 0, count: Self.block * width)
        var filled = 0
        func flush() {
            cblas_dsyrk(
                CblasColMajor, CblasLower, CblasNoTrans, Int32(width), Int32(filled), 1, gathered, Int32(width), 1,
                &sums.elements, sums.leadingDimension)
            filled = 0
        }
        for row in 0..<rows where weights[row] > 0 {
            let root = weights[row].squareRoot()
            for position in 0..<width {
                gathered[filled * width + position] = root * dense[row * width + position]
            }
            filled += 1
            if filled == Self.block { flush() }
        }
        flush()
        return sums
    }

    /// The products of sparse columns with each other.
    private func sparseGram(_ weights: [Double]) -> Matrix {
        var result = Matrix(rows: columns, columns: columns)
        result.elements.withUnsafeMutableBufferPointer { out in
            withEntries { starts, indices, values in
                forEachSparseEntry(in: Self.widestBlock, weights) { column, row, entry in
                    let begin = column * columns
                    let factor = weights[row] * values[entry]
                    for other in entry..<starts[row + 1] {
                        out[begin &+ Int(indices[other])] += factor * values[other]
                    }
                }
            }
        }
        return result
    }

    /// The products of sparse columns with the dense ones: those of one sparse column with all dense ones stand side by side.
    private func mixedGram(_ weights: [Double]) -> [Double] {
        let width = denseColumns.count
        var mixed = [Double](repeating: 0, count: columns * width)
        guard width > 0 else { return mixed }
        mixed.withUnsafeMutableBufferPointer { mixed in
            dense.withUnsafeBufferPointer { dense in
                forEachSparseEntry(in: Self.block, weights) { column, row, entry in
                    cblas_daxpy(
                        Int32(width), weights[row] * values[entry], dense.baseAddress?.advanced(by: row * width), 1,
                        mixed.baseAddress?.advanced(by: column * width), 1)
                }
            }
        }
        return mixed
    }

    /// Calls `body` with the column, the row and the place of each sparse entry of the rows with a weight.
    ///
    /// A block of rows is gone through column by column, so that the sums of one column stay in the cache.
    @inline(__always)
    private func forEachSparseEntry(in size: Int, _ weights: [Double], _ body: (Int, Int, Int) -> Void) {
        var entries = BlockEntries(columns: columns)
        withEntries { starts, indices, _ in
            for start in stride(from: 0, to: rows, by: size) {
                entries.collect((start..<min(start + size, rows)).filter { weights[$0] > 0 }, starts, indices)
                for column in 0..<columns {
                    for (row, entry) in entries.ofColumn(column) { body(column, row, entry) }
                }
            }
        }
    }
}

/// The sparse entries of some rows, column after column, each column's in the order of the rows.
private struct BlockEntries {
    private var starts: [Int]
    private var entries: [(row: Int, entry: Int)] = []

    init(columns: Int) {
        starts = [Int](repeating: 0, count: columns + 1)
    }

    /// Takes the entries of rows in place of those before.
    mutating func collect(
        _ rows: [Int], _ rowStarts: UnsafeBufferPointer<Int>, _ indices: UnsafeBufferPointer<Int32>
    ) {
        for place in starts.indices { starts[place] = 0 }
        for row in rows {
            for entry in rowStarts[row]..<rowStarts[row + 1] { starts[Int(indices[entry])] += 1 }
        }
        var count = 0
        for place in starts.indices {
            count += starts[place]
            starts[place] = count
        }
        if entries.count < count { entries = [(row: Int, entry: Int)](repeating: (0, 0), count: count) }
        // Filled from behind, each start comes to stand at the first entry of its column.
        for row in rows.reversed() {
            for entry in rowStarts[row]..<rowStarts[row + 1] {
                let column = Int(indices[entry])
                starts[column] -= 1
                entries[starts[column]] = (row, entry)
            }
        }
    }

    /// The entries of a column.
    func ofColumn(_ column: Int) -> ArraySlice<(row: Int, entry: Int)> { entries[starts[column]..<starts[column + 1]] }
}
