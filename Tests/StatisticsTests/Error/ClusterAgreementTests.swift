import Glibc
import Statistics
import Testing

struct ClusterAgreementTests {
    @Test func `a partition by hand`() {
        // a b | c d against a b c | d: I = ln 2 - (3/4) H(2/3), and so on.
        let agreement = ClusterAgreement(found: [1, 1, 2, 2], truth: ["x", "x", "x", "y"])
        let found = log(2.0)
        let truth = 0.75 * log(4.0 / 3) + 0.25 * log(4.0)
        let shared = 0.5 * log(4.0 / 3) + 0.25 * log(2.0 / 3) + 0.25 * log(2.0)
        #expect(abs(agreement.homogeneity - shared / truth) < 1e-12)
        #expect(abs(agreement.completeness - shared / found) < 1e-12)
        #expect(abs(agreement.normalizedMutualInformation - 2 * shared / (found + truth)) < 1e-12)
        // Each way to put y with one of the two groups shares as much, so chance explains all of it.
        #expect(abs(agreement.adjustedMutualInformation) < 1e-12)
        #expect(agreement.pairs == PairMeasures(found: [1, 1, 2, 2], truth: ["x", "x", "x", "y"]))
    }

    @Test func `measures agree with the reference`() throws {
        let cases = try AgreementReference().cases.filter { $0.numbers["found"] != nil }
        #expect(cases.count == 9)
        for (name, numbers) in cases {
            let agreement = ClusterAgreement(found: numbers["found"] ?? [], truth: numbers["truth"] ?? [])
            let measured = [
                "ari": agreement.pairs.adjustedRandIndex, "nmi": agreement.normalizedMutualInformation,
                "ami": agreement.adjustedMutualInformation, "homogeneity": agreement.homogeneity,
                "completeness": agreement.completeness, "pairPrecision": agreement.pairs.precision,
                "pairRecall": agreement.pairs.recall, "bCubedPrecision": agreement.pairs.bCubedPrecision,
                "bCubedRecall": agreement.pairs.bCubedRecall,
            ]
            for (measure, value) in measured {
                let expected = try #require(numbers[measure]?.first)
                #expect(abs(value - expected) < 1e-10, "\(name) \(measure): \(value), not \(expected)")
            }
        }
    }

    private func measures(_ agreement: ClusterAgreement) -> [Double] {
        [
            agreement.homogeneity, agreement.completeness, agreement.normalizedMutualInformation,
            agreement.adjustedMutualInformation, agreement.pairs.adjustedRandIndex, agreement.pairs.f1,
            agreement.pairs.bCubedF1,
        ]
    }

    @Test(arguments: [[], [nil], [nil, nil, nil, nil], [1, 1, 1, 1], [1, 1, 2, 2, 2, nil]] as [[Int?]])
    func `equal partitions agree wholly`(groups: [Int?]) {
        let renamed = groups.map { $0.map { "g\(-$0)" } }
        for value in measures(ClusterAgreement(found: renamed, truth: groups)) { #expect(abs(value - 1) < 1e-12) }
    }

    @Test func `one group for all tells nothing, and groups of one tell nothing more than chance`() {
        let truth = [1, 1, 2, 2]
        let lumped = ClusterAgreement(found: [0, 0, 0, 0], truth: truth)
        #expect(lumped.homogeneity == 0 && lumped.completeness == 1)
        #expect(lumped.normalizedMutualInformation == 0 && abs(lumped.adjustedMutualInformation) < 1e-12)
        let split = ClusterAgreement(found: [Int?](repeating: nil, count: 4), truth: truth)
        #expect(abs(split.homogeneity - 1) < 1e-12 && abs(split.completeness - 0.5) < 1e-12)
        #expect(abs(split.adjustedMutualInformation) < 1e-12)
    }

    @Test(arguments: 1...8)
    func `places may change, names make no difference, and chance is zero on average`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        func groups(_ count: Int) -> [Int?] {
            (0..<150).map { _ in generator.uniform() < 0.1 ? nil : Int(generator.uniform() * Double(count)) }
        }
        let (one, other) = (groups(7), groups(4))
        let forward = ClusterAgreement(found: one, truth: other)
        let backward = ClusterAgreement(found: other, truth: one)
        #expect(abs(forward.homogeneity - backward.completeness) < 1e-12)
        #expect(abs(forward.normalizedMutualInformation - backward.normalizedMutualInformation) < 1e-12)
        #expect(abs(forward.adjustedMutualInformation - backward.adjustedMutualInformation) < 1e-12)
        #expect(abs(forward.adjustedMutualInformation) < 0.1)
        let renamed = ClusterAgreement(found: one.map { $0.map { 3 * $0 % 7 } }, truth: other)
        #expect(measures(renamed) == measures(forward))
    }
}
