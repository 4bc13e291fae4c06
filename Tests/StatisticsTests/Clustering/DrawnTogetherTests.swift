import Glibc
import LinearAlgebra
import Statistics
import Testing

struct DrawnTogetherTests {
    private let three = UnitVectors([1, 0, 0, 1, -1, 0], dimensions: 2)

    @Test func `a vector goes halfway to the mean of its neighbours`() {
        // (1, 0) + (0, 1) divided by its length; the second has a neighbour on each side, three times as near to the first:
        // (0, 1) + ¾ (1, 0) + ¼ (−1, 0) = (½, 1), whose length is √5 / 2.
        let drawn = three.drawnTogether(
            by: [
                [Neighbour(number: 1, product: 0.3)],
                [Neighbour(number: 0, product: 0.6), Neighbour(number: 2, product: 0.2)], [],
            ], steps: 1)
        #expect(zip(drawn[0], [sqrt(0.5), sqrt(0.5)]).allSatisfy { abs(Double($0) - $1) < 1e-6 })
        #expect(zip(drawn[1], [sqrt(0.2), sqrt(0.8)]).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    }

    @Test func `one without neighbours stays, and so does one whose neighbours all point away`() {
        let drawn = three.drawnTogether(
            by: [[Neighbour(number: 1, product: 0.3)], [], [Neighbour(number: 0, product: -1)]], steps: 4)
        #expect(Array(drawn[1]) == [0, 1])
        #expect(Array(drawn[2]) == [-1, 0])
    }

    @Test func `each step halves the angle to a neighbour that stays`() {
        for steps in 0...4 {
            let drawn = three.drawnTogether(by: [[Neighbour(number: 1, product: 0.5)], [], []], steps: steps)
            let angle = acos(Double(drawn.cosine(of: 0, and: 1)))
            #expect(abs(angle - Double.pi / 2 / pow(2, Double(steps))) < 1e-3)
        }
    }

    @Test func `vectors of one place come nearer to each other, and all keep length one`() {
        let vectors = SeededVectors(120, dimensions: 12, places: 6, seed: 11).vectors
        var neighbours = [[Neighbour]](repeating: [], count: 120)
        for (number, found) in vectors.nearest(inPart: 0, count: 8, least: 0.3) { neighbours[Int(number)] = found }
        let drawn = vectors.drawnTogether(by: neighbours, steps: 2)
        let (before, after) = (vectors.exactCosines, drawn.exactCosines)
        func mean(_ cosines: Matrix) -> Double { (0..<114).reduce(0) { $0 + cosines[$1, $1 + 6] } / 114 }
        #expect(mean(after) > mean(before))
        for number in 0..<120 { #expect(abs(after[number, number] - 1) < 1e-5) }
    }
}
