import LinearAlgebra
import Statistics
import Testing

struct SparseMatrixTests {
    /// The rows (2, 0, −1), (0, 0, 0), (0, 3, 4).
    private func byHand() -> SparseMatrix {
        var matrix = SparseMatrix(columns: 3, rowCapacity: 3, entryCapacity: 4)
        matrix.append(2, column: 0)
        matrix.append(0, column: 1)
        matrix.append(-1, column: 2)
        matrix.endRow()
        matrix.endRow()
        matrix.append(4, column: 2)
        matrix.append(3, column: 1)
        matrix.endRow()
        return matrix
    }

    /// A random matrix of which a third is not zero, sparse and dense; some entries are appended as two parts.
    private func random(_ seed: UInt64, rows: Int = 23, columns: Int = 7) -> (sparse: SparseMatrix, dense: Matrix) {
        var generator = SplitMix64(seed: seed)
        var sparse = SparseMatrix(columns: columns)
        var dense = Matrix(rows: rows, columns: columns)
        for row in 0..<rows {
            for column in (0..<columns).shuffled(using: &generator) {
                let values = generator.vector(
                    Int.random(in: 0...5, using: &generator) / 4 + Int.random(in: 0...1, using: &generator))
                for value in values {
                    sparse.append(value, column: column)
                    dense[row, column] += value
                }
            }
            sparse.endRow()
        }
        return (sparse, dense)
    }

    @Test func `sorting rows orders columns and keeps repeated ones as they were appended`() {
        var matrix = SparseMatrix(columns: 4)
        var sorted = matrix
        for row in [[(1.0, 3), (2, 0), (3, 3), (4, 1)], [], [(5, 2), (6, 0)]] {
            for (value, column) in row { matrix.append(value, column: column) }
            matrix.endRow()
        }
        for row in [[(2.0, 0), (4, 1), (1, 3), (3, 3)], [], [(6, 0), (5, 2)]] {
            for (value, column) in row { sorted.append(value, column: column) }
            sorted.endRow()
        }
        matrix.sortRows()
        #expect(matrix == sorted)
    }

    @Test func `rows hold what was appended in that order, without zeros`() {
        let matrix = byHand()
        #expect(matrix.rows == 3 && matrix.columns == 3)
        #expect(matrix.rowStarts == [0, 2, 2, 4])
        #expect(matrix.columnIndices == [0, 2, 2, 1])
        #expect(matrix.values == [2, -1, 4, 3])
    }

    @Test func `products by hand`() {
        let matrix = byHand()
        #expect(matrix * [1, 10, 100] == [-98, 0, 430])
        #expect((0..<3).map { matrix.rowProduct($0, [1, 10, 100]) } == [-98, 0, 430])
        #expect(matrix.transposedTimes([1, 10, 100]) == [2, 300, 399])
    }

    @Test func `joined matrices have the rows of one after the other`() {
        var open = byHand()
        open.append(9, column: 1)
        let joined = SparseMatrix(joining: [byHand(), SparseMatrix(columns: 3), open], columns: 3)
        #expect(joined.rowStarts == [0, 2, 2, 4, 6, 6, 8])
        #expect(joined * [1, 10, 100] == [-98, 0, 430, -98, 0, 430])
        #expect(SparseMatrix(joining: [], columns: 3) == SparseMatrix(columns: 3))
        #expect(SparseMatrix(joining: [byHand()], columns: 3) == byHand())
    }

    @Test func `a row that has not ended does not count yet`() {
        var matrix = byHand()
        matrix.append(5, column: 0)
        #expect(matrix.rows == 3)
        #expect(matrix * [1, 1, 1] == [1, 0, 7])
        #expect(matrix.transposedTimes([0, 0, 0]) == [0, 0, 0])
        matrix.endRow()
        #expect(matrix * [1, 1, 1] == [1, 0, 7, 5])
    }

    @Test func `matrices without rows or columns`() {
        #expect(SparseMatrix(columns: 2) * [1, 1] == [])
        #expect(SparseMatrix(columns: 2).transposedTimes([]) == [0, 0])
        var narrow = SparseMatrix(columns: 0)
        narrow.endRow()
        #expect(narrow * [] == [0])
        #expect(narrow.transposedTimes([3]) == [])
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `products agree with the dense ones`(seed: UInt64) {
        let (sparse, dense) = random(seed)
        var generator = SplitMix64(seed: seed &+ 100)
        let (right, left) = (generator.vector(dense.columns), generator.vector(dense.rows))
        #expect(distance(sparse * right, dense * right) < 1e-13)
        #expect(distance((0..<dense.rows).map { sparse.rowProduct($0, right) }, dense * right) < 1e-13)
        #expect(distance(sparse.transposedTimes(left), dense.transposedTimes(left)) < 1e-13)
    }

    @Test func `shapes that do not fit are the caller's mistake`() async {
        await #expect(processExitsWith: .failure) { _ = SparseMatrix(columns: -1) }
        await #expect(processExitsWith: .failure) {
            var matrix = SparseMatrix(columns: 2)
            matrix.append(1, column: 2)
        }
        await #expect(processExitsWith: .failure) { _ = SparseMatrix(columns: 2) * [1] }
        await #expect(processExitsWith: .failure) { _ = SparseMatrix(columns: 2).transposedTimes([1]) }
    }
}
