import Glibc
import Statistics
import Testing

struct RankingMeasuresTests {
    private func queries() throws -> RankingMeasures {
        // The right answers stand at 1 and 3; at 2; nowhere.
        RankingMeasures(
            [
                try #require(RankedAnswers(ranked: ["a", "b", "c"], relevant: ["a", "c"])),
                try #require(RankedAnswers(ranked: ["a", "b", "c"], relevant: ["b"])),
                try #require(RankedAnswers(ranked: ["a"], relevant: ["x", "y"])),
            ])
    }

    @Test func `three queries by hand`() throws {
        let measures = try queries()
        #expect(measures.answeredShare(within: 1) == 1.0 / 3)
        #expect(measures.answeredShare(within: 2) == 2.0 / 3)
        #expect(abs(measures.recall(at: 1) - 0.5 / 3) < 1e-12)
        #expect(abs(measures.recall(at: 10) - 2.0 / 3) < 1e-12)
        #expect(abs(measures.meanReciprocalRank - 0.5) < 1e-12)
        let gain = (1.5 / (1 + 1 / log2(3.0)) + 1 / log2(3.0)) / 3
        #expect(abs(measures.normalizedGain(at: 10) - gain) < 1e-12)
    }

    @Test func `measures agree with the reference`() throws {
        let cases = try AgreementReference().cases.filter { $0.numbers["scores"] != nil }
        #expect(cases.count == 6)
        for (name, numbers) in cases {
            let scores = numbers["scores"] ?? []
            let isRight = (numbers["labels"] ?? []).map { $0 == 1 }
            func expect(_ value: Double, _ measure: String) throws {
                let expected = try #require(numbers[measure]?.first)
                #expect(abs(value - expected) < 1e-12, "\(name) \(measure): \(value), not \(expected)")
            }
            let (right, wrong) = (scores.indices.filter { isRight[$0] }, scores.indices.filter { !isRight[$0] })
            try expect(
                DetectionMeasures.auroc(normal: wrong.map { scores[$0] }, anomalous: right.map { scores[$0] }), "auroc")
            let order = scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
            let answers = try #require(RankedAnswers(ranked: order, relevant: Set(right)))
            try expect(answers.normalizedGain(at: 10), "ndcg10")
            try expect(answers.reciprocalRank, "reciprocalRank")
            try expect(answers.recall(at: 10), "recall10")
        }
    }

    @Test func `a query without a right answer is none, and no query has no mean`() {
        #expect(RankedAnswers(ranked: [1, 2], relevant: []) == nil)
        let none = RankingMeasures([])
        #expect(
            none.meanReciprocalRank.isNaN && none.normalizedGain(at: 10).isNaN && none.answeredShare(within: 1).isNaN)
    }

    @Test func `an answer that is given twice is right once`() throws {
        let answers = try #require(RankedAnswers(ranked: [5, 5, 6], relevant: [5, 6]))
        #expect(answers.ranks == [1, 3])
        #expect(answers.recall(at: 10) == 1)
    }

    @Test func `a better order is never worse`() throws {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<50 {
            let order = (0..<20).shuffled(using: &generator)
            let relevant = Set((0..<20).filter { _ in generator.uniform() < 0.2 }).union([3])
            let worse = try #require(RankedAnswers(ranked: order, relevant: relevant))
            let better = try #require(
                RankedAnswers(
                    ranked: order.filter(relevant.contains) + order.filter { !relevant.contains($0) },
                    relevant: relevant))
            #expect(better.reciprocalRank == 1 && abs(better.normalizedGain(at: 10) - 1) < 1e-12)
            #expect(worse.normalizedGain(at: 10) <= 1 && worse.recall(at: 5) <= better.recall(at: 5))
        }
    }

    @Test func `an interval is the same for a seed and covers the mean`() throws {
        let measures = try queries()
        var (one, again) = (SplitMix64(seed: 7), SplitMix64(seed: 7))
        let interval = measures.interval(using: &one, of: \.reciprocalRank)
        #expect(interval == measures.interval(using: &again, of: \.reciprocalRank))
        #expect(interval.mean == measures.meanReciprocalRank)
        #expect(interval.lower == 0 && interval.upper == 1)
    }

    @Test func `an interval has the width of the normal one, and covers as often as it says`() {
        var generator = SplitMix64(seed: 11)
        var covered = 0
        for _ in 0..<200 {
            let values = (0..<100).map { _ in generator.normal(mean: 5, standardDeviation: 2) }
            let interval = BootstrapInterval(ofMean: values, confidence: 0.9, resamples: 400, using: &generator)
            // Two times 1.645 times 2 / sqrt(100).
            #expect(abs(interval.upper - interval.lower - 0.658) < 0.25)
            if interval.lower <= 5 && 5 <= interval.upper { covered += 1 }
        }
        #expect((165...195).contains(covered))
        #expect(BootstrapInterval(ofMean: [], using: &generator).lower.isNaN)
        let one = BootstrapInterval(ofMean: [4], using: &generator)
        #expect(one.lower == 4 && one.upper == 4)
    }
}
