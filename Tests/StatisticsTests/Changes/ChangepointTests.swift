import Foundation
import Statistics
import Testing

struct ChangepointTests {
    private static let toy: [Double] = [3, 2, 4, 3, 1, 2, 5, 3, 2, 3, 12, 15, 9, 14, 11, 13, 10, 12]

    private func coal() throws -> [Double] { try #require(SurveillanceFiles.columns("coal.csv")["count"]) }

    // The changes and costs of the coal-mining disasters, computed with a second implementation of the same formulae in Python.
    @Test(.enabled(if: SurveillanceFiles.arePresent, "../shared is not there"))
    func `the rate of disasters changed once in 1892, and perhaps in 1948`() throws {
        let coal = try coal()
        let single = try #require(Changepoints.single(coal, cost: .poisson))
        #expect(single.index == 41)
        #expect(abs(single.statistic - 69.98834474725115) < 1e-10)
        #expect(abs(coal[..<41].reduce(0, +) / 41 - 3.097560975609756) < 1e-15)
        #expect(abs(coal[41...].reduce(0, +) / 71 - 0.9014084507042254) < 1e-15)
        let two = Changepoints(coal, cost: .poisson, penalty: 2 * log(112))
        #expect(two.indexes == [41, 97])
        #expect(abs(two.cost - 115.99268260901678) < 1e-9)
        let one = Changepoints(coal, cost: .poisson, penalty: 3 * log(112))
        #expect(one.indexes == [41])
        #expect(abs(one.cost - 122.26527118754765) < 1e-9)
    }

    @Test(.enabled(if: SurveillanceFiles.arePresent, "../shared is not there"), arguments: [10, 12.429216, 18.643824])
    func `four steps of a mean are found where they are`(penalty: Double) throws {
        let values = try SurveillanceFiles.rows("ruptures_pwconst_seed1.csv").dropFirst().compactMap { Double($0[0]) }
        let found = Changepoints(values, cost: .squares, penalty: penalty)
        #expect(found.indexes == [100, 200, 303, 399])
        #expect(abs(found.cost - 4 * penalty - 420.4186173850227) < 1e-7)
        let whole = Changepoints(values, cost: .squares, penalty: 1e9)
        #expect(whole.indexes.isEmpty && abs(whole.cost - 34_159.60851474028) < 1e-6)
    }

    @Test(
        .enabled(if: SurveillanceFiles.arePresent, "../shared is not there"),
        arguments: [
            (1.0, 1.0, 0.01, -176.9168526644, [41, 97]), (2.0, 1.0, 0.02, -175.7361645195, [41, 79, 97]),
        ])
    func `online detection gives the evidence and the changes of the reference`(
        shape: Double, rate: Double, hazard: Double, evidence: Double, changes: [Int]
    ) throws {
        var online = OnlineChangepoints(shape: shape, rate: rate, hazard: hazard)
        for count in try coal() { online.add(count) }
        #expect(abs(online.logEvidence - evidence) < 1e-9)
        #expect(online.changes == changes)
        if hazard == 0.01 {
            #expect(online.likeliestRuns.last == 15)
            let probability = online.probability(ofRunUpTo: 15) - online.probability(ofRunUpTo: 14)
            #expect(abs(probability - 0.26693849) < 5e-9)
        }
    }

    // Counts of three hours, of one and of none: by hand, twice the negative log-likelihood up to what no segmentation changes.
    @Test func `exposures make a quiet day no change of rate`() throws {
        let counts: [Double] = [30, 31, 10, 0, 29, 11, 30, 10, 32, 9]
        let exposures: [Double] = [3, 3, 1, 0, 3, 1, 3, 1, 3, 1]
        for cost in [SegmentCost.poisson, .negativeBinomial(size: 5)] {
            let by = Changepoints(counts, exposures: exposures, cost: cost, penalty: 6)
            #expect(by.indexes.isEmpty)
            #expect(!Changepoints(counts, cost: cost, penalty: 6).indexes.isEmpty)
        }
        let (sum, exposure) = (192.0, 19.0)
        let poisson = Changepoints(counts, exposures: exposures, cost: .poisson, penalty: 6)
        #expect(abs(poisson.cost - 2 * (sum - sum * log(sum / exposure))) < 1e-9)
        let negativeBinomial = Changepoints(
            counts, exposures: exposures, cost: .negativeBinomial(size: 5), penalty: 6)
        let rate = sum / exposure
        let byHand = 2 * ((sum + 5 * exposure) * log(1 + rate / 5) - sum * log(rate / 5))
        #expect(abs(negativeBinomial.cost - byHand) < 1e-9)
    }

    @Test(arguments: [SegmentCost.poisson, .negativeBinomial(size: 3)])
    func `a rate that trebles is found beneath a rhythm of exposures, and exposures of 1 change nothing`(
        cost: SegmentCost
    ) throws {
        var generator = SplitMix64(seed: 8)
        let exposures = (0..<60).map { $0 % 7 >= 5 ? 0.2 : 1 }
        let counts = exposures.enumerated().map {
            Double(generator.poisson(mean: $1 * ($0 < 38 ? 20 : 60)))
        }
        #expect(Changepoints(counts, exposures: exposures, cost: cost, penalty: 12).indexes == [38])
        #expect(Changepoints.single(counts, exposures: exposures, cost: cost)?.index == 38)
        let ones = [Double](repeating: 1, count: 60)
        #expect(
            Changepoints(counts, exposures: ones, cost: cost, penalty: 12)
                == Changepoints(counts, cost: cost, penalty: 12))
    }

    @Test func `a rate that trebles is told within two counts`() {
        var online = OnlineChangepoints(shape: 1, rate: 0.2, hazard: 1 / 50)
        var recent: [Double] = []
        for count in Self.toy {
            online.add(count)
            recent.append(online.probability(ofRunUpTo: 3))
        }
        #expect(abs(online.logEvidence + 43.7694982110) < 1e-9)
        #expect(online.likeliestRuns == Array(1...10) + Array(1...8))
        for (index, frozen) in [(9, 0.042906), (10, 0.806983), (11, 0.999237)] {
            #expect(abs(recent[index] - frozen) < 6e-7)
        }
    }

    @Test(arguments: [SegmentCost.poisson, .squares, .negativeBinomial(size: 2)])
    func `pruning finds what trying every segmentation finds`(cost: SegmentCost) {
        var generator = SplitMix64(seed: 5)
        for round in 0..<20 {
            let values = (0..<12).map { Double(generator.poisson(mean: $0 < 6 ? 2 : Double(2 + round))) }
            let found = Changepoints(values, cost: cost, penalty: 3)
            var best = Double.infinity
            for choice in 0..<(1 << 11) {
                let changes = (1..<12).filter { choice >> ($0 - 1) & 1 == 1 }
                let bounds = [0] + changes + [12]
                let sum = zip(bounds, bounds.dropFirst()).reduce(0) {
                    $0 + Changepoints(Array(values[$1.0..<$1.1]), cost: cost, penalty: 1e4).cost
                }
                best = min(best, sum + 3 * Double(changes.count))
            }
            #expect(abs(found.cost - best) < 1e-9)
        }
    }

    @Test func `the cost of negative binomial counts is that of Poisson when the size is large`() {
        let wide = Changepoints(Self.toy, cost: .negativeBinomial(size: 1e9), penalty: 6)
        let poisson = Changepoints(Self.toy, cost: .poisson, penalty: 6)
        #expect(wide.indexes == poisson.indexes && wide.indexes == [10])
    }

    @Test func `short series have no changes`() {
        #expect(Changepoints([], cost: .poisson, penalty: 2).indexes.isEmpty)
        #expect(Changepoints([3], cost: .poisson, penalty: 2).indexes.isEmpty)
        #expect(Changepoints.single([1], cost: .poisson) == nil)
    }

    @Test func `online detection keeps so many runs and no more, and outlives a count beyond all measure`() {
        var online = OnlineChangepoints(shape: 1, rate: 1, hazard: 0.001)
        for step in 0..<OnlineChangepoints.mostRuns + 40 { online.add(Double(step % 3)) }
        online.add(1e300)
        online.add(2)
        #expect(online.likeliestRuns.count == OnlineChangepoints.mostRuns + 42)
        #expect(online.probability(ofRunUpTo: 10) > 0.5)
    }

    @Test(arguments: [
        ([10, 20], [11, 30], 40, 0.6666666667, 0.5897727273), ([41], [41, 97], 112, 0.8, 0.8660714286),
        ([50], [], 100, 0.6666666667, 0.5),
        ([50], [44], 100, 0.5, 0.8864285714), ([50], [45], 100, 1, 0.9045454545),
    ])
    func `accuracy is that of the definitions`(truth: [Int], found: [Int], count: Int, f1: Double, covering: Double) {
        let accuracy = ChangepointAccuracy(found: found, truth: truth, count: count)
        #expect(abs(accuracy.f1 - f1) < 1e-9)
        #expect(abs(accuracy.covering - covering) < 1e-9)
    }
}
