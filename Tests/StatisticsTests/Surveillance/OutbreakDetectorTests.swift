import Foundation
import Statistics
import Testing

struct OutbreakDetectorTests {
    private func counts(_ weeks: Int, mean: (Int) -> Double, seed: UInt64 = 1) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return (0..<weeks).map { Double(generator.poisson(mean: mean($0))) }
    }

    private func seasonal(_ week: Int) -> Double {
        10 * exp(0.001 * Double(week) + 0.5 * cos(2 * Double.pi * Double(week) / 52))
    }

    @Test func `what is expected follows the season and the trend`() throws {
        let counts = counts(400, mean: seasonal)
        for week in [330, 343, 356, 369] {
            let finding = try #require(OutbreakDetector(period: 52).finding(at: week, in: counts))
            #expect(abs(finding.expected / seasonal(week) - 1) < 0.15)
        }
    }

    @Test func `few quiet weeks exceed the usual threshold, and an outbreak does`() throws {
        var counts = counts(420, mean: seasonal, seed: 4)
        let detector = OutbreakDetector(period: 52)
        let quiet = try (200..<400).map { try #require(detector.finding(at: $0, in: counts)).logBayesFactor }
        #expect(quiet.count { $0 > OutbreakDetector.usualThreshold } <= 6)
        counts[410] += 5 * seasonal(410).squareRoot()
        let finding = try #require(detector.finding(at: 410, in: counts))
        #expect(finding.logBayesFactor > OutbreakDetector.usualThreshold)
        #expect(finding.probability(oneIn: 100) > 0.5)
        #expect(finding.probability(oneIn: 1) == 1)
    }

    @Test func `a small excess that goes on says more than it does alone`() {
        let once = OutbreakDetector.logBayesFactor([10, 17], means: [10, 10], variances: [10, 10])
        let twice = OutbreakDetector.logBayesFactor([17, 17], means: [10, 10], variances: [10, 10])
        let over = OutbreakDetector.logBayesFactor([40, 10], means: [10, 10], variances: [10, 10])
        #expect(twice > once + 0.5)
        #expect(over < once)
    }

    // For Poisson counts the ratio of one size is e^-x (1 + x/m)^n.
    @Test func `the factor of a large count is the mean ratio over the sizes`() {
        let (mean, count) = (4.0, 15.0)
        let ratios = [0.5, 1, 2, 4].map { size -> Double in
            let excess = size * mean.squareRoot()
            let now = exp(-excess) * pow(1 + excess / mean, count) - exp(-excess)
            let before = exp(-excess) * pow(1 + excess / mean, 4)
            return now * (1 + before)
        }
        let found = OutbreakDetector.logBayesFactor([4, count], means: [mean, mean], variances: [mean, mean])
        #expect(abs(found - log(ratios.reduce(0, +) / 4)) < 1e-9)
    }

    @Test func `exposure is taken into account`() throws {
        let exposures = (0..<200).map { $0 % 2 == 0 ? 1.0 : 10.0 }
        let counts = counts(200) { 5 * exposures[$0] }
        let finding = try #require(OutbreakDetector(period: nil).finding(at: 199, in: counts, exposures: exposures))
        #expect(abs(finding.expected / 50 - 1) < 0.1)
        #expect(finding.logBayesFactor < OutbreakDetector.usualThreshold)
    }

    @Test func `a past outbreak is not what is usual`() throws {
        var counts = counts(200) { _ in 8 }
        for week in 150..<154 { counts[week] = 120 }
        let finding = try #require(OutbreakDetector(period: nil).finding(at: 199, in: counts))
        #expect(finding.expected < 11)
    }

    @Test func `too short a past has no finding, and one of zeros has`() throws {
        #expect(OutbreakDetector(period: 52).finding(at: 9, in: [Double](repeating: 2, count: 10)) == nil)
        let zeros = [Double](repeating: 0, count: 60) + [4]
        let finding = try #require(OutbreakDetector(period: 52).finding(at: 60, in: zeros))
        #expect(finding.logBayesFactor > OutbreakDetector.usualThreshold)
    }
}

struct RateExcessTests {
    private func evidence(
        _ counts: [Double], exposures: [Double]? = nil, from first: Int = 0
    ) -> RateExcess.Evidence? {
        RateExcess(exposures: exposures ?? [Double](repeating: 1, count: counts.count)).evidence(
            at: counts.count - 1, sums: RateExcess.sums(counts), from: first)
    }

    private func counts(_ hours: Int, seed: UInt64 = 2, mean: (Int) -> Double) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return (0..<hours).map { Double(generator.poisson(mean: mean($0))) }
    }

    @Test func `what goes on as before is hardly evidence`() {
        for seed in 1...20 {
            let counts = counts(500, seed: UInt64(seed)) { _ in 3 } + [3]
            #expect(evidence(counts)?.pValue ?? 1 > 1e-4)
        }
    }

    @Test func `a burst of an hour, and what was expected of it`() throws {
        let found = try #require(evidence(counts(500) { _ in 3 } + [40]))
        #expect(found.pValue < 1e-9)
        #expect(found.observed == 40 && found.start == 500)
        #expect(abs(found.expected - 3) < 1.5)
    }

    @Test func `a rate that is higher for days is seen in days`() throws {
        let counts = counts(900) { $0 < 800 ? 2 : 3 } + [3]
        let found = try #require(evidence(counts))
        #expect(found.pValue < 1e-5)
        #expect(901 - found.start >= 72)
    }

    @Test func `the busy hours of a day and the busy days of a week are no excess`() {
        let weekly = counts(24 * 35) { hour in hour / 24 % 7 == 2 && hour % 24 == 9 ? 60 : 1 }
        let busy = 24 * (28 + 2) + 9
        #expect(evidence(Array(weekly[...busy]))?.pValue ?? 1 > 1e-3)
        let daily = counts(24 * 6 + 10) { $0 % 24 == 9 ? 40 : 1 }
        #expect(evidence(daily)?.pValue ?? 1 > 1e-3)
    }

    @Test func `what was never seen before needs few lines`() throws {
        let found = try #require(evidence([Double](repeating: 0, count: 400) + [5]))
        #expect(found.pValue < 1e-5)
        #expect(found.expected < 0.1)
    }

    @Test func `busier hours explain more lines`() {
        let exposures = [Double](repeating: 1, count: 300) + [20]
        let counts = counts(300) { _ in 2 } + [38]
        #expect(evidence(counts, exposures: exposures)?.pValue ?? 1 > 0.01)
        #expect(evidence(counts)?.pValue ?? 1 < 1e-9)
    }

    @Test func `less exposure than usual makes no excess by itself`() {
        let counts = counts(424) { _ in 3 }
        let exposures = [Double](repeating: 1, count: 400) + [Double](repeating: 0.2, count: 24)
        #expect(evidence(counts, exposures: exposures)?.pValue ?? 1 > 1e-3)
        #expect(evidence(counts.dropLast() + [40], exposures: exposures)?.pValue ?? 1 < 1e-6)
    }

    @Test func `of an hour that is not over no more exposure is usual than has passed`() throws {
        let exposures = [Double](repeating: 1, count: 400) + [0.1]
        let sums = RateExcess.sums(counts(400) { _ in 3 } + [9])
        let found = try #require(RateExcess(exposures: exposures, passed: 0.1).evidence(at: 400, sums: sums))
        #expect(found.pValue < 0.01 && found.expected < 1)
        #expect(RateExcess(exposures: exposures).evidence(at: 400, sums: sums)?.pValue ?? 1 > 0.01)
    }

    @Test func `a window before which the same hours of a day are not known tells nothing`() {
        let nights = (0..<29).map { $0 % 24 == 4 ? 15.0 : 0 }
        #expect(evidence(nights)?.pValue ?? 1 > 0.01)
        #expect(evidence(nights.dropLast() + [300])?.pValue ?? 1 < 1e-6)
    }

    @Test func `a window that would begin too early is none`() {
        let counts = [Double](repeating: 0, count: 400) + [20, 0, 0, 1]
        let sums = RateExcess.sums(counts)
        let excess = RateExcess(exposures: [Double](repeating: 1, count: counts.count))
        #expect(excess.evidence(at: 403, sums: sums)?.observed == 21)
        #expect(excess.evidence(at: 403, sums: sums, windowsFrom: 401)?.observed ?? 1 == 1)
    }

    @Test func `what other series tell of clumps weighs on sparse counts, and not on many`() throws {
        func ratio(_ counts: [Double]) throws -> Double {
            var excess = RateExcess(exposures: [Double](repeating: 1, count: counts.count))
            let sums = RateExcess.sums(counts)
            let alone = try #require(excess.evidence(at: counts.count - 1, sums: sums))
            let others = (0..<10).compactMap { _ in CountDispersion(surplus: 400, of: 100) }
            excess.dispersion = CountDispersion.typical(others)
            return try #require(excess.evidence(at: counts.count - 1, sums: sums)).pValue / alone.pValue
        }
        #expect(try ratio([Double](repeating: 0, count: 800) + [6]) > 100)
        #expect(try ratio(counts(400) { _ in 20 } + [60]) < 100)
    }

    /// Clumps of five, where one comes.
    private func clumps(_ hours: Int, seed: UInt64, perHour: @escaping (Int) -> Double) -> [Double] {
        counts(hours, seed: seed) { perHour($0) / 5 }.map { 5 * $0 }
    }

    @Test func `clumps explain windows of every length`() {
        var surprising = 0
        for seed in 1...20 as ClosedRange<UInt64> {
            let counts = clumps(24 * 42, seed: seed) { _ in 0.3 }
            let sums = RateExcess.sums(counts)
            let excess = RateExcess(exposures: [Double](repeating: 1, count: counts.count))
            let least = (24 * 14..<counts.count).compactMap { excess.evidence(at: $0, sums: sums)?.pValue }.min()
            if least ?? 1 < 1e-5 { surprising += 1 }
        }
        #expect(surprising <= 2)
    }

    @Test func `clumps that come three times as often are an excess`() {
        for seed in 1...10 as ClosedRange<UInt64> {
            let counts = clumps(24 * 42, seed: seed) { $0 < 24 * 35 ? 1 : 3 }
            let sums = RateExcess.sums(counts)
            let excess = RateExcess(exposures: [Double](repeating: 1, count: counts.count))
            let told = (24 * 35..<counts.count).compactMap { excess.evidence(at: $0, sums: sums)?.pValue }.min()
            #expect(told ?? 1 < 1e-3)
        }
    }

    @Test func `a gap without traffic makes what comes after it no excess`() {
        var counts = counts(400) { _ in 4 }
        var exposures = [Double](repeating: 1, count: 400)
        for hour in 200..<390 { (counts[hour], exposures[hour]) = (0, 0) }
        #expect(evidence(counts, exposures: exposures)?.pValue ?? 1 > 1e-3)
    }

    @Test func `a past outbreak does not hide the next one`() {
        var counts = counts(600) { _ in 3 } + [25]
        for hour in 300..<306 { counts[hour] = 80 }
        #expect(evidence(counts)?.pValue ?? 1 < 1e-3)
        #expect(evidence(counts)?.expected ?? 9 < 5)
    }

    @Test func `what is over is no excess any more`() {
        var counts = counts(500) { _ in 3 }
        for hour in 430..<436 { counts[hour] = 60 }
        #expect(evidence(Array(counts[..<436]))?.pValue ?? 1 < 1e-6)
        #expect(evidence(counts)?.pValue ?? 1 > 1e-3)
    }

    @Test func `the first day says nothing, and no count is no excess`() {
        #expect(evidence([Double](repeating: 0, count: 20) + [50]) == nil)
        #expect(evidence([Double](repeating: 0, count: 400) + [50], from: 390) == nil)
        #expect(evidence([Double](repeating: 3, count: 400) + [0]) == nil)
        #expect(
            evidence([Double](repeating: 3, count: 400) + [9], exposures: [Double](repeating: 0, count: 401)) == nil)
    }

    @Test func `a part taken away needs less evidence, but some`() {
        #expect(abs(RateExcess.weaker(1e-8) - 1e-6) < 1e-12)
    }
}

struct WarningAccuracyTests {
    private static let series = [
        WarningAccuracy.Series(scores: [0, 2, 0, 0, 5, 5], outbreak: 3..<6),
        WarningAccuracy.Series(scores: [1, 0, 0, 1, 0, 0], outbreak: 4..<5),
    ]

    @Test func `rates, detection and timeliness by hand`() {
        let accuracy = WarningAccuracy(Self.series, above: 0.5)
        #expect(accuracy.falsePositiveRate == 3.0 / 8)
        #expect(accuracy.probabilityOfDetection == 0.5)
        // One of three weeks passed, and the other outbreak was missed.
        #expect(abs(accuracy.timeliness - (1.0 / 3 + 1) / 2) < 1e-12)
    }

    @Test func `a threshold keeps its rate`() {
        let threshold = WarningAccuracy.threshold(Self.series, rate: 0.2)
        #expect(threshold == 1)
        #expect(WarningAccuracy(Self.series, above: threshold).falsePositiveRate == 1.0 / 8)
        #expect(WarningAccuracy.threshold([], rate: 0.1) == -.infinity)
        #expect(WarningAccuracy([], above: 0).timeliness == 0)
    }

    @Test func `the ceiling of a flat week is the golden one`() {
        let flat = [Double](repeating: 6, count: 168)
        #expect(EscalationCeiling.ceiling(flat, onWeekday: (0..<168).map { $0 < 24 }) == 36)
        #expect(EscalationCeiling.ceiling([2, 4], onWeekday: [true, false]) == 40)
        #expect(
            EscalationCeiling.ceiling(
                [Double](repeating: 0, count: 168), onWeekday: [Bool](repeating: false, count: 168)) == 0)
    }
}
