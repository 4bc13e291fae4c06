internal import CLAPACKE

/// A matrix that is multiplied often: columns that are mostly filled are stored densely, the others in compressed rows.
///
/// Eight vectors go through a product together, one a lane, because a pass over the matrix costs more than the arithmetic.
public struct MixedMatrix: Sendable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int

    /// The columns that are stored densely, ascending.
    let denseColumns: [Int]
    /// The dense columns, row after row.
    let dense: [Double]
    /// The offset of the first sparse entry of each row, and the number of entries at the end.
    let rowStarts: [Int]
    /// The column of each sparse entry, ascending and distinct within a row.
    let columnIndices: [Int32]
    /// The value of each sparse entry.
    let values: [Double]

    /// The share of filled rows from which a column is stored densely.
    private static let densestShare = 0.25
    /// The rows that go through a product together, so that the copies that BLAS makes stay in the cache.
    static let block = 512

    /// Creates the same matrix in another form.
    ///
    /// - Parameter matrix: The matrix; repeated entries of a row are added up.
    public init(_ matrix: SparseMatrix) {
        self.init(joining: [matrix], columns: matrix.columns)
    }

    /// Creates the matrix of the rows of several, one matrix after the other.
    ///
    /// - Parameters:
    ///   - parts: Matrices of `columns` columns; repeated entries of a row are added up.
    ///   - columns: The number of columns, not negative.
    public init(joining parts: [SparseMatrix], columns: Int) {
        precondition(parts.allSatisfy { $0.columns == columns }, "all parts have the same columns")
        let rows = parts.reduce(0) { $0 + $1.rows }
        self.rows = rows
        self.columns = columns
        var filled = [Int](repeating: 0, count: columns)
        for part in parts {
            for entry in 0..<part.rowStarts[part.rows] { filled[Int(part.columnIndices[entry])] += 1 }
        }
        let threshold = max(1, Int(Double(rows) * Self.densestShare))
        let denseColumns = filled.indices.filter { filled[$0] >= threshold }
        var place = [Int](repeating: -1, count: columns)
        for (position, column) in denseColumns.enumerated() { place[column] = position }
        let width = denseColumns.count
        var dense = [Double](repeating: 0, count: rows * width)
        let sparseCount = filled.indices.reduce(0) { $0 + (place[$1] < 0 ? filled[$1] : 0) }
        var starts = [0]
        var indices: [Int32] = []
        var values: [Double] = []
        starts.reserveCapacity(rows + 1)
        indices.reserveCapacity(sparseCount)
        values.reserveCapacity(sparseCount)
        for part in parts {
            for row in 0..<part.rows {
                let begin = indices.count
                let target = (starts.count - 1) * width
                for entry in part.rowStarts[row]..<part.rowStarts[row + 1] {
                    let column = part.columnIndices[entry]
                    let value = part.values[entry]
                    if place[Int(column)] >= 0 {
                        dense[target + place[Int(column)]] += value
                        continue
                    }
                    var slot = indices.count
                    while slot > begin && indices[slot - 1] > column { slot -= 1 }
                    if slot > begin && indices[slot - 1] == column {
                        values[slot - 1] += value
                    } else if slot == indices.count {
                        indices.append(column)
                        values.append(value)
                    } else {
                        indices.insert(column, at: slot)
                        values.insert(value, at: slot)
                    }
                }
                starts.append(indices.count)
            }
        }
        self.denseColumns = denseColumns
        self.dense = dense
        rowStarts = starts
        columnIndices = indices
        self.values = values
    }

    /// The products with eight vectors, one a lane.
    ///
    /// - Parameter vectors: One element a column.
    /// - Returns: One element a row.
    /// - Complexity: O(rows · dense columns + sparse entries).
    public func times(_ vectors: [SIMD8<Double>]) -> [SIMD8<Double>] {
        precondition(vectors.count == columns, "the vectors have one element a column")
        let own = denseColumns.map { vectors[$0] }
        return [SIMD8<Double>](unsafeUninitializedCapacity: rows) { result, count in
            result.initialize(repeating: .zero)
            for start in stride(from: 0, to: rows, by: Self.block) {
                let block = start..<min(start + Self.block, rows)
                multiplyDense(own, into: UnsafeMutableBufferPointer(rebasing: result[block]), from: start)
                withEntries { starts, indices, values in
                    vectors.withUnsafeBufferPointer { vectors in
                        for row in block {
                            var sum = result[row]
                            for entry in starts[row]..<starts[row + 1] {
                                sum += vectors[Int(indices[entry])] * values[entry]
                            }
                            result[row] = sum
                        }
                    }
                }
            }
            count = rows
        }
    }

    private func multiplyDense(
        _ own: [SIMD8<Double>], into result: UnsafeMutableBufferPointer<SIMD8<Double>>, from start: Int
    ) {
        let width = denseColumns.count
        guard width > 0 else { return }
        own.withUnsafeBytes { own in
            dense.withUnsafeBufferPointer { dense in
                cblas_dgemm(
                    CblasColMajor, CblasNoTrans, CblasNoTrans, 8, Int32(result.count), Int32(width), 1,
                    own.assumingMemoryBound(to: Double.self).baseAddress, 8,
                    dense.baseAddress?.advanced(by: start * width), Int32(width), 0,
                    UnsafeMutableRawBufferPointer(result).assumingMemoryBound(to: Double.self).baseAddress, 8)
            }
        }
    }

    /// The products of the transpose with eight vectors, one a lane.
    ///
    /// - Parameter vectors: One element a row; rows in which all lanes are zero cost little.
    /// - Returns: One element a column.
    /// - Complexity: O(rows · dense columns + sparse entries).
    public func transposedTimes(_ vectors: [SIMD8<Double>]) -> [SIMD8<Double>] {
        precondition(vectors.count == rows, "the vectors have one element a row")
        var result = [SIMD8<Double>](repeating: .zero, count: columns)
        var own = [SIMD8<Double>](repeating: .zero, count: denseColumns.count)
        vectors.withUnsafeBufferPointer { vectors in
            result.withUnsafeMutableBufferPointer { result in
                withEntries { starts, indices, values in
                    for start in stride(from: 0, to: rows, by: Self.block) {
                        let block = start..<min(start + Self.block, rows)
                        multiplyDenseTransposed(UnsafeBufferPointer(rebasing: vectors[block]), into: &own, from: start)
                        for row in block where vectors[row] != .zero {
                            let vector = vectors[row]
                            for entry in starts[row]..<starts[row + 1] {
                                result[Int(indices[entry])] += vector * values[entry]
                            }
                        }
                    }
                }
            }
        }
        for (position, column) in denseColumns.enumerated() { result[column] = own[position] }
        return result
    }

    private func multiplyDenseTransposed(
        _ vectors: UnsafeBufferPointer<SIMD8<Double>>, into own: inout [SIMD8<Double>], from start: Int
    ) {
        let width = denseColumns.count
        guard width > 0 else { return }
        own.withUnsafeMutableBytes { own in
            dense.withUnsafeBufferPointer { dense in
                cblas_dgemm(
                    CblasColMajor, CblasNoTrans, CblasTrans, 8, Int32(width), Int32(vectors.count), 1,
                    UnsafeRawBufferPointer(vectors).assumingMemoryBound(to: Double.self).baseAddress, 8,
                    dense.baseAddress?.advanced(by: start * width), Int32(width), 1,
                    own.assumingMemoryBound(to: Double.self).baseAddress, 8)
            }
        }
    }

    /// The product with a vector of `columns` elements.
    ///
    /// - Complexity: O(rows · dense columns + sparse entries).
    public func times(_ vector: [Double]) -> [Double] {
        precondition(vector.count == columns, "the vector has one element a column")
        let width = denseColumns.count
        var result = [Double](repeating: 0, count: rows)
        if width > 0 {
            cblas_dgemv(
                CblasColMajor, CblasTrans, Int32(width), Int32(rows), 1, dense, Int32(width),
                denseColumns.map { vector[$0] }, 1, 0, &result, 1)
        }
        withEntries { starts, indices, values in
            vector.withUnsafeBufferPointer { vector in
                result.withUnsafeMutableBufferPointer { result in
                    for row in 0..<rows {
                        var sum = result[row]
                        for entry in starts[row]..<starts[row + 1] {
                            sum += vector[Int(indices[entry])] * values[entry]
                        }
                        result[row] = sum
                    }
                }
            }
        }
        return result
    }

    /// The product of the transpose with a vector of `rows` elements.
    ///
    /// - Complexity: O(rows · dense columns + sparse entries).
    public func transposedTimes(_ vector: [Double]) -> [Double] {
        precondition(vector.count == rows, "the vector has one element a row")
        let width = denseColumns.count
        var result = [Double](repeating: 0, count: columns)
        var own = [Double](repeating: 0, count: width)
        if width > 0 {
            cblas_dgemv(
                CblasColMajor, CblasNoTrans, Int32(width), Int32(rows), 1, dense, Int32(width), vector, 1, 0, &own, 1)
        }
        for (position, column) in denseColumns.enumerated() { result[column] = own[position] }
        withEntries { starts, indices, values in
            result.withUnsafeMutableBufferPointer { result in
                for row in 0..<rows where vector[row] != 0 {
                    for entry in starts[row]..<starts[row + 1] {
                        result[Int(indices[entry])] += vector[row] * values[entry]
                    }
                }
            }
        }
        return result
    }

    func withEntries<Result>(
        _ body: (UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Double>) -> Result
    ) -> Result {
        rowStarts.withUnsafeBufferPointer { starts in
            columnIndices.withUnsafeBufferPointer { indices in
                values.withUnsafeBufferPointer { values in body(starts, indices, values) }
            }
        }
    }
}
