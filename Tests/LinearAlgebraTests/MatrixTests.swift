import LinearAlgebra
import Statistics
import Testing

struct MatrixTests {
    let a = Matrix(rowMajor: [[1, 2, 3], [4, 5, 6]])

    @Test func `elements run down the columns`() {
        #expect(a.elements == [1, 4, 2, 5, 3, 6])
        #expect(a == Matrix(rows: 2, columns: 3, elements: [1, 4, 2, 5, 3, 6]))
        #expect(a[1, 0] == 4)
        #expect(a.column(1) == [2, 5])
        #expect(a.row(1) == [4, 5, 6])
    }

    @Test func `an entry can be set`() {
        var b = a
        b[0, 2] = 9
        #expect(b.elements == [1, 4, 2, 5, 9, 6])
    }

    @Test func `transposing exchanges rows and columns`() {
        #expect(a.transposed == Matrix(rowMajor: [[1, 4], [2, 5], [3, 6]]))
    }

    @Test func `transposing twice gives the matrix back, over several blocks`() {
        var generator = SplitMix64(seed: 1)
        let b = generator.matrix(70, 45)
        #expect(b.transposed.transposed == b)
        #expect(b.transposed[44, 69] == b[69, 44])
    }

    @Test func `products by hand`() {
        #expect(a * a.transposed == Matrix(rowMajor: [[14, 32], [32, 77]]))
        #expect(a.transposedTimes(a) == Matrix(rowMajor: [[17, 22, 27], [22, 29, 36], [27, 36, 45]]))
        #expect(a * [1, 0, -1] == [-2, -2])
        #expect(a.transposedTimes([1, -1]) == [-3, -3, -3])
        #expect(dot([1, 2, 3], [4, -5, 6]) == 12)
    }

    @Test func `the identity is neutral`() {
        #expect(a * Matrix.identity(3) == a)
        #expect(Matrix.identity(2) * a == a)
    }

    @Test func `the Gram matrix is symmetric and weights count rows`() {
        #expect(a.gram() == Matrix(rowMajor: [[17, 22, 27], [22, 29, 36], [27, 36, 45]]))
        #expect(a.gram(weights: [1, 0]) == Matrix(rowMajor: [[1, 2, 3], [2, 4, 6], [3, 6, 9]]))
        let twice = Matrix(rowMajor: [[1, 2, 3], [4, 5, 6], [4, 5, 6], [4, 5, 6], [4, 5, 6]])
        #expect(a.gram(weights: [1, 4]) == twice.gram())
    }

    @Test func `empty matrices multiply to zeros`() {
        let empty = Matrix(rows: 2, columns: 0)
        #expect(empty * Matrix(rows: 0, columns: 3) == Matrix(rows: 2, columns: 3))
        #expect(empty * [] == [0, 0])
        #expect(empty.gram() == Matrix(rows: 0, columns: 0))
        #expect(empty.row(1) == [])
        #expect(Matrix(rowMajor: []) == Matrix(rows: 0, columns: 0))
    }

    @Test func `the thread count does not change a small product`() {
        let before = a * a.transposed
        setLinearAlgebraThreads(1)
        #expect(a * a.transposed == before)
    }

    @Test func `shapes that do not fit stop the program`() async {
        await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2, elements: [1]) }
        await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2) * Matrix(rows: 3, columns: 1) }
        await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2)[2, 0] }
        await #expect(processExitsWith: .failure) { _ = Matrix(rows: 1, columns: 1).gram(weights: [-1]) }
    }
}
