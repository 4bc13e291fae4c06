import Statistics
import Testing

struct ManyRatesTests {
    // Benjamini and Hochberg 1995; statsmodels 0.15.0, R p.adjust.
    private static let pValues = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1,
    ]

    @Test func `adjusted p-values are those of the reference, in any order`() {
        let hochberg = FalseDiscoveryRate.benjaminiHochberg(Self.pValues.reversed()).reversed()
        let frozen = [
            0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571, 0.0638571, 0.0645, 0.0765, 0.486, 0.5811818, 0.714875,
            0.7532308, 0.8132143, 1,
        ]
        for (found, frozen) in zip(hochberg, frozen) { #expect(abs(found - frozen) < 1e-7) }
        #expect(hochberg.count { $0 <= 0.05 } == 4)
        let yekutieli = FalseDiscoveryRate.benjaminiYekutieli(Self.pValues)
        let wider = [
            0.0049773, 0.0099547, 0.0315232, 0.1182119, 0.2000892, 0.2118926, 0.2118926, 0.2140258, 0.2538445, 1,
        ]
        for (found, frozen) in zip(yekutieli, wider) { #expect(abs(found - frozen) < 1e-7) }
        #expect(yekutieli.count { $0 <= 0.05 } == 3)
    }

    @Test func `tests with large p-values may be left out when they are counted`() {
        let all = FalseDiscoveryRate.benjaminiHochberg(Self.pValues)
        let few = FalseDiscoveryRate.benjaminiHochberg(Array(Self.pValues.prefix(9)), tests: Self.pValues.count)
        for index in 0..<9 { #expect(abs(all[index] - few[index]) < 1e-12) }
        #expect(FalseDiscoveryRate.benjaminiHochberg([]).isEmpty)
        #expect(FalseDiscoveryRate.benjaminiYekutieli([]).isEmpty)
    }

    // openEBGM's vignette; scipy 1.17.1.
    @Test(arguments: [
        (1.0, 0.0360548272, 0.2819737, 2.226687, 0.491074, 13.856063),
        (1, 0.0038736591, 0.3409653, 2.583179, 0.518024, 15.785956),
        (1, 0.0002979738, 0.3482317, 2.631335, 0.521481, 16.017901),
        (1, 0.0765792610, 0.2226356, 1.920673, 0.465106, 11.773360),
        (1, 0.0527413588, 0.2556670, 2.085254, 0.479498, 12.956002), (10, 2, 0.4934775, 3.944935, 1.999864, 7.521087),
        (100, 20, 0.7980862, 4.952942, 4.154972, 5.854604), (3, 0.1, 0.8774802, 9.438543, 2.090022, 21.251751),
        (0, 5, 0.0001988, 0.224691, 0.052972, 0.693032),
    ])
    func `a posterior is that of the reference`(
        observed: Double, expected: Double, share: Double, mean: Double, low: Double, high: Double
    ) throws {
        let prior = try GammaMixturePrior(
            shapes: (3.25379356, 2.02612692), rates: (0.39988854, 1.90807970), share: 0.06534557)
        let posterior = try #require(prior.posterior(observed: observed, expected: expected))
        #expect(abs(posterior.firstShare - share) < 6e-8)
        #expect(abs(posterior.geometricMean - mean) < 6e-7)
        #expect(abs(posterior.quantile(0.05) - low) < 6e-7)
        #expect(abs(posterior.quantile(0.95) - high) < 6e-7)
    }

    @Test func `a fit finds the mixture that ratios were drawn from`() throws {
        var generator = SplitMix64(seed: 11)
        var observed: [Double] = []
        var expected: [Double] = []
        for number in 0..<20_000 {
            let ratio =
                number % 10 == 0 ? generator.gamma(shape: 4, scale: 2) : generator.gamma(shape: 12, scale: 1.0 / 12)
            let mean = generator.uniform() * 8
            expected.append(mean)
            observed.append(Double(generator.poisson(mean: mean * ratio)))
        }
        let prior = try #require(GammaMixturePrior(observed: observed, expected: expected))
        let (large, small) =
            prior.shapes.0 / prior.rates.0 > prior.shapes.1 / prior.rates.1
            ? (prior.shapes.0 / prior.rates.0, prior.shapes.1 / prior.rates.1)
            : (prior.shapes.1 / prior.rates.1, prior.shapes.0 / prior.rates.0)
        #expect(abs(large - 8) < 0.5)
        #expect(abs(small - 1) < 0.05)
        let first = prior.shapes.0 / prior.rates.0 == large ? prior.share : 1 - prior.share
        #expect(abs(first - 0.1) < 0.02)
    }

    @Test func `a ratio of few counts shrinks to what is usual, and one of many stays`() throws {
        let prior = try #require(
            GammaMixturePrior(observed: [3, 4, 5, 6, 4, 5, 3, 40], expected: [4, 4, 5, 5, 4, 5, 4, 5]))
        let few = try #require(prior.posterior(observed: 2, expected: 0.5))
        let many = try #require(prior.posterior(observed: 4_000, expected: 1_000))
        #expect(few.geometricMean < 3.5)
        #expect(abs(many.geometricMean - 4) < 0.2)
    }

    @Test func `many things that are alike are squashed, and change the fit by little`() throws {
        var generator = SplitMix64(seed: 12)
        let expected = (0..<499).map { _ in 0.5 + generator.uniform() * 20 }
        let observed = expected.enumerated().map { index, mean in
            Double(generator.poisson(mean: mean * (index % 10 == 0 ? 5 : 1)))
        }
        // Each thing twice is above the number from which things are squashed.
        let few = try #require(GammaMixturePrior(observed: observed, expected: expected))
        let many = try #require(GammaMixturePrior(observed: observed + observed, expected: expected + expected))
        for (count, mean) in [(1.0, 4.0), (5, 1), (12, 10)] {
            let one = try #require(few.posterior(observed: count, expected: mean))
            let other = try #require(many.posterior(observed: count, expected: mean))
            #expect(abs(one.geometricMean / other.geometricMean - 1) < 0.03)
        }
    }

    @Test func `a share is fitted to things with the parts held`() throws {
        let prior = try GammaMixturePrior(shapes: (100, 2), rates: (100, 1.5), share: 0.5)
        let expected = [Double](repeating: 400, count: 40)
        let observed = (0..<40).map { $0 < 10 ? 1_600.0 : 400 }
        let found = prior.withShare(observed: observed, expected: expected, weight: 0)
        #expect(abs(found.share - 0.75) < 0.05)
        #expect(prior.withShare(observed: [], expected: [], weight: 10).share == 0.5)
        // All of the second part, of shape 1,602: the trigamma of that.
        let changed = try #require(found.posterior(observed: 1_600, expected: 400))
        #expect(changed.firstShare < 1e-6)
        #expect(abs(changed.logVariance - 1 / 1_601.5) < 1e-6)
    }

    @Test func `nothing counted and wrong parameters have no mixture`() {
        #expect(GammaMixturePrior(observed: [0, 0, 0], expected: [1, 2, 3]) == nil)
        #expect(GammaMixturePrior(observed: [1], expected: [1]) == nil)
        #expect(throws: DistributionError.self) { try GammaMixturePrior(shapes: (1, 1), rates: (0, 1), share: 0.5) }
        #expect(throws: DistributionError.self) { try GammaMixturePrior(shapes: (1, 1), rates: (1, 1), share: 1) }
    }
}
