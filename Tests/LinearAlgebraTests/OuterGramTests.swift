import LinearAlgebra
import Statistics
import Testing

struct OuterGramTests {
    @Test func `the products of all rows with each other by hand`() {
        // The rows (1, 2, 3) and (4, 5, 6), column by column.
        let matrix = Matrix(rows: 2, columns: 3, elements: [1, 4, 2, 5, 3, 6])
        #expect(matrix.outerGram() == Matrix(rows: 2, columns: 2, elements: [14, 32, 32, 77]))
    }

    @Test(arguments: [(1, 1), (7, 3), (3, 7), (12, 12)])
    func `it is the product with the transpose, and the Gram matrix of the transpose`(rows: Int, columns: Int) {
        var generator = SplitMix64(seed: 5)
        let matrix = generator.matrix(rows, columns)
        let gram = matrix.outerGram()
        #expect(distance(gram, matrix * matrix.transposed) < 1e-13)
        #expect(distance(gram, matrix.transposed.gram()) < 1e-13)
        #expect(gram == gram.transposed)
    }
}
