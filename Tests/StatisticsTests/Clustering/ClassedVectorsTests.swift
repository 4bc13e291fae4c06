import Glibc
import Statistics
import Testing

struct ClassedVectorsTests {
    private let three = UnitVectors([1, 0, 0, 1, 1, 0], dimensions: 2)

    @Test(arguments: [(0.0, 0.0), (0.25, 0.2), (1, 0.5)])
    func `vectors at right angles are alike by what their class weighs`(weight: Double, cosine: Double) {
        let beside = three.beside([0, 0, nil], weights: [weight], directions: 8)
        #expect(beside.count == 3 && beside.dimensions == 10)
        // The products of both parts, 0 and the weight, by both lengths, √(1 + weight).
        #expect(abs(Double(beside.cosine(of: 0, and: 1)) - cosine) < 1e-6)
        #expect(abs(Double(beside.cosine(of: 0, and: 2)) - 1 / sqrt(1 + weight)) < 1e-6)
    }

    @Test func `same vectors of different classes are half alike, and directions stay where classes are added`() {
        let same = UnitVectors([Float](repeating: 1, count: 20), dimensions: 1)
        let beside = same.beside(Array(0..<20), weights: [Double](repeating: 1, count: 20), directions: 64)
        for one in 0..<20 {
            for other in 0..<one { #expect(0.2...0.8 ~= beside.cosine(of: one, and: other)) }
        }
        let more = same.beside(Array(0..<20), weights: [Double](repeating: 1, count: 30), directions: 64)
        #expect((0..<20).allSatisfy { beside[$0] == more[$0] })
    }

    @Test func `vectors go halfway to the mean of their class, and one without a class stays`() {
        let drawn = three.drawn(toMeansOf: [0, 0, nil], weights: [1])
        // The mean is at 45°, so that they are at 22.5° and 67.5°.
        #expect(abs(Double(drawn.cosine([1, 0], 0)) - cos(Double.pi / 8)) < 1e-6)
        #expect(abs(Double(drawn.cosine(of: 0, and: 1)) - sqrt(0.5)) < 1e-6)
        #expect(Array(drawn[2]) == [1, 0])
    }

    @Test func `a class without weight draws nothing`() {
        #expect(Array(three.drawn(toMeansOf: [0, 0, 0], weights: [0])[1]) == [0, 1])
    }
}
