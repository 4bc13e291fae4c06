import Statistics
import Testing

@Suite struct PairMeasuresTests {
    @Test func `pairs, B-cubed and the Rand index of a partition by hand`() {
        // a b c | d e against a b | c d e.
        let measures = PairMeasures(found: [1, 1, 1, 2, 2], truth: ["x", "x", "y", "y", "y"])
        // Pairs found: ab ac bc de; true: ab cd ce de; both: ab de.
        #expect(measures.precision == 0.5)
        #expect(measures.recall == 0.5)
        #expect(measures.f1 == 0.5)
        // Item by item 2/3, 2/3, 1/3, 1, 1.
        #expect(abs(measures.bCubedPrecision - 11.0 / 15) < 1e-12)
        // 1, 1, 1/3, 2/3, 2/3.
        #expect(abs(measures.bCubedRecall - 11.0 / 15) < 1e-12)
        #expect(abs(measures.bCubedF1 - 11.0 / 15) < 1e-12)
        // (2 - 16/10) / (4 - 16/10).
        #expect(abs(measures.adjustedRandIndex - 0.4 / 2.4) < 1e-12)
    }

    @Test func `equal partitions agree wholly, whatever their groups are called`() {
        for truth in [["p", "p", "q", nil], [nil, nil, nil, nil], ["p", "p", "p", "p"], []] as [[String?]] {
            let measures = PairMeasures(found: truth.map { $0.map { $0 == "p" ? 7 : 9 } }, truth: truth)
            #expect(measures.f1 == 1)
            #expect(measures.bCubedF1 == 1)
            #expect(measures.adjustedRandIndex == 1)
        }
    }

    @Test func `one group for all has full recall, groups of one full precision`() {
        let truth = [1, 1, 2, 2]
        let lumped = PairMeasures(found: [0, 0, 0, 0], truth: truth)
        #expect(lumped.recall == 1)
        #expect(lumped.bCubedRecall == 1)
        #expect(abs(lumped.precision - 2.0 / 6) < 1e-12)
        #expect(lumped.bCubedPrecision == 0.5)
        #expect(lumped.adjustedRandIndex == 0)
        let split = PairMeasures(found: [Int?](repeating: nil, count: 4), truth: truth)
        #expect(split.precision == 1)
        #expect(split.recall == 0)
        #expect(split.f1 == 0)
        #expect(split.bCubedPrecision == 1)
        #expect(split.bCubedRecall == 0.5)
        #expect(split.adjustedRandIndex == 0)
    }

    @Test func `what is found and what is true may change places`() {
        var generator = SplitMix64(seed: 5)
        let one = (0..<60).map { _ in generator.uniform() < 0.1 ? nil : Int(generator.uniform() * 6) }
        let other = (0..<60).map { _ in generator.uniform() < 0.1 ? nil : Int(generator.uniform() * 4) }
        let forward = PairMeasures(found: one, truth: other)
        let backward = PairMeasures(found: other, truth: one)
        #expect(forward.precision == backward.recall)
        #expect(abs(forward.bCubedPrecision - backward.bCubedRecall) < 1e-12)
        #expect(abs(forward.adjustedRandIndex - backward.adjustedRandIndex) < 1e-12)
        #expect(abs(forward.adjustedRandIndex) < 0.1)
    }
}
