import LinearAlgebra
import Statistics
import Testing

struct UnitVectorsTests {
    /// The directions (3, 4), (0, 2), none, (−5, 0).
    private let byHand = UnitVectors([3, 4, 0, 2, 0, 0, -5, 0], dimensions: 2)

    @Test func `vectors have length one, and one of zeros stays`() {
        #expect(byHand.count == 4 && byHand.dimensions == 2)
        #expect(Array(byHand[0]) == [0.6, 0.8])
        #expect(Array(byHand[1]) == [0, 1])
        #expect(Array(byHand[2]) == [0, 0])
        #expect(Array(byHand[3]) == [-1, 0])
    }

    @Test func `what is cut off does not count`() {
        let cut = UnitVectors([3, 4, 12, 1, 0, 7], dimensions: 3).cut(to: 2)
        #expect(cut.dimensions == 2)
        #expect(zip(cut[0], [0.6, 0.8]).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(Array(cut[1]) == [1, 0])
        #expect(UnitVectors([3, 4], dimensions: 2).cut(to: 5).dimensions == 2)
    }

    @Test func `cosines by hand`() {
        #expect(byHand.cosine(of: 0, and: 1) == 0.8)
        #expect(byHand.cosine(of: 3, and: 0) == -0.6)
        #expect(byHand.cosine(of: 0, and: 2) == 0)
        #expect(byHand.cosine([0, 1], 0) == 0.8)
        #expect(byHand.cosine([1, 0], 3) == -1)
    }

    @Test func `a vector that was added is like those that were there`() {
        var grown = UnitVectors(dimensions: 2)
        for vector in [[0.6, 0.8], [0, 1], [0, 0], [-1, 0]] as [[Float]] { grown.append(vector) }
        #expect(grown.count == 4)
        for one in 0..<4 {
            for other in 0..<4 { #expect(grown.cosine(of: one, and: other) == byHand.cosine(of: one, and: other)) }
        }
        #expect(grown.candidates(near: [0, 1]) == [0, 1, 2, 3])
        #expect(grown.nearest(inPart: 0, count: 3, least: 0.5).map(\.neighbours.count) == [1, 1, 0, 0])
    }

    @Test func `up to some thousand vectors all are worth looking at`() {
        #expect(UnitVectors(dimensions: 3).candidates(near: [1, 0, 0]) == [])
        let most = SeededVectors(4_096, dimensions: 3, places: 9, seed: 1).vectors
        #expect(most.partCount == 1)
        #expect(most.candidates(near: [1, 0, 0]) == Array(0..<4_096))
    }

    @Test func `the nearer comes first, of two as near the one with the lower number`() {
        let near = Neighbour(number: 9, product: 0.9)
        let (low, high) = (Neighbour(number: 3, product: 0.5), Neighbour(number: 4, product: 0.5))
        let far = Neighbour(number: 0, product: -0.7)
        #expect([far, high, low, near].sorted() == [near, low, high, far])
        #expect(!(low < low))
    }

    @Test(arguments: [(1, 5, -1), (2, 1, -1), (3, 400, 0.4), (4, 7, 0.8)] as [(UInt64, Int, Float)])
    func `the nearest in all parts are those that comparing all pairs finds`(seed: UInt64, count: Int, least: Float) {
        let vectors = SeededVectors(300, dimensions: 16, places: 20, seed: seed).vectors
        let found = (0..<vectors.partCount).flatMap { vectors.nearest(inPart: $0, count: count, least: least) }
        #expect(found.map(\.number).sorted() == Array(0..<300))
        let cosines = vectors.exactCosines
        for (number, neighbours) in found {
            let own = Int(number)
            let all = (0..<300).filter { $0 != own && cosines[$0, own] >= Double(least) }
                .sorted { cosines[$0, own] > cosines[$1, own] }.prefix(count)
            #expect(neighbours.map { Int($0.number) } == Array(all))
            #expect(neighbours.allSatisfy { abs(Double($0.product) - cosines[Int($0.number), own]) < 1e-6 })
        }
    }

    @Test func `of many vectors most neighbours are found`() {
        let seeded = SeededVectors(8_000, dimensions: 16, places: 400, seed: 7)
        let vectors = seeded.vectors
        #expect(vectors.partCount > 8)
        let rows = FloatRows(columns: 16, elements: (0..<8_000).flatMap { Array(vectors[$0]) })
        var (met, wanted) = (0, 0)
        for (number, neighbours) in vectors.nearest(inPart: 5, count: 10, least: -1) where number % 20 == 0 {
            // The vector itself is the nearest of all.
            let tenth = rows.products(with: Array(vectors[Int(number)])).sorted()[8_000 - 11]
            #expect(neighbours.count == 10 && neighbours == neighbours.sorted())
            #expect(neighbours.allSatisfy { $0.number != number })
            met += neighbours.count { $0.product >= tenth - 1e-6 }
            wanted += 10
        }
        #expect(wanted >= 150)
        #expect(Double(met) > 0.85 * Double(wanted), "\(met) of \(wanted)")
    }

    @Test func `of many vectors half are looked at, and one of them is the one that is looked for`() {
        let vectors = SeededVectors(8_000, dimensions: 8, places: 40, spread: 0.1, seed: 3).vectors
        for number in stride(from: 0, to: 8_000, by: 400) {
            let candidates = vectors.candidates(near: Array(vectors[number]))
            #expect(4_096..<8_000 ~= candidates.count)
            #expect(Set(candidates).count == candidates.count && candidates.contains(Int32(number)))
        }
    }

    @Test func `vectors that were added one by one are each found`() {
        let whole = SeededVectors(4_300, dimensions: 4, places: 40, spread: 0.1, seed: 3).vectors
        var grown = UnitVectors(dimensions: 4)
        for number in 0..<whole.count { grown.append(Array(whole[number])) }
        #expect(grown.count == 4_300 && grown.partCount > 1)
        for number in stride(from: 0, to: 4_300, by: 430) {
            let (vector, opposite) = (Array(whole[number]), whole[number].map { -$0 })
            let near = grown.candidates(near: vector)
            #expect(near.contains(Int32(number)) && Set(near).count == near.count)
            // What is farthest from a vector is nearest to its opposite, so that the two see all.
            #expect(Set(near).union(grown.candidates(near: opposite)).count == 4_300)
        }
    }
}
