import Glibc
import Statistics
import Testing

struct RandomTests {
    static let draws = 200_000

    /// Mean and variance of a sample.
    private func moments(_ sample: [Double]) -> (mean: Double, variance: Double) {
        let mean = sample.reduce(0, +) / Double(sample.count)
        return (mean, sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sample.count - 1))
    }

    /// The largest distance between the empirical and the true distribution function.
    private func kolmogorov(_ sample: [Double], _ distribution: any ContinuousDistribution) -> Double {
        let n = Double(sample.count)
        return sample.sorted().enumerated().reduce(0) { largest, entry in
            let probability = distribution.cumulative(entry.element)
            return max(
                largest, abs(probability - Double(entry.offset) / n), abs(probability - Double(entry.offset + 1) / n))
        }
    }

    @Test func `SplitMix64 gives the published words of seed 1234567`() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `the same seed gives the same draws`() {
        func sequence() -> [Double] {
            var generator = SplitMix64(seed: 3)
            return (0..<50).flatMap { _ in
                [
                    generator.normal(), generator.gamma(shape: 0.4), generator.exponential(),
                    Double(generator.poisson(mean: 30)),
                ]
            }
        }
        #expect(sequence() == sequence())
    }

    @Test func `continuous draws follow their distribution functions`() throws {
        var generator = SplitMix64(seed: 11)
        // The 0.1 % point of Kolmogorov's statistic.
        let bound = 1.95 / Double(Self.draws).squareRoot()
        func sample(_ draw: (inout SplitMix64) -> Double) -> [Double] { (0..<Self.draws).map { _ in draw(&generator) } }
        #expect(
            kolmogorov(sample { $0.normal(mean: 3, standardDeviation: 2) }, try Normal(mean: 3, standardDeviation: 2))
                < bound)
        #expect(
            kolmogorov(
                sample { $0.logNormal(logMean: 1, logStandardDeviation: 0.5) },
                try LogNormal(logMean: 1, logStandardDeviation: 0.5)) < bound)
        #expect(kolmogorov(sample { $0.exponential(rate: 4) }, try Weibull(shape: 1, scale: 0.25)) < bound)
        #expect(kolmogorov(sample { $0.gamma(shape: 0.3, scale: 2) }, try Gamma(shape: 0.3, scale: 2)) < bound)
        #expect(kolmogorov(sample { $0.gamma(shape: 7, scale: 2) }, try Gamma(shape: 7, scale: 2)) < bound)
        let uniform = sample { $0.uniform() }
        #expect(uniform.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(abs(moments(uniform).mean - 0.5) < 0.003)
        #expect(abs(moments(uniform).variance - 1.0 / 12) < 0.001)
    }

    @Test(arguments: [0.4, 9.5, 10.5, 80])
    func `Poisson draws follow their probabilities`(mean: Double) throws {
        var generator = SplitMix64(seed: 21)
        let poisson = try Poisson(mean: mean)
        let sample = (0..<Self.draws).map { _ in generator.poisson(mean: mean) }
        for count in [Int(mean) - 3, Int(mean), Int(mean) + 4] where count >= 0 {
            let share = Double(sample.count { $0 <= count }) / Double(Self.draws)
            let expected = poisson.cumulative(count)
            #expect(abs(share - expected) < 4 * (expected * (1 - expected) / Double(Self.draws)).squareRoot() + 1e-4)
        }
        #expect(abs(moments(sample.map(Double.init)).variance / mean - 1) < 0.02)
    }

    @Test func `negative binomial draws have the variance of their size`() {
        var generator = SplitMix64(seed: 5)
        let (mean, variance) = moments(
            (0..<Self.draws).map { _ in Double(generator.negativeBinomial(mean: 6, size: 1.5)) })
        #expect(abs(mean - 6) < 0.06)
        #expect(abs(variance - 30) < 0.8)
        #expect(generator.negativeBinomial(mean: 0, size: 1) == 0)
        #expect(generator.poisson(mean: 0) == 0)
    }

    @Test func `an index of weight zero is never drawn and the others by their share`() {
        var generator = SplitMix64(seed: 6)
        var counts = [0, 0, 0, 0]
        for _ in 0..<Self.draws { counts[generator.categorical(weights: [0, 1, 3, 0])] += 1 }
        #expect(counts[0] == 0 && counts[3] == 0)
        #expect(abs(Double(counts[2]) / Double(Self.draws) - 0.75) < 0.004)
    }
}
