import Statistics
import Testing

/// Days from a Monday on; on Saturdays, Sundays and holidays nobody works.
struct UnusualDayTests {
    private static func isWeekend(_ day: Int) -> Bool { day % 7 >= 5 }

    /// The kinds of hours: work, rest, and work after a rest.
    private func kinds(_ hours: Int, holidays: Set<Int>) -> DayKinds {
        func kind(_ day: Int, _ rests: (Int) -> Bool) -> UInt8 { rests(day) ? 1 : rests(day - 1) ? 2 : 0 }
        let days = (0..<hours).map { $0 / 24 }
        let kinds = days.map { kind($0) { Self.isWeekend($0) || holidays.contains($0) } }
        return DayKinds(kinds: kinds, isUnusual: zip(days, kinds).map { kind($0, Self.isWeekend) != $1 })
    }

    /// The least p-value of all hours of some days, 1 where nothing stands out.
    private func least(
        _ counts: [Double], exposures: [Double]? = nil, days: Range<Int>, holidays: Set<Int>?
    ) -> Double {
        let excess = RateExcess(
            exposures: exposures ?? [Double](repeating: 1, count: counts.count),
            days: holidays.map { kinds(counts.count, holidays: $0) })
        let sums = RateExcess.sums(counts)
        return (24 * days.lowerBound..<24 * days.upperBound).compactMap { excess.evidence(at: $0, sums: sums)?.pValue }
            .min() ?? 1
    }

    private func counts(days: Int, _ count: (Int) -> Double) -> [Double] { (0..<24 * days).map { count($0 / 24) } }

    @Test func `a holiday on which more fails as on any day of rest is no excess, and a burst on it is one`() {
        let holidays: Set = [38, 39]
        var counts = counts(days: 47) { Self.isWeekend($0) || holidays.contains($0) ? 12 : 2 }
        #expect(least(counts, days: 38..<47, holidays: nil) < 1e-10)
        #expect(least(counts, days: 38..<47, holidays: holidays) == 1)
        counts[24 * 38 + 10] = 90
        #expect(least(counts, days: 38..<39, holidays: holidays) < 1e-6)
    }

    @Test func `what is left for the day after a holiday is no more than what any rest leaves`() {
        let holidays: Set = [37]
        func rests(_ day: Int) -> Bool { Self.isWeekend(day) || holidays.contains(day) }
        let counts = counts(days: 46) { rests($0) ? 1 : rests($0 - 1) ? 20 : 2 }
        #expect(least(counts, days: 37..<46, holidays: nil) < 1e-10)
        #expect(least(counts, days: 37..<46, holidays: holidays) == 1)
    }

    @Test func `failures that do not depend on use are no excess on a holiday with less use`() {
        let holidays: Set = [38, 39]
        func rests(_ day: Int) -> Bool { Self.isWeekend(day) || holidays.contains(day) }
        let exposures = counts(days: 47) { rests($0) ? 0.2 : 1.2 }
        let counts = counts(days: 47) { rests($0) ? 8 : 4 }
        #expect(least(counts, exposures: exposures, days: 38..<47, holidays: nil) < 1e-6)
        #expect(least(counts, exposures: exposures, days: 38..<47, holidays: holidays) == 1)
    }

    @Test func `past holidays do not hide that ordinary days have become worse`() {
        let holidays: Set = [17, 24, 31]
        let counts = counts(days: 42) { day in
            Self.isWeekend(day) || holidays.contains(day) ? 12 : day >= 35 ? 5 : 2
        }
        #expect(least(counts, days: 41..<42, holidays: nil) > 0.01)
        #expect(least(counts, days: 41..<42, holidays: holidays) < 1e-10)
    }

    @Test func `where no day is unusual nothing changes`() {
        var generator = SplitMix64(seed: 5)
        let counts = (0..<24 * 30).map { _ in Double(generator.poisson(mean: 2)) }
        let plain = RateExcess(exposures: [Double](repeating: 1, count: counts.count))
        let known = RateExcess(
            exposures: [Double](repeating: 1, count: counts.count), days: kinds(counts.count, holidays: []))
        let sums = RateExcess.sums(counts)
        for hour in counts.indices {
            #expect(plain.evidence(at: hour, sums: sums) == known.evidence(at: hour, sums: sums))
        }
    }
}
