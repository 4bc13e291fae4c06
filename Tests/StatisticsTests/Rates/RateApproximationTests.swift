import Statistics
import Testing

struct RateApproximationTests {
    // statsmodels 0.15.0, test_poisson_2indep, on the example of Gu et al.
    @Test func `approximate tests of two rates are those of the reference`() throws {
        let difference = try #require(
            RateDifference(events: 60, exposure: 51_477.5, otherEvents: 30, otherExposure: 54_308.7))
        #expect(abs(difference.score - 3.4174018390002145) < 1e-13)
        #expect(abs(RateDifference.pValue(difference.score) - 6.322188820470972e-4) < 1e-16)
        #expect(abs(difference.wald - 3.384912556260793) < 1e-13)
        #expect(abs(RateDifference.pValue(difference.wald) - 7.120093285061108e-4) < 1e-16)
        #expect(abs(difference.squareRoot - 3.4454850195636824) < 1e-13)
        #expect(abs(RateDifference.pValue(difference.squareRoot) - 5.700355621795108e-4) < 1e-16)
        // The reference leaves 1e-13 of the probability out.
        #expect(abs(difference.unconditionalPValue - 5.672617581627942e-4) < 2e-13)
        let exact = try #require(
            RateRatio(events: 60, exposure: 51_477.5, otherEvents: 30, otherExposure: 54_308.7))
        #expect(abs(exact.midPValueTwoSided - 5.572624066190538e-4) < 1e-14)
    }

    @Test func `equal rates tell nothing, and no events have no difference`() throws {
        let equal = try #require(RateDifference(events: 4, exposure: 2, otherEvents: 6, otherExposure: 3))
        #expect(abs(equal.score) < 1e-12 && abs(equal.wald) < 1e-12)
        #expect(abs(equal.unconditionalPValue - 1) < 1e-9)
        #expect(RateDifference.pValue(0) == 1)
        #expect(RateDifference(events: 0, exposure: 2, otherEvents: 0, otherExposure: 3) == nil)
        #expect(RateDifference(events: 1, exposure: 0, otherEvents: 1, otherExposure: 3) == nil)
    }

    // R 4.2.2, poisson.test(137, 24.19893).
    @Test func `a count against what was expected has the p-value and the interval of the reference`() throws {
        let ratio = try #require(StandardizedRatio(events: 137, expected: 24.19893))
        #expect(abs(ratio.estimate - 137 / 24.19893) < 1e-12)
        #expect(abs(ratio.pValueTwoSided / 2.845227264e-56 - 1) < 2e-10)
        let interval = ratio.interval(level: 0.95)
        #expect(abs(interval.lowerBound - 4.753124805) < 5e-10)
        #expect(abs(interval.upperBound - 6.692709334) < 5e-10)
    }

    @Test(arguments: [(0, 3.0), (2, 6.5), (5, 5), (9, 4.2), (30, 30), (0, 40)])
    func `two-sided p-values are sums over all counts that are no likelier`(events: Int, expected: Double) throws {
        let ratio = try #require(StandardizedRatio(events: events, expected: expected))
        let counts = try Poisson(mean: expected)
        let limit = counts.probability(events) * (1 + 1e-7)
        let total = (0...300).map { counts.probability($0) }.filter { $0 <= limit }.reduce(0, +)
        #expect(abs(ratio.pValueTwoSided - total) < 1e-12)
        #expect(ratio.interval(level: 0.95).contains(ratio.estimate))
    }

    @Test func `what is no count and no expectation is refused`() {
        #expect(StandardizedRatio(events: -1, expected: 2) == nil)
        #expect(StandardizedRatio(events: 3, expected: 0) == nil)
        #expect(StandardizedRatio(events: 3, expected: .infinity) == nil)
        #expect(StandardizedRatio(events: 0, expected: 2)?.interval(level: 0.9).lowerBound == 0)
    }
}
