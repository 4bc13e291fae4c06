import LinearAlgebra
import Testing

struct LaneCoefficientsTests {
    private static let columns = 20

    private func vectors(_ count: Int) -> [[Double]] {
        (0..<count).map { lane -> [Double] in
            (0..<Self.columns).map { column -> Double in Double((column * 7 + lane * 3) % 11) - 5 }
        }
    }

    private func row() -> SparseMatrix {
        var row = SparseMatrix(columns: Self.columns)
        for column in [0, 3, 4, 4, 11, 19] { row.append(0.5 + Double(column), column: column) }
        row.endRow()
        return row
    }

    private func withEntries<Result>(
        _ row: SparseMatrix, _ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Double>) -> Result
    ) -> Result {
        row.columnIndices.withUnsafeBufferPointer { indices in
            row.values.withUnsafeBufferPointer { values in body(indices, values) }
        }
    }

    @Test(arguments: [1, 7, 8, 9, 17, 29])
    func `one pass gives the products with every vector`(count: Int) {
        let (vectors, row) = (vectors(count), row())
        let lanes = LaneCoefficients(vectors, columns: Self.columns)
        #expect(lanes.blocks == (count + 7) / 8)
        var result = [LaneCoefficients.Lanes](repeating: SIMD8(repeating: .nan), count: lanes.blocks)
        withEntries(row) { indices, values in
            result.withUnsafeMutableBufferPointer { lanes.multiply(indices: indices, values: values, into: $0) }
        }
        for lane in 0..<(8 * lanes.blocks) {
            #expect(result[lane / 8][lane % 8] == (lane < count ? row.rowProduct(0, vectors[lane]) : 0))
        }
    }

    @Test func `shares by hand`() {
        var row = SparseMatrix(columns: 3)
        row.append(2, column: 0)
        row.append(5, column: 2)
        row.endRow()
        let lanes = LaneCoefficients([[1, 2, 3], [10, 20]], columns: 3)
        var sums = [100.0, 0]
        withEntries(row) { indices, values in
            [SIMD8<Double>(1, 0.1, 0, 0, 0, 0, 0, 0)].withUnsafeBufferPointer {
                lanes.addShares(indices: indices, values: values, weights: $0, groupOfColumn: [1, 1, 0], to: &sums)
            }
        }
        // 2 · (1 + 0.1 · 10) in the second group; the second vector has no third element: 5 · 3.
        #expect(sums == [115, 4])
    }
}
