import LinearAlgebra
import Statistics
import Testing

struct FloatRowsTests {
    /// The rows (1, 2, 2), (0, 0, 5), (3, 4, 0).
    private let byHand = FloatRows(columns: 3, elements: [1, 2, 2, 0, 0, 5, 3, 4, 0])

    private func random(_ seed: UInt64, _ rows: Int, _ columns: Int) -> FloatRows {
        var generator = SplitMix64(seed: seed)
        return FloatRows(columns: columns, elements: generator.vector(rows * columns).map { Float($0) })
    }

    /// The same numbers in double precision, row by row.
    private func doubles(_ rows: FloatRows) -> [[Double]] { (0..<rows.count).map { rows[$0].map { Double($0) } } }

    @Test func `rows hold what was given and what was added`() {
        var rows = byHand
        #expect(rows.count == 3 && rows.columns == 3)
        #expect(Array(rows[1]) == [0, 0, 5])
        rows.reserveCapacity(9)
        #expect(rows == byHand)
        rows.append([7, 8, 9])
        rows.append(rows[0])
        #expect(rows.count == 5)
        #expect(rows.elements == [1, 2, 2, 0, 0, 5, 3, 4, 0, 7, 8, 9, 1, 2, 2])
    }

    @Test func `replacing a row leaves the others`() {
        var rows = byHand
        rows.replace(1, by: [-1, -2, -3])
        #expect(rows.elements == [1, 2, 2, -1, -2, -3, 3, 4, 0])
        rows.replace(0, by: rows[2])
        #expect(rows.elements == [3, 4, 0, -1, -2, -3, 3, 4, 0])
    }

    @Test func `chosen rows come in the order asked for, and as often`() {
        #expect(byHand.rows([2, 0, 2]).elements == [3, 4, 0, 1, 2, 2, 3, 4, 0])
        #expect(byHand.rows(1..<3).elements == [0, 0, 5, 3, 4, 0])
        #expect(byHand.rows([]) == FloatRows(columns: 3))
    }

    @Test func `unit rows by hand`() {
        let third: Float = 1 / 3
        #expect(byHand.unitRows(columns: 3).elements == [third, 2 * third, 2 * third, 0, 0, 1, 0.6, 0.8, 0])
        // Cut to two columns, the second row has no direction any more.
        let cut = byHand.unitRows(columns: 2)
        #expect(cut.columns == 2 && cut.count == 3)
        #expect(Array(cut[1]) == [0, 0])
        #expect(Array(cut[2]) == [0.6, 0.8])
        #expect(FloatRows(columns: 3).unitRows(columns: 2) == FloatRows(columns: 2))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `unit rows have length one and the direction that they had`(seed: UInt64) {
        let rows = random(seed, 20, 9)
        for (row, unit) in zip(doubles(rows), doubles(rows.unitRows(columns: 9))) {
            #expect(abs(dot(unit, unit) - 1) < 1e-6)
            #expect(distance(unit.map { $0 * dot(row, row).squareRoot() }, row) < 1e-6)
        }
    }

    @Test func `products by hand`() {
        let other = FloatRows(columns: 3, elements: [1, 0, 0, 1, 1, 1])
        #expect(byHand.products(with: other) == [1, 5, 0, 5, 3, 7])
        #expect(other.products(with: byHand) == [1, 0, 3, 5, 5, 7])
        #expect(byHand.products(with: [1, 10, 100]) == [221, 500, 43])
    }

    @Test func `products stand in the place of what an array held`() {
        let other = FloatRows(columns: 3, elements: [1, 0, 0, 1, 1, 1])
        var products: [Float] = [9, 9]
        byHand.products(with: other, into: &products)
        #expect(products == [1, 5, 0, 5, 3, 7])
        other.products(with: FloatRows(columns: 3, elements: [0, 1, 2]), into: &products)
        #expect(products == [0, 3, 0, 5, 3, 7])
        byHand.products(with: FloatRows(columns: 3), into: &products)
        #expect(products == [0, 3, 0, 5, 3, 7])
    }

    @Test func `rows are taken in the place of others`() {
        var rows = FloatRows(columns: 3, elements: [7, 8, 9])
        rows.take([2, 0, 2], of: byHand)
        #expect(rows == byHand.rows([2, 0, 2]))
        rows.take([], of: byHand)
        #expect(rows.count == 0)
    }

    @Test func `products of no rows are none`() {
        let none = FloatRows(columns: 3)
        #expect(none.products(with: byHand) == [])
        #expect(byHand.products(with: none) == [])
        #expect(none.products(with: [1, 2, 3]) == [])
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `products agree with double precision`(seed: UInt64) {
        let (left, right) = (random(seed, 17, 33), random(seed &+ 100, 11, 33))
        let expected = doubles(left).flatMap { row in doubles(right).map { dot(row, $0) } }
        // A sum of 33 products, each at most 1, in single precision.
        #expect(distance(left.products(with: right).map { Double($0) }, expected) < 1e-5)
        let column = left.products(with: Array(right[4])).map { Double($0) }
        #expect(distance(column, doubles(left).map { dot($0, doubles(right)[4]) }) < 1e-5)
    }

    @Test func `shapes that do not fit are the caller's mistake`() async {
        await #expect(processExitsWith: .failure) { _ = FloatRows(columns: 0) }
        await #expect(processExitsWith: .failure) { _ = FloatRows(columns: 2, elements: [1, 2, 3]) }
        await #expect(processExitsWith: .failure) {
            var rows = FloatRows(columns: 2)
            rows.append([1])
        }
        await #expect(processExitsWith: .failure) {
            var rows = FloatRows(columns: 2, elements: [1, 2])
            rows.replace(0, by: [1])
        }
        await #expect(processExitsWith: .failure) { _ = FloatRows(columns: 2).unitRows(columns: 3) }
        await #expect(processExitsWith: .failure) {
            _ = FloatRows(columns: 2).products(with: FloatRows(columns: 3))
        }
        await #expect(processExitsWith: .failure) { _ = FloatRows(columns: 2).products(with: [1]) }
        await #expect(processExitsWith: .failure) {
            var products: [Float] = []
            FloatRows(columns: 2).products(with: FloatRows(columns: 3), into: &products)
        }
        await #expect(processExitsWith: .failure) {
            var rows = FloatRows(columns: 2)
            rows.take([], of: FloatRows(columns: 3))
        }
    }
}
