import LinearAlgebra
import Statistics
import Testing

struct CompactCholeskyTests {
    /// A symmetric positive definite matrix whose columns have scales from 1e-3 to 1e3.
    private func matrix(_ seed: UInt64, order: Int) -> Matrix {
        var generator = SplitMix64(seed: seed)
        var factor = Matrix(rows: order + 5, columns: order)
        for column in 0..<order {
            let scale = [1e-3, 1, 1e3][column % 3]
            for (row, value) in generator.vector(order + 5).enumerated() { factor[row, column] = scale * value }
        }
        return factor.gram()
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [1, 4, 30])
    func `solutions agree with those in double precision`(seed: UInt64, order: Int) throws {
        let factorization = try CholeskyFactorization(matrix(seed, order: order))
        var generator = SplitMix64(seed: seed &+ 50)
        let right = generator.vector(order)
        let exact = factorization.solve(right)
        let solution = CompactCholesky(factorization).solve(right)
        for (value, expected) in zip(solution, exact) {
            let size = exact.map { abs($0) }.max() ?? 0
            #expect(abs(value - expected) < 1e-2 * max(abs(expected), 1e-3 * size))
        }
    }

    @Test(arguments: [1e-200, 1e200])
    func `right-hand sides of any size are solved`(size: Double) throws {
        let compact = CompactCholesky(try CholeskyFactorization(Matrix(rowMajor: [[4, 2], [2, 5]])))
        // (4, 2; 2, 5) (1, 2)ᵀ = (8, 12)ᵀ.
        let solution = compact.solve([8 * size, 12 * size, 99])
        #expect(solution.count == 2)
        #expect(abs(solution[0] / size - 1) < 1e-6 && abs(solution[1] / size - 2) < 1e-6)
        #expect(compact.solve([0, 0]) == [0, 0])
    }

    @Test func `a matrix of order zero has an empty solution`() throws {
        #expect(CompactCholesky(try CholeskyFactorization(Matrix(rows: 0, columns: 0))).solve([1]) == [])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the diagonal of the inverse is that of the inverse`(seed: UInt64) throws {
        let factorization = try CholeskyFactorization(matrix(seed, order: 12))
        let (inverse, diagonal) = (factorization.inverse(), factorization.inverseDiagonal())
        for position in 0..<12 {
            #expect(abs(diagonal[position] / inverse[position, position] - 1) < 1e-9)
        }
    }

    @Test func `the square of factors is subtracted below the diagonal`() {
        var matrix = Matrix(rowMajor: [[10, 7], [3, 20]])
        matrix.subtractSquare(of: Matrix(rowMajor: [[1, 2], [3, 0]]))
        // F Fᵀ = (5, 3; 3, 9).
        #expect(matrix == Matrix(rowMajor: [[5, 7], [0, 11]]))
    }
}
