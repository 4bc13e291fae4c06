import Incidents
import Records
import Testing

struct SnoozeLimitsTests {
    private static func instant(_ hour: Int) -> Instant {
        Instant(seconds: Double(CountsOfTests.monday + hour) * 3_600)
    }

    /// Two weeks, from whose tenth day on a failure comes five times as often, and from the thirteenth on as many times more.
    private func counts(last factor: Int) -> CountsOfTests {
        var counts = CountsOfTests()
        counts.addUsual(days: 14)
        for hour in 240..<336 {
            for account in ["a", "b", "c", "d"] {
                counts.add("usual failure", hour, hour < 312 ? 2 : 2 * factor, account: account)
            }
        }
        return counts
    }

    private func warnings(_ table: CountTable, factor: Double, snoozedAt hour: Int) -> [TrendWarning] {
        let snooze = SnoozedSignature(
            signature: "id of usual failure", until: .factor(factor, since: Self.instant(hour)))
        return WarningLedger(table, snoozed: [snooze]).warnings
    }

    @Test func `it is told once its rate has grown by the factor since it was snoozed`() throws {
        let table = counts(last: 8).table
        #expect(!WarningLedger(table).warnings.isEmpty)
        // A week before hour 312 holds four days of the old rate and three of five times as much.
        #expect(warnings(table, factor: 30, snoozedAt: 312).isEmpty)
        let told = try #require(warnings(table, factor: 4, snoozedAt: 312).first)
        #expect(told.raisedAt > Self.instant(312))
        #expect(warnings(counts(last: 1).table, factor: 4, snoozedAt: 312).isEmpty)
    }

    @Test func `it grows by exposure, so that twice the use is no growth`() {
        var counts = counts(last: 2)
        for hour in 312..<336 { counts.add(nil, hour, 2_000, account: "a") }
        #expect(warnings(counts.table, factor: 2, snoozedAt: 312).isEmpty)
    }

    @Test func `what was snoozed before or after all that is known is told by the nearest week`() {
        let table = counts(last: 8).table
        #expect(!warnings(table, factor: 2, snoozedAt: -1_000).isEmpty)
        #expect(warnings(table, factor: 2, snoozedAt: 10_000).isEmpty)
    }

    @Test func `while lines come it is told once it has grown`() {
        func news(_ lines: Int) -> [WarningWatch.Change] {
            var counts = CountsOfTests()
            counts.addUsual(days: 14)
            let snooze = SnoozedSignature(
                signature: "id of usual failure", until: .factor(10, since: Self.instant(300)))
            var watch = WarningWatch(counts.table, snoozed: [snooze], at: Self.instant(336))
            counts.cells = []
            for account in ["a", "b", "c", "d"] {
                counts.add(nil, 336, 50, account: account)
                counts.add("usual failure", 336, lines / 4, account: account)
            }
            return watch.add(counts.table, at: Instant(seconds: Self.instant(337).seconds - 360)).map(\.change)
        }
        #expect(news(200).isEmpty)
        #expect(news(2_000) == [.raised])
    }
}
