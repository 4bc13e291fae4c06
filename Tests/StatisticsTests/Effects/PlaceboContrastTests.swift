import Foundation
import Statistics
import Testing

struct PlaceboContrastTests {
    private static let weeks = 90
    private static let change = 60

    /// Poisson counts of 30 groups; the first is changed.
    private func counts(seed: UInt64 = 1, mean: (_ group: Int, _ week: Int) -> Double) -> [[Int]] {
        var generator = SplitMix64(seed: seed)
        return (0..<30).map { group in (0..<Self.weeks).map { generator.poisson(mean: mean(group, $0)) } }
    }

    private func fit(_ counts: [[Int]], group: Int = 0) throws -> FittedPlaceboContrast {
        var changes = [Int?](repeating: nil, count: counts.count)
        changes[group] = Self.change
        return try PlaceboContrast().fit(CountPanel(counts: counts, changedAt: changes), of: group)
    }

    private func level(_ group: Int) -> Double { 5 + 3 * Double(group % 10) }

    @Test func `where nothing changed the interval holds nothing, nearly always`() throws {
        let holds = try (1...20).map { seed in
            try fit(counts(seed: seed) { group, _ in level(group) }).reduction.interval.contains(0)
        }
        #expect(holds.count { $0 } >= 15)
    }

    @Test func `counts that were halved are told, and how many did not come`() throws {
        let fit = try fit(counts { group, week in group == 0 && week >= Self.change ? 10 : 20 })
        #expect(fit.verdict == .helped && fit.periods == 26)
        #expect(fit.reduction.interval.contains(0.5) && abs(fit.reduction.value - 0.5) < 0.1)
        #expect(fit.avoided.interval.contains(260))
        #expect(fit.avoided.value == fit.expected.value - Double(fit.observed))
    }

    @Test func `more counts are told, and so is that hardly anything happened`() throws {
        let more = try fit(counts { group, week in group == 0 && week >= Self.change ? 40 : 20 })
        #expect(more.verdict == .harmed && more.reduction.interval.contains(-1))
        #expect(try fit(counts(seed: 3) { _, _ in 200 }).verdict == .noEffect)
    }

    @Test func `of a few counts nobody can tell, nearly always`() throws {
        let fits = try (1...10).map { seed in
            try fit(counts(seed: seed) { group, _ in group == 0 ? 0.6 : level(group) })
        }
        #expect(fits.count { $0.verdict == .cannotTell } >= 8)
        #expect(fits.allSatisfy { $0.reduction.interval.upperBound - $0.reduction.interval.lowerBound > 0.4 })
    }

    @Test func `a group that fell silent has no lower end`() throws {
        let fit = try fit(counts { group, week in group == 0 && week >= Self.change ? 0 : 20 })
        #expect(fit.verdict == .helped && fit.rateRatio.interval.lowerBound == 0)
        #expect(fit.observed == 0 && fit.avoided.interval.contains(520))
    }

    @Test func `what meets all groups changes nothing`() throws {
        let quiet = try fit(counts { _, _ in 40 })
        let doubled = try fit(counts { _, week in week >= Self.change ? 80 : 40 })
        #expect(doubled.reduction.interval.contains(0))
        #expect(abs(quiet.rateRatio.value - doubled.rateRatio.value) < 0.05)
        #expect(abs(doubled.expected.value / quiet.expected.value - 2) < 0.1)
        let once = counts(seed: 8) { group, _ in level(group) }
        let tenfold = once.map { $0.map { 10 * $0 } }
        #expect(abs(try fit(once).rateRatio.value - fit(tenfold).rateRatio.value) < 0.02)
    }

    @Test func `the order of groups changes nothing`() throws {
        let counts = counts(seed: 5) { group, week in level(group) * (group == 0 && week >= Self.change ? 0.6 : 1) }
        let one = try fit(counts)
        let other = try fit(counts.reversed(), group: 29)
        #expect(abs(one.rateRatio.value - other.rateRatio.value) < 1e-9)
        #expect(abs(one.rateRatio.interval.lowerBound - other.rateRatio.interval.lowerBound) < 1e-9)
        #expect(abs(one.rateRatio.interval.upperBound - other.rateRatio.interval.upperBound) < 1e-9)
        #expect(one.expected == other.expected && one.placebos == other.placebos)
    }

    @Test func `a fall after a peak is no effect when others fell likewise`() throws {
        // Each group trebles once, and the surplus halves in three weeks; that of the first has its peak just before the change.
        let counts = counts(seed: 2) { group, week in
            let peak = group == 0 ? Self.change - 2 : 20 + 2 * group
            return level(group + 3) * (1 + (week >= peak ? 2 * exp2(-Double(week - peak) / 3) : 0))
        }
        let fit = try fit(counts)
        #expect(fit.reduction.interval.contains(0))
        var changes = [Int?](repeating: nil, count: 30)
        changes[0] = Self.change
        let panel = try CountPanel(counts: counts, changedAt: changes)
        let naive = try #require(
            NaiveContrast.beforeAfter.rateRatio(panel, of: 0, level: 0.9, memory: 4, horizon: 26))
        #expect(naive.interval.upperBound < 0.8)
    }

    @Test func `an outbreak before the change tells nothing of it`() throws {
        for size in [3, 6] {
            var counts = counts(seed: 4) { group, _ in level(group + 5) }
            let without = try fit(counts)
            for week in Self.change - 5..<Self.change - 2 { counts[0][week] *= size }
            let with = try fit(counts)
            #expect(with.reduction.interval.contains(0))
            #expect(abs(with.rateRatio.value - without.rateRatio.value) < 0.1)
        }
    }

    @Test func `nobody can tell whether an outbreak ended by itself when no other group had one`() throws {
        var counts = counts(seed: 4) { group, _ in level(group + 5) }
        for week in Self.change - 2..<Self.change + 1 { counts[0][week] *= 8 }
        #expect(throws: EffectError.tooFewGroups(0)) { try fit(counts) }
    }

    @Test func `an outbreak that was running is left out until it is over`() throws {
        // Each group has an outbreak of three weeks, that of the first when it is changed.
        let counts = counts(seed: 7) { group, week in
            let start = group == 0 ? Self.change - 2 : 20 + group
            return level(group + 5) * ((start..<start + 3).contains(week) ? 6 : 1)
        }
        let fit = try fit(counts)
        #expect(fit.periods == 25)
        #expect(fit.observed == counts[0][Self.change + 1..<Self.change + 26].reduce(0, +))
        #expect(fit.reduction.interval.contains(0))
    }

    @Test func `other groups are placebos until something is done to them`() throws {
        let counts = counts(seed: 6) { group, week in (1..<10).contains(group) && week >= 45 ? 2 : 20 }
        var changes = (0..<30).map { (1..<10).contains($0) ? Optional(45) : nil }
        changes[0] = Self.change
        let fit = try PlaceboContrast().fit(CountPanel(counts: counts, changedAt: changes), of: 0)
        #expect(fit.reduction.interval.contains(0))
    }

    @Test func `what cannot be compared is refused`() throws {
        let contrast = try PlaceboContrast()
        let counts = counts { _, _ in 9 }
        func error(_ rows: [[Int]], change: Int?, of group: Int = 0) -> EffectError? {
            var changes = [Int?](repeating: nil, count: rows.count)
            changes[0] = change
            do throws(EffectError) {
                _ = try contrast.fit(CountPanel(counts: rows, changedAt: changes), of: group)
                return nil
            } catch { return error }
        }
        #expect(error(counts, change: nil) == .notChanged(group: 0))
        #expect(error(counts, change: 40, of: 77) == .notChanged(group: 77))
        #expect(error(counts, change: 5) == .tooShort(before: 5, after: 26))
        #expect(error(counts, change: 88) == .tooShort(before: 60 + 28, after: 2))
        #expect(error([[Int](repeating: 0, count: 90)] + counts, change: 50) == .tooFewCounts(0))
        #expect(error(Array(counts.prefix(4)), change: 50) == .tooFewGroups(0))
        #expect(error([[1, 2], [1]], change: 1) == .raggedPanel(group: 1))
        #expect(error([[1, -2]], change: 1) == .negativeCount(group: 0, period: 1))
        #expect(throws: EffectError.invalidParameter(name: "level", value: 0.4)) { try PlaceboContrast(level: 0.4) }
        #expect(throws: EffectError.invalidParameter(name: "memory", value: 3)) { try PlaceboContrast(memory: 3) }
        #expect(throws: EffectError.invalidParameter(name: "horizon", value: 0)) { try PlaceboContrast(horizon: 0) }
        #expect(throws: EffectError.invalidParameter(name: "leastWorthNaming", value: 0)) {
            try PlaceboContrast(leastWorthNaming: 0)
        }
        #expect(EffectError.tooFewCounts(3).description == "a past of 3 counts is too small")
    }

    @Test func `a verdict needs a direction or a narrow interval`() {
        func verdict(_ low: Double, _ high: Double) -> EffectVerdict {
            EffectVerdict(reduction: low...high, leastWorthNaming: 0.2)
        }
        #expect(verdict(0.01, 0.9) == .helped)
        #expect(verdict(-2, -0.1) == .harmed)
        #expect(verdict(-0.1, 0.2) == .noEffect)
        #expect(verdict(-0.1, 0.21) == .cannotTell)
        #expect(verdict(-.infinity, 1) == .cannotTell)
    }
}

struct NaiveContrastTests {
    // Rates 2 and 4, and the exact interval of 4 in 8 events; with half a count more in each cell 4.5 / 8.5 * 16.5 / 16.5.
    @Test func `ratios of what is counted before and after`() throws {
        let panel = try CountPanel(
            counts: [[4, 4, 2, 2], [8, 8, 8, 8], [90, 90, 9, 9]], changedAt: [2, nil, 3])
        let plain = try #require(
            NaiveContrast.beforeAfter.rateRatio(panel, of: 0, level: 0.9, memory: 26, horizon: 26))
        #expect(plain.value == 0.5)
        let exact = try #require(RateRatio(events: 4, exposure: 2, otherEvents: 8, otherExposure: 2))
        #expect(plain.interval == exact.interval(level: 0.9))
        let differences = try #require(
            NaiveContrast.poissonDifferences.rateRatio(panel, of: 0, level: 0.9, memory: 26, horizon: 26))
        #expect(abs(differences.value - 4.5 / 8.5) < 1e-12)
        let error = (1 / 4.5 + 1 / 8.5 + 2 / 16.5).squareRoot()
        #expect(abs(log(differences.interval.upperBound / differences.value) - 1.6448536 * error) < 1e-6)
        #expect(NaiveContrast.beforeAfter.rateRatio(panel, of: 1, level: 0.9, memory: 26, horizon: 26) == nil)
    }
}
