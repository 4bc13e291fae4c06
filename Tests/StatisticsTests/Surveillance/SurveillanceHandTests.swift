import Foundation
import Testing

@testable import Statistics

struct SurveillanceHandTests {
    private static let toy: [Double] = [2, 3, 1, 4, 2, 3, 2, 9, 2, 3, 12, 3, 4]

    // R surveillance 1.20.3; the first bound of C1 is 17 / 7 and 3.09 times the root of 20 / 21.
    @Test(arguments: [
        (
            EarlyAberration.Kind.c1, 0.001, 7,
            [5.444329362, 11.576700671, 11.599585160, 11.319050982, 17.294009433, 17.144274830]
        ),
        (.c2, 0.001, 9, [5.444329362, 11.576700671, 11.599585160, 11.319050982]),
        (.c3, 0.025, 11, [2.217620218, 3.270907231]),
    ])
    func `EARS bounds of thirteen counts`(kind: EarlyAberration.Kind, level: Double, first: Int, bounds: [Double])
        throws
    {
        let ears = EarlyAberration(kind, significance: level)
        #expect(ears.threshold(at: first - 1, in: Self.toy) == nil)
        for (step, bound) in bounds.enumerated() {
            let found = try #require(ears.threshold(at: first + step, in: Self.toy))
            #expect(abs(found.bound - bound) < 1e-9)
        }
    }

    @Test func `the bounds of one prediction are those of the reference`() {
        let power = FarringtonFlexible.powerBound(mean: 12, dispersion: 1.8, variance: 0.35, significance: 0.01)
        #expect(abs(power - 24.411793691543842) < 1e-12)
        #expect(FarringtonFlexible.quantile(mean: 12, dispersion: 1.8, 0.99) == 25)
    }

    @Test func `a rise after equal counts is measured by C3 only where they have a spread`() {
        let ears = EarlyAberration(.c3, significance: 0.025)
        let flat = [Double](repeating: 2, count: 12)
        #expect(ears.threshold(at: 11, in: flat) == nil)
        #expect(ears.threshold(at: 11, in: flat[..<11] + [9]) == nil)
        // What lay above equal counts was infinitely much too high, so that any count after it is.
        let after = ears.threshold(at: 12, in: flat[..<9] + [3, 4, 5, 3])
        #expect(after?.bound == 0 && after?.isAlarm(3) == true)
    }

    @Test func `a season is no alarm of the cumulative sum, and a rise above it is`() {
        let season = (0..<208).map { (5 + 4 * cos(2 * Double.pi * Double($0) / 52)).rounded() }
        #expect(!CumulativeSum().seasonalAlarms(from: 156, in: season, period: 52).contains(true))
        var risen = season
        for week in 180..<184 { risen[week] += 8 }
        let alarms = CumulativeSum().seasonalAlarms(from: 156, in: risen, period: 52)
        #expect(alarms.count == 52 && alarms.firstIndex(of: true).map { (24...26).contains($0) } == true)
        let nothing = [Double](repeating: 0, count: 60)
        #expect(CumulativeSum().seasonalAlarms(from: 2, in: nothing, period: 52) == [Bool](repeating: false, count: 58))
    }

    @Test func `a rise by any factor is seen in the likelihood ratio, and a past without counts tells no means`() throws
    {
        var counts = (0..<208).map { 5 + Double($0 * 7 % 5) - 2 }
        let quiet = try LikelihoodRatioSum().steps(from: 156, in: counts)
        #expect(quiet.count == 52 && quiet.allSatisfy { !$0.isAlarm && $0.statistic >= 0 })
        // Poisson counts, as these vary less: 20 against 5 is 20 ln 4 - 15 = 12.7.
        counts[180] = 20
        let risen = try LikelihoodRatioSum().steps(from: 156, in: counts)
        #expect(risen.firstIndex { $0.isAlarm } == 24)
        #expect(abs(risen[24].statistic - (20 * log(4) - 15)) < 1)
        #expect(throws: RegressionError.self) {
            try LikelihoodRatioSum().steps(from: 2, in: [Double](repeating: 0, count: 60))
        }
    }

    @Test func `seven zeros make any count an alarm unless a least deviation is asked for`() throws {
        let zeros = [Double](repeating: 0, count: 9) + [1]
        #expect(try #require(EarlyAberration(.c1, significance: 0.01).threshold(at: 9, in: zeros)).isAlarm(1))
        let careful = EarlyAberration(.c2, significance: 0.01, leastDeviation: 1)
        #expect(try !#require(careful.threshold(at: 9, in: zeros)).isAlarm(1))
        #expect(EarlyAberration(.c3, significance: 0.01).threshold(at: 9, in: zeros) == nil)
    }

    @Test func `a constant past is met by its own quantile and not by a season or a trend`() throws {
        let counts = [Double](repeating: 4, count: 300)
        let threshold = try #require(FarringtonFlexible().threshold(at: 299, in: counts))
        #expect(abs(threshold.expected - 4) < 1e-6)
        // The Poisson distribution of mean 4 keeps within 9 with .9919.
        #expect(threshold.bound == 9)
        #expect(!threshold.isAlarm(9) && threshold.isAlarm(10))
    }

    @Test func `twice the exposure is twice the expectation`() throws {
        var exposures = (0..<300).map { $0 % 3 == 0 ? 50.0 : 100 }
        let counts = exposures.map { $0 / 20 }
        let usual = try #require(FarringtonFlexible().threshold(at: 298, in: counts, exposures: exposures))
        exposures[298] = 200
        let twice = try #require(FarringtonFlexible().threshold(at: 298, in: counts, exposures: exposures))
        #expect(abs(usual.expected - 5) < 1e-3)
        #expect(abs(twice.expected / usual.expected - 2) < 1e-6)
    }

    @Test func `a past outbreak weighs little`() throws {
        var counts = (0..<300).map { Double(4 + $0 * 7 % 5 - 2) }
        let quiet = try #require(FarringtonFlexible().threshold(at: 299, in: counts))
        for week in 195...197 { counts[week] = 60 }
        let after = try #require(FarringtonFlexible().threshold(at: 299, in: counts))
        #expect(after.expected < quiet.expected + 2)
        #expect(after.bound < 25)
    }

    @Test func `too short a past has no threshold`() {
        #expect(FarringtonFlexible().threshold(at: 20, in: [Double](repeating: 3, count: 21)) == nil)
        #expect(SeasonalPosterior().threshold(at: 60, in: [Double](repeating: 3, count: 61)) == nil)
        #expect(CumulativeSum().steps(from: 3, in: [0, 0, 0, 5]).isEmpty)
    }

    @Test func `a year without a case keeps any case above a quantile of nearly nothing`() throws {
        let threshold = try #require(FarringtonFlexible().threshold(at: 299, in: [Double](repeating: 0, count: 300)))
        #expect(threshold.bound == 0 && threshold.isAlarm(1) && !threshold.isAlarm(0))
    }

    @Test(arguments: [0.1, 3.7, 250, 1e6])
    func `quantiles are the least counts that reach a probability`(mean: Double) throws {
        let poisson = try Poisson(mean: mean)
        let negativeBinomial = try NegativeBinomial(mean: mean, size: 2.5)
        for probability in [0.01, 0.5, 0.9, 0.999] {
            let count = poisson.quantile(probability)
            #expect(poisson.cumulative(count) >= probability && poisson.cumulative(count - 1) < probability)
            let wide = negativeBinomial.quantile(probability)
            #expect(
                negativeBinomial.cumulative(wide) >= probability && negativeBinomial.cumulative(wide - 1) < probability)
        }
    }
}
