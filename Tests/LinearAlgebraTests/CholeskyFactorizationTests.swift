import Foundation
import LinearAlgebra
import Statistics
import Testing

struct CholeskyFactorizationTests {
    /// L = [2 0; 1 3], so A = [4 2; 2 10]; the upper triangle is never read.
    let a = Matrix(rowMajor: [[4, .nan], [2, 10]])

    @Test func `a matrix of order two by hand`() throws {
        let cholesky = try CholeskyFactorization(a)
        #expect(cholesky.order == 2)
        #expect(cholesky.lower == Matrix(rowMajor: [[2, 0], [1, 3]]))
        #expect(cholesky.solve([8, 22]) == [1, 2])
        #expect(cholesky.solve(Matrix(rowMajor: [[8, 4], [22, 2]])) == Matrix(rowMajor: [[1, 1], [2, 0]]))
        #expect(abs(cholesky.logDeterminant - log(36)) < 1e-15)
        #expect(
            distance(cholesky.inverse(), Matrix(rowMajor: [[10.0 / 36, -2.0 / 36], [-2.0 / 36, 4.0 / 36]])) < 1e-16)
    }

    @Test func `an indefinite matrix names its leading minor`() {
        #expect(throws: LinearAlgebraError.notPositiveDefinite(leadingMinor: 2)) {
            try CholeskyFactorization(Matrix(rowMajor: [[1, 2], [2, 1]]))
        }
        #expect(throws: LinearAlgebraError.notPositiveDefinite(leadingMinor: 1)) {
            try CholeskyFactorization(Matrix(rows: 1, columns: 1))
        }
    }

    @Test(arguments: [Double.nan, .infinity])
    func `a value that is not finite is refused`(_ value: Double) {
        #expect(throws: LinearAlgebraError.notFinite) {
            try CholeskyFactorization(Matrix(rowMajor: [[1, 0], [value, 1]]))
        }
    }

    @Test(arguments: [1, 2, 7, 64, 131])
    func `the factor reproduces the matrix and the solution the right-hand side`(_ n: Int) throws {
        var generator = SplitMix64(seed: UInt64(n))
        let a = generator.positiveDefinite(n)
        let x = generator.vector(n)
        let cholesky = try CholeskyFactorization(a)
        #expect(distance(cholesky.lower * cholesky.lower.transposed, a) < 1e-13 * Double(n))
        #expect(distance(cholesky.solve(a * x), x) < 1e-12)
        #expect(distance(cholesky.inverse() * a, .identity(n)) < 1e-12)
    }

    @Test func `an update by hand`() throws {
        // [4 2; 2 10] + [1; 3] [1 3] = [5 5; 5 19], L = [√5 0; √5 √14].
        var cholesky = try CholeskyFactorization(a)
        cholesky.update([1, 3])
        #expect(
            distance(cholesky.lower, Matrix(rowMajor: [[5.squareRoot(), 0], [5.squareRoot(), 14.squareRoot()]])) < 1e-15
        )
    }

    @Test(arguments: [1, 2, 33, 200])
    func `an update is the factorization of the sum`(_ n: Int) throws {
        var generator = SplitMix64(seed: UInt64(100 + n))
        let a = generator.positiveDefinite(n)
        let x = generator.vector(n)
        let column = Matrix(rows: n, columns: 1, elements: x)
        let outer = column * column.transposed
        var sum = a
        for i in sum.elements.indices { sum.elements[i] += outer.elements[i] }
        var cholesky = try CholeskyFactorization(a)
        cholesky.update(x)
        #expect(distance(cholesky.lower, try CholeskyFactorization(sum).lower) < 1e-12)
    }

    @Test func `scaling multiplies the matrix`() throws {
        var cholesky = try CholeskyFactorization(a)
        cholesky.scale(by: 0.25)
        #expect(cholesky.lower == Matrix(rowMajor: [[1, 0], [0.5, 1.5]]))
    }

    @Test func `forgetting and updating over thousands of rows keeps to the direct factorization`() throws {
        var generator = SplitMix64(seed: 7)
        let n = 12
        var sum = Matrix.identity(n)
        var cholesky = try CholeskyFactorization(sum)
        for _ in 0..<5000 {
            let x = generator.vector(n)
            let column = Matrix(rows: n, columns: 1, elements: x)
            let outer = column * column.transposed
            for i in sum.elements.indices { sum.elements[i] = 0.99 * sum.elements[i] + outer.elements[i] }
            cholesky.scale(by: 0.99)
            cholesky.update(x)
        }
        #expect(distance(cholesky.lower, try CholeskyFactorization(sum).lower) < 1e-11)
    }

    @Test func `an empty matrix has an empty factor`() throws {
        var cholesky = try CholeskyFactorization(Matrix(rows: 0, columns: 0))
        cholesky.update([])
        #expect(cholesky.solve([]) == [])
        #expect(cholesky.logDeterminant == 0)
    }
}
