import LinearAlgebra
import Statistics
import Testing

/// Pivoted QR, singular values and eigenvalues: the factors are orthonormal and their product is the matrix.
struct OrthogonalFactorizationTests {
    static let shapes = [[1, 1], [5, 5], [40, 7], [7, 40], [90, 60]]
    static let holes: [Double] = [.nan, -.infinity]

    @Test(arguments: shapes)
    func `Q R is the matrix with its columns permuted`(_ shape: [Int]) throws {
        var generator = SplitMix64(seed: 3)
        let a = generator.matrix(shape[0], shape[1])
        let qr = try PivotedQR(a)
        let count = min(shape[0], shape[1])
        let permuted = Matrix(rows: a.rows, columns: a.columns, elements: qr.pivots.flatMap(a.column))
        #expect(qr.rank == count)
        #expect(distance(qr.q * qr.r, permuted) < 1e-13)
        #expect(distance(qr.q.gram(), .identity(count)) < 1e-13)
        #expect((0..<count).allSatisfy { i in (0..<i).allSatisfy { qr.r[i, $0] == 0 } })
        #expect(qr.pivots.sorted() == Array(0..<a.columns))
    }

    @Test func `QR solves a triangle by hand`() throws {
        let qr = try PivotedQR(Matrix(rowMajor: [[3, 0], [4, 5]]))
        #expect(distance(try qr.solve([3, 14]), [1, 2]) < 1e-15)
        #expect(qr.pivots == [0, 1] || qr.pivots == [1, 0])
    }

    @Test func `QR of dependent columns shows the rank and does not solve`() throws {
        let qr = try PivotedQR(Matrix(rowMajor: [[1, 2, 3], [2, 4, 5], [3, 6, 9], [4, 8, 1]]))
        #expect(qr.rank == 2)
        #expect(throws: LinearAlgebraError.rankDeficient(rank: 2, columns: 3)) { try qr.solve([1, 2, 3, 4]) }
        #expect(try PivotedQR(Matrix(rows: 3, columns: 2)).rank == 0)
        #expect(try PivotedQR(Matrix(rows: 3, columns: 0)).solve([1, 2, 3]) == [])
    }

    @Test(arguments: shapes)
    func `U S V' is the matrix`(_ shape: [Int]) throws {
        var generator = SplitMix64(seed: 4)
        let a = generator.matrix(shape[0], shape[1])
        let svd = try SingularValueDecomposition(a)
        let count = min(shape[0], shape[1])
        var scaled = svd.vTransposed
        for j in 0..<scaled.columns { for i in 0..<count { scaled[i, j] *= svd.singularValues[i] } }
        #expect(distance(svd.u * scaled, a) < 1e-13)
        #expect(distance(svd.u.gram(), .identity(count)) < 1e-13)
        #expect(distance(svd.vTransposed.transposed.gram(), .identity(count)) < 1e-13)
        #expect(svd.singularValues == svd.singularValues.sorted(by: >))
        #expect(svd.rank() == count)
    }

    @Test func `singular values by hand`() throws {
        let svd = try SingularValueDecomposition(Matrix(rowMajor: [[0, -3], [1.5, 0], [0, 0]]))
        #expect(distance(svd.singularValues, [3, 1.5]) < 1e-15)
        #expect(abs(svd.conditionNumber - 2) < 1e-15)
        #expect(svd.rank(tolerance: 0.6) == 1)
        let zero = try SingularValueDecomposition(Matrix(rows: 2, columns: 2))
        #expect(zero.rank() == 0)
        #expect(zero.conditionNumber == .infinity)
        let empty = try SingularValueDecomposition(Matrix(rows: 2, columns: 0))
        #expect(empty.rank() == 0)
        #expect(empty.conditionNumber == 1)
    }

    @Test func `eigenvalues by hand, from the lower triangle`() throws {
        let eigen = try SymmetricEigendecomposition(Matrix(rowMajor: [[2, 99], [1, 2]]))
        #expect(distance(eigen.values, [1, 3]) < 1e-14)
        #expect(abs(abs(eigen.vectors[0, 1]) - 0.5.squareRoot()) < 1e-15)
        #expect(try SymmetricEigendecomposition(Matrix(rows: 0, columns: 0)).values == [])
    }

    @Test(arguments: [1, 6, 50])
    func `A V is V times the eigenvalues`(_ n: Int) throws {
        var generator = SplitMix64(seed: 5)
        let a = generator.positiveDefinite(n)
        let eigen = try SymmetricEigendecomposition(a)
        var scaled = eigen.vectors
        for j in 0..<n { for i in 0..<n { scaled[i, j] *= eigen.values[j] } }
        #expect(distance(a * eigen.vectors, scaled) < 1e-12)
        #expect(distance(eigen.vectors.gram(), .identity(n)) < 1e-13)
        #expect(eigen.values == eigen.values.sorted())
    }

    @Test(arguments: holes)
    func `values that are not finite are refused`(_ hole: Double) {
        let a = Matrix(rowMajor: [[1, 2], [hole, 3]])
        #expect(throws: LinearAlgebraError.notFinite) { try PivotedQR(a) }
        #expect(throws: LinearAlgebraError.notFinite) { try SingularValueDecomposition(a) }
        #expect(throws: LinearAlgebraError.notFinite) { try SymmetricEigendecomposition(a) }
    }

    @Test func `each error says what was wrong`() {
        let errors: [LinearAlgebraError] = [
            .notPositiveDefinite(leadingMinor: 3), .rankDeficient(rank: 2, columns: 5),
            .notConverged(routine: "dgesdd", info: 1), .notFinite,
        ]
        #expect(
            errors.map(\.description) == [
                "the matrix is not positive definite: its leading minor of order 3 is not positive",
                "the matrix is rank deficient: rank 2 of 5 columns", "dgesdd did not converge (info 1)",
                "the input holds a value that is not finite",
            ])
    }
}
