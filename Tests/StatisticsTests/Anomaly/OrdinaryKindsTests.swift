import Glibc
import Statistics
import Testing

struct OrdinaryKindsTests {
    /// Columns 0 and 1 with weights 1 and 2.
    func kinds(_ kinds: [([Int32], Double)], mass: Double) -> OrdinaryKinds {
        OrdinaryKinds(
            kinds.map { CountVector(of: $0.0) }, masses: kinds.map(\.1), weights: [1, 2], otherWeight: 5, mass: mass)
    }

    @Test func `a sequence is counted`() {
        #expect(CountVector(of: [3, 1, 3]) == CountVector(columns: [1, 3], counts: [1, 2]))
    }

    @Test func `differences cost their weight, and the hundredth hardly anything`() {
        let kinds = kinds([([], 1)], mass: 1)
        #expect(kinds.ball(around: CountVector(of: [0])).radius == 1)
        #expect(kinds.ball(around: CountVector(of: [0, 0, 0])).radius == 2)
        #expect(kinds.ball(around: CountVector(of: [1])).radius == 2)
        #expect(kinds.ball(around: CountVector(of: [7])).radius == 5)
        let many = CountVector(columns: [0], counts: [1_023])
        #expect(kinds.ball(around: many).radius == 10)
    }

    @Test func `a ball grows until it holds the mass`() {
        let kinds = kinds([([], 10), ([0], 3), ([1], 2)], mass: 4)
        let ball = kinds.ball(around: CountVector(of: [0]))
        #expect(ball.radius == 1)
        #expect(ball.members == [1, 0])
        #expect(kinds.ball(around: CountVector(of: [])).radius == 0)
        // Without one of its own three cases, 2 + 2 do not come before the ten.
        #expect(kinds.ball(around: CountVector(of: [0]), excluding: 1).members == [1, 0])
        #expect(kinds.ball(around: CountVector(of: []), excluding: 0).members == [0])
    }

    @Test func `a ball holds the nearest kinds, as comparing all of them tells`() {
        var generator = SplitMix64(seed: 5)
        let vectors = (0..<120).map { _ in
            CountVector(of: (0..<9).map { _ in Int32.random(in: 0..<8, using: &generator) })
        }
        let masses = vectors.map { _ in Double(Int.random(in: 0...3, using: &generator)) }
        let weights = (0..<7).map { _ in Double.random(in: 0.05..<4, using: &generator) }
        let kinds = OrdinaryKinds(vectors, masses: masses, weights: weights, otherWeight: 5, mass: 12)
        for (excluded, query) in vectors.enumerated() {
            let own = query.columns.map { _ in Double.random(in: 0.05..<4, using: &generator) }
            let counts = Dictionary(uniqueKeysWithValues: zip(query.columns, query.counts))
            let ownWeights = Dictionary(uniqueKeysWithValues: zip(query.columns, own))
            let radii = vectors.map { other in
                let others = Dictionary(uniqueKeysWithValues: zip(other.columns, other.counts))
                return (Int32(0)..<8).reduce(0.0) { sum, column in
                    let weight = ownWeights[column] ?? (column < 7 ? weights[Int(column)] : 5)
                    return sum + weight * log2(1 + Double(abs((counts[column] ?? 0) - (others[column] ?? 0))))
                }
            }
            var held = 0.0
            var members: [Int] = []
            for place in vectors.indices.sorted(by: { (radii[$0], $0) < (radii[$1], $1) }) where held < 12 {
                let mass = masses[place] - (place == excluded ? 1 : 0)
                guard mass > 0 else { continue }
                members.append(place)
                held += mass
            }
            let ball = kinds.ball(around: query, excluding: excluded, own: own)
            #expect(ball.members == members)
            #expect(ball.radius == members.last.map { radii[$0] })
        }
    }

    @Test func `weights of its own replace those of a vector's columns`() {
        let kinds = kinds([([], 1)], mass: 1)
        #expect(kinds.ball(around: CountVector(of: [0, 1]), own: [3, 4]).radius == 7)
    }

    @Test func `without kinds everything is far`() {
        let none = kinds([], mass: 1)
        #expect(none.ball(around: CountVector(of: [1])).radius == 2)
        #expect(none.ball(around: CountVector(of: [1])).members.isEmpty)
        #expect(none.ball(around: CountVector(of: [])).radius == 0)
    }

    @Test func `what never differs weighs most`() {
        var variability = CountVariability(columns: 3)
        variability.add(CountVector(of: [0, 1]), times: 6)
        variability.add(CountVector(of: [0]), times: 4)
        let weights = variability.weights
        // 10 − 10²/10 = 0 differ in the first and the last column, 10 − (6² + 4²)/10 = 4.8 in the second.
        #expect(abs(weights[0] - log(12)) < 1e-12)
        #expect(abs(weights[1] + log(5.8 / 12)) < 1e-12)
        #expect(weights[2] == variability.weightOfUnseen)
        // One of the six left out: 9 − (5² + 4²)/9.
        let expected = -log((9 - 41.0 / 9 + 1) / 11)
        #expect(abs(variability.weight(of: 1, leavingOut: 1) - expected) < 1e-12)
    }

    @Test func `a tail is laid through the median and the upper quartile`() {
        // q50 = 2, q75 = 3; each halving of the rate beyond 0.25 adds their difference.
        let scores = [1.0, 2, 3, 4]
        #expect(abs(TailThreshold.value(scores, counts: [1, 1, 1, 1], rate: 0.125) - 4) < 1e-12)
        #expect(abs(TailThreshold.value(scores, counts: [1, 1, 1, 1], rate: 0.0625) - 5) < 1e-12)
        #expect(TailThreshold.value([1, 1e9], counts: [9, 1], rate: 0.01) == 1)
    }
}
