import LinearAlgebra
import Statistics
import Testing

struct MixedMatrixTests {
    /// The rows (2, 0, −1), (0, 0, 0), (0, 3, 4), (1, 0, 0), (1, 0, 0), the 3 appended in two parts; only the first column is full
    /// enough to be stored densely.
    private func byHand() -> MixedMatrix {
        var matrix = SparseMatrix(columns: 3)
        for row in [[(2.0, 0), (-1, 2)], [], [(1, 1), (4, 2), (2, 1)], [(1, 0)], [(1, 0)], [], [], [], []] {
            for (value, column) in row { matrix.append(value, column: column) }
            matrix.endRow()
        }
        return MixedMatrix(matrix)
    }

    /// A random matrix with full, half-filled and rare columns, mixed and dense; some entries are appended as two parts.
    private func random(_ seed: UInt64, rows: Int, columns: Int = 9) -> (mixed: MixedMatrix, dense: Matrix) {
        var generator = SplitMix64(seed: seed)
        var sparse = SparseMatrix(columns: columns)
        var dense = Matrix(rows: rows, columns: columns)
        for row in 0..<rows {
            for column in (0..<columns).shuffled(using: &generator)
            where column < 2 || Int.random(in: 0..<(column < 4 ? 2 : 8), using: &generator) == 0 {
                for value in generator.vector(Int.random(in: 1...2, using: &generator)) {
                    sparse.append(value, column: column)
                    dense[row, column] += value
                }
            }
            sparse.endRow()
        }
        return (MixedMatrix(sparse), dense)
    }

    private func lanes(_ vectors: [[Double]]) -> [SIMD8<Double>] {
        (0..<vectors[0].count).map { position in
            var lanes = SIMD8<Double>.zero
            for lane in 0..<8 { lanes[lane] = vectors[lane][position] }
            return lanes
        }
    }

    @Test func `products and gram by hand`() {
        let matrix = byHand()
        #expect(matrix.rows == 9 && matrix.columns == 3)
        #expect(matrix.times([1, 10, 100]) == [-98, 0, 430, 1, 1, 0, 0, 0, 0])
        #expect(matrix.transposedTimes([1, 10, 100, 2, 3, 7, 7, 7, 7]) == [7, 300, 399])
        let gram = matrix.gram(weights: [1, 7, 10, 0, 5, 1, 1, 1, 1])
        let expected = Matrix(rowMajor: [[9, 0, 0], [0, 90, 0], [-2, 120, 161]])
        #expect(distance(gram, expected) < 1e-12)
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [1, 7, 600, 1_100])
    func `products with one vector and with eight agree with the dense ones`(seed: UInt64, rows: Int) {
        let (mixed, dense) = random(seed, rows: rows)
        var generator = SplitMix64(seed: seed &+ 100)
        let right = (0..<8).map { _ in generator.vector(dense.columns) }
        let left = (0..<8).map { lane in lane == 3 ? [Double](repeating: 0, count: rows) : generator.vector(rows) }
        let (images, sums) = (mixed.times(lanes(right)), mixed.transposedTimes(lanes(left)))
        for lane in 0..<8 {
            #expect(distance(images.map { $0[lane] }, dense * right[lane]) < 1e-12)
            #expect(distance(sums.map { $0[lane] }, dense.transposedTimes(left[lane])) < 1e-11)
        }
        #expect(distance(mixed.times(right[0]), dense * right[0]) < 1e-12)
        #expect(distance(mixed.transposedTimes(left[0]), dense.transposedTimes(left[0])) < 1e-11)
    }

    /// The largest number of rows takes more than one block of every kind.
    @Test(arguments: [1, 2, 3] as [UInt64], [1, 7, 600, 1_100, 9_000])
    func `the gram agrees with the dense one in the lower triangle`(seed: UInt64, rows: Int) {
        let (mixed, dense) = random(seed, rows: rows)
        var generator = SplitMix64(seed: seed &+ 200)
        let weights = (0..<rows).map { $0 % 3 == 0 ? 0 : abs(generator.vector(1)[0]) }
        var weighted = dense
        for row in 0..<rows { for column in 0..<dense.columns { weighted[row, column] *= weights[row] } }
        var expected = dense.transposedTimes(weighted)
        for column in 1..<dense.columns { for row in 0..<column { expected[row, column] = 0 } }
        #expect(distance(mixed.gram(weights: weights), expected) < 1e-9)
    }

    @Test func `matrices without rows, columns or entries`() {
        let empty = MixedMatrix(SparseMatrix(columns: 2))
        #expect(empty.times([1, 1]) == [])
        #expect(empty.transposedTimes([Double]()) == [0, 0])
        #expect(empty.times([SIMD8<Double>](repeating: .one, count: 2)) == [])
        #expect(empty.transposedTimes([SIMD8<Double>]()) == [.zero, .zero])
        #expect(empty.gram(weights: []) == Matrix(rows: 2, columns: 2))
        var narrow = SparseMatrix(columns: 0)
        narrow.endRow()
        #expect(MixedMatrix(narrow).times([Double]()) == [0])
        #expect(MixedMatrix(narrow).gram(weights: [3]) == Matrix(rows: 0, columns: 0))
    }

    @Test func `shapes and weights that do not fit are the caller's mistake`() async {
        await #expect(processExitsWith: .failure) { _ = MixedMatrix(SparseMatrix(columns: 2)).times([1]) }
        await #expect(processExitsWith: .failure) { _ = MixedMatrix(SparseMatrix(columns: 2)).transposedTimes([1]) }
        await #expect(processExitsWith: .failure) { _ = MixedMatrix(SparseMatrix(columns: 2)).gram(weights: [1]) }
        await #expect(processExitsWith: .failure) {
            var matrix = SparseMatrix(columns: 1)
            matrix.endRow()
            _ = MixedMatrix(matrix).gram(weights: [-1])
        }
    }
}
