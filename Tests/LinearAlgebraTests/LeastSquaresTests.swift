import LinearAlgebra
import Statistics
import Testing

struct LeastSquaresTests {
    @Test func `a line through three points by hand`() throws {
        // y = 1, 2, 4 at t = 0, 1, 2: slope 3/2, intercept 5/6, residuals 1/6, -1/3, 1/6.
        let fit = try LeastSquares(Matrix(rowMajor: [[1, 0], [1, 1], [1, 2]]), [1, 2, 4])
        #expect(distance(fit.coefficients, [5.0 / 6, 1.5]) < 1e-15)
        #expect(distance(fit.residuals, [1.0 / 6, -1.0 / 3, 1.0 / 6]) < 1e-15)
        #expect(abs(fit.residualSumOfSquares - 1.0 / 6) < 1e-15)
        #expect(fit.rank == 2)
        let line = try LeastSquares(polynomialOfDegree: 1, at: [0, 1, 2], [1, 2, 4])
        #expect(line.coefficients == fit.coefficients)
    }

    @Test func `singular values and condition number are those of the matrix as given`() throws {
        let fit = try LeastSquares(Matrix(rowMajor: [[1e6, 0], [0, 1e-3], [0, 0]]), [1, 1, 1])
        #expect(abs(fit.singularValues[0] - 1e6) < 1e-9)
        #expect(abs(fit.singularValues[1] - 1e-3) < 1e-18)
        #expect(abs(fit.conditionNumber - 1e9) < 1e-5)
        #expect(fit.rank == 2)
        #expect(distance(fit.coefficients, [1e-6, 1e3]) < 1e-12)
    }

    @Test(arguments: [1, 1e-8, 1e9])
    func `dependent columns share the coefficient of minimum norm, in the units of the columns`(_ unit: Double) throws {
        // 3 x₁ + 4 x₂ = 50 has its shortest solution at (6, 8); the second design scales all of it.
        let fit = try LeastSquares(Matrix(rowMajor: [[3 * unit, 4 * unit], [6 * unit, 8 * unit]]), [50, 100])
        #expect(fit.rank == 1)
        #expect(distance(fit.coefficients.map { $0 * unit }, [6, 8]) < 1e-13)
        #expect(fit.residualSumOfSquares < 1e-24)
        #expect(fit.conditionNumber > 1e15)
    }

    @Test func `a wide system has the solution of minimum norm`() throws {
        let fit = try LeastSquares(Matrix(rowMajor: [[1, 2, 2]]), [18])
        #expect(distance(fit.coefficients, [2, 4, 4]) < 1e-14)
        #expect(fit.rank == 1)
        #expect(fit.singularValues.count == 1)
    }

    @Test func `a column of zeros gets the coefficient zero`() throws {
        let fit = try LeastSquares(Matrix(rowMajor: [[1, 0], [1, 0], [1, 0]]), [1, 2, 6])
        #expect(fit.rank == 1)
        #expect(distance(fit.coefficients, [3, 0]) < 1e-15)
        #expect(fit.conditionNumber == .infinity)
    }

    @Test func `the tolerance decides which directions count`() throws {
        let a = Matrix(rowMajor: [[1, 1], [1, 1 + 1e-6], [1, 1]])
        #expect(try LeastSquares(a, [1, 2, 3]).rank == 2)
        #expect(try LeastSquares(a, [1, 2, 3], rankTolerance: 1e-3).rank == 1)
    }

    @Test(arguments: [[5, 5], [30, 8], [8, 30], [200, 40]])
    func `residuals are orthogonal to the columns and coefficients lie in the row space`(_ shape: [Int]) throws {
        var generator = SplitMix64(seed: 6)
        let a = generator.matrix(shape[0], shape[1])
        let b = generator.vector(shape[0])
        let fit = try LeastSquares(a, b)
        #expect(distance(a.transposedTimes(fit.residuals), [Double](repeating: 0, count: shape[1])) < 1e-12)
        let fitted = a * fit.coefficients
        #expect(distance(zip(b, fitted).map { $0 - $1 }, fit.residuals) < 1e-12)
        // The projection on the row space, by the pseudo-inverse of the transpose, leaves the coefficients as they are.
        let rowSpace = try LeastSquares(a.transposed, fit.coefficients)
        #expect(rowSpace.residualSumOfSquares < 1e-22)
    }

    @Test func `the units of a column change only its coefficient`() throws {
        var generator = SplitMix64(seed: 8)
        let a = generator.matrix(20, 3)
        let b = generator.vector(20)
        var scaled = a
        for i in 0..<20 { scaled[i, 1] *= 1e12 }
        let fit = try LeastSquares(a, b).coefficients
        let other = try LeastSquares(scaled, b).coefficients
        #expect(distance([other[0], other[1] * 1e12, other[2]], fit) < 1e-14)
    }

    @Test func `a nearly singular system is solved to the last digits`() throws {
        // The Hilbert matrix of order 8 times 360360 has integer entries and a condition number of 1.5e10.
        let n = 8
        let a = Matrix(
            rows: n, columns: n, elements: (0..<n * n).map { 360360 / Double($0 / n + $0 % n + 1) })
        let b = (0..<n).map { i in (0..<n).reduce(0) { $0 + a[i, $1] } }
        #expect(distance(try LeastSquares(a, b).coefficients, [Double](repeating: 1, count: n)) < 1e-15)
    }

    @Test func `no columns leave the response`() throws {
        let fit = try LeastSquares(Matrix(rows: 2, columns: 0), [3, 4])
        #expect(fit.coefficients == [])
        #expect(fit.residuals == [3, 4])
        #expect(fit.residualSumOfSquares == 25)
        #expect(fit.conditionNumber == 1)
        #expect(try LeastSquares(Matrix(rows: 0, columns: 2), []).coefficients == [0, 0])
    }

    @Test func `values that are not finite are refused`() {
        #expect(throws: LinearAlgebraError.notFinite) { try LeastSquares(Matrix(rowMajor: [[1], [.nan]]), [1, 2]) }
        #expect(throws: LinearAlgebraError.notFinite) {
            try LeastSquares(Matrix(rowMajor: [[1], [1]]), [1, .infinity])
        }
        #expect(throws: LinearAlgebraError.notFinite) {
            try LeastSquares(polynomialOfDegree: 2, at: [1e200, 0, 1], [1, 2, 3])
        }
        #expect(throws: LinearAlgebraError.notFinite) {
            try LeastSquares(polynomialOfDegree: 1, at: [0, 1], [1, .nan])
        }
    }
}
