internal import CLAPACKE

extension MixedMatrix {
    /// The matrix `Aᵀ diag(weights) A`; only the lower triangle is filled.
    ///
    /// - Parameter weights: One weight a row, not negative; rows of weight zero cost nothing.
    /// - Complexity: O(Σ entriesOfRow² / 2).
    public func gram(weights: [Double]) -> Matrix {
        precondition(weights.count == rows, "there is one weight a row")
        precondition(weights.allSatisfy { $0 >= 0 }, "weights are not negative")
        var result = Matrix(rows: columns, columns: columns)
        addDenseGram(to: &result, weights)
        addSparseGram(to: &result, weights)
        return result
    }

    private func addDenseGram(to result: inout Matrix, _ weights: [Double]) {
        let width = denseColumns.count
        guard width > 0 else { return }
        var gathered = [Double](repeating: 0, count: Self.block * width)
        var sums = Matrix(rows: width, columns: width)
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
        for (position, column) in denseColumns.enumerated() {
            for other in position..<width { result[denseColumns[other], column] = sums[other, position] }
        }
    }

    /// The products of sparse columns with each other and with the dense ones.
    private func addSparseGram(to result: inout Matrix, _ weights: [Double]) {
        let width = denseColumns.count
        // The products of one sparse column with all dense ones stand side by side until the end.
        var mixed = [Double](repeating: 0, count: columns * width)
        result.elements.withUnsafeMutableBufferPointer { out in
            mixed.withUnsafeMutableBufferPointer { mixed in
                dense.withUnsafeBufferPointer { dense in
                    withEntries { starts, indices, values in
                        for row in 0..<rows where weights[row] > 0 {
                            let end = starts[row + 1]
                            for entry in starts[row]..<end {
                                let column = Int(indices[entry])
                                let factor = weights[row] * values[entry]
                                cblas_daxpy(
                                    Int32(width), factor, dense.baseAddress?.advanced(by: row * width), 1,
                                    mixed.baseAddress?.advanced(by: column * width), 1)
                                let begin = column * columns
                                for other in entry..<end {
                                    out[begin + Int(indices[other])] += factor * values[other]
                                }
                            }
                        }
                    }
                }
            }
        }
        for column in 0..<columns {
            for (position, dense) in denseColumns.enumerated() where mixed[column * width + position] != 0 {
                result[max(column, dense), min(column, dense)] += mixed[column * width + position]
            }
        }
    }
}
