import Incidents
import Records
import Statistics
import Testing

struct WarningWatchTests {
    /// Counts of what goes on as always, hour by hour, of which a part is watched as it comes.
    private struct Desk {
        var counts = CountsOfTests()
        let days: Int

        init(days: Int) {
            self.days = days
            counts.addUsual(days: days)
        }

        static func instant(_ hour: Double) -> Instant {
            Instant(seconds: (Double(CountsOfTests.monday) + hour) * 3_600)
        }

        func watch(accounts: [Account] = [], snoozed: [SnoozedSignature] = []) -> WarningWatch {
            WarningWatch(counts.table, accounts: accounts, snoozed: snoozed, at: Self.instant(Double(24 * days)))
        }

        /// What comes in an hour: the usual, as far as so many minutes of it are over, and more.
        mutating func part(_ body: (inout CountsOfTests) -> Void) -> CountTable {
            counts.cells = []
            body(&counts)
            return counts.table
        }
    }

    private func ordinary(_ counts: inout CountsOfTests, _ hour: Int, minutes: Int) {
        for account in ["a", "b", "c", "d"] { counts.add(nil, hour, 50 * minutes / 60, account: account) }
    }

    @Test func `a burst is raised in its first minutes, told again when it has doubled, and closed after a day`() throws
    {
        var desk = Desk(days: 14)
        var watch = desk.watch(accounts: ["a", "b", "c", "d"].map { Account(id: $0, annualValue: 1_000) })
        var news: [WarningWatch.News] = []
        var raisedAfter: Int?
        for minute in stride(from: 6, through: 60, by: 6) {
            let part = desk.part { counts in
                ordinary(&counts, 336, minutes: 6)
                for account in ["a", "b", "c", "d"] {
                    counts.add("usual failure", 336, 10, account: account, version: "2.1")
                }
            }
            let told = watch.add(part, at: Desk.instant(336 + Double(minute) / 60 - 0.001))
            if !told.isEmpty, raisedAfter == nil { raisedAfter = minute }
            news += told
        }
        #expect(news.map(\.change) == [.raised, .grown, .grown, .grown])
        #expect(try #require(raisedAfter) <= 12)
        let first = try #require(news.first).warning
        #expect(first.template == "usual failure" && !first.isNew && first.closedAt == nil)
        #expect(first.accountCount == 4 && first.annualValue == 4_000 && first.versions.map(\.id) == ["2.1"])
        #expect(first.sentence.contains("4 accounts"))
        // Nothing but the usual for three days: the window of a week sees the burst for one of them.
        var closed: [WarningWatch.News] = []
        for hour in 337..<409 {
            let part = desk.part { counts in
                ordinary(&counts, hour, minutes: 60)
                counts.add("usual failure", hour, 2, account: "a")
            }
            closed += watch.add(part, at: Desk.instant(Double(hour) + 0.999))
        }
        #expect(closed.map(\.change) == [.closed])
        let last = try #require(closed.first).warning
        let closedAt = try #require(last.closedAt)
        #expect(last.observed >= 400 && closedAt.seconds / 3_600 - Double(CountsOfTests.monday) >= 361)
    }

    @Test func `what was never seen before is new, though its signature comes later than the watch`() throws {
        var desk = Desk(days: 10)
        var watch = desk.watch()
        let part = desk.part { counts in
            ordinary(&counts, 240, minutes: 30)
            for account in ["a", "b", "c"] { counts.add("never seen", 240, 4, account: account) }
        }
        let news = watch.add(part, at: Desk.instant(240.5))
        #expect(news.map(\.warning.template) == ["never seen"] && news.allSatisfy(\.warning.isNew))
        // The same once more is no news.
        let more = desk.part { counts in
            ordinary(&counts, 240, minutes: 1)
            counts.add("never seen", 240, 1, account: "a")
        }
        #expect(watch.add(more, at: Desk.instant(240.6)).isEmpty)
    }

    @Test func `what goes on as always raises nothing however often it is looked at`() {
        for seed in 1...3 {
            var desk = Desk(days: 21)
            var watch = desk.watch()
            var generator = SplitMix64(seed: UInt64(seed))
            var news: [WarningWatch.News] = []
            for minute in stride(from: 1, through: 7 * 24 * 60, by: 5) {
                let hour = 504 + minute / 60
                let part = desk.part { counts in
                    for account in ["a", "b", "c", "d"] {
                        counts.add(nil, hour, generator.poisson(mean: 50.0 / 12), account: account)
                        counts.add("usual failure", hour, generator.poisson(mean: 0.5 / 12), account: account)
                    }
                }
                news += watch.add(part, at: Desk.instant(504 + Double(minute) / 60))
            }
            #expect(news.isEmpty)
        }
    }

    @Test func `what one account does alone raises nothing, and a snoozed signature waits until it has grown`() {
        func news(of accounts: [String], _ lines: Int, snoozed: [SnoozedSignature] = []) -> [WarningWatch.News] {
            var desk = Desk(days: 14)
            var watch = desk.watch(snoozed: snoozed)
            let part = desk.part { counts in
                ordinary(&counts, 336, minutes: 60)
                for account in accounts { counts.add("usual failure", 336, lines / accounts.count, account: account) }
            }
            return watch.add(part, at: Desk.instant(336.9))
        }
        let all = ["a", "b", "c", "d"]
        #expect(news(of: ["a"], 400).isEmpty)
        #expect(news(of: all, 400).map(\.change) == [.raised])
        let snooze = SnoozedSignature(signature: "id of usual failure", until: .linesPerDay(1_000))
        #expect(news(of: all, 400, snoozed: [snooze]).isEmpty)
        #expect(news(of: all, 4_000, snoozed: [snooze]).map(\.change) == [.raised])
    }

    @Test func `lines that come late or from a clock that goes ahead raise nothing by themselves`() {
        var desk = Desk(days: 14)
        var watch = desk.watch()
        let late = desk.part { counts in
            ordinary(&counts, 336, minutes: 60)
            for account in ["a", "b", "c", "d"] {
                for hour in [-5_000, 100, 200] { counts.add("usual failure", hour, 500, account: account) }
            }
            counts.add("usual failure", 9_000, 1, account: "b")
        }
        #expect(watch.add(late, at: Desk.instant(336.9)).isEmpty)
    }

    @Test func `a watch goes on with what was open when it began`() throws {
        var desk = Desk(days: 14)
        for account in ["a", "b", "c", "d"] { desk.counts.add("usual failure", 330, 100, account: account) }
        #expect(WarningLedger(desk.counts.table).warnings.map(\.closedAt) == [nil])
        var watch = desk.watch()
        let more = desk.part { counts in
            ordinary(&counts, 336, minutes: 60)
            for account in ["a", "b", "c", "d"] { counts.add("usual failure", 336, 200, account: account) }
        }
        let news = watch.add(more, at: Desk.instant(336.9))
        #expect(news.map(\.change) == [.grown])
        #expect(try #require(news.first).warning.lines >= 1_200)
    }

    @Test func `an outbreak of hours is raised once, though windows of days still hold it`() {
        var desk = Desk(days: 40)
        var generator = SplitMix64(seed: 4)
        let names = (0..<5).map { "rare failure \($0)" }
        func rare(_ counts: inout CountsOfTests, _ hour: Int) {
            for name in names {
                for account in ["a", "b", "c", "d"] {
                    counts.add(name, hour, generator.poisson(mean: 0.01), account: account)
                }
            }
        }
        for hour in 0..<960 { rare(&desk.counts, hour) }
        var watch = desk.watch()
        var news: [WarningWatch.News] = []
        for hour in 960..<24 * 50 {
            let part = desk.part { counts in
                ordinary(&counts, hour, minutes: 60)
                rare(&counts, hour)
                guard hour < 963 else { return }
                for name in names {
                    for account in ["a", "b", "c", "d"] { counts.add(name, hour, 5, account: account) }
                }
            }
            news += watch.add(part, at: Desk.instant(Double(hour) + 0.999))
        }
        #expect(news.filter { $0.change == .raised }.count == 5)
        #expect(news.filter { $0.change == .closed }.count == 5)
    }

    @Test func `after many weeks it is as right as at the beginning`() {
        var desk = Desk(days: 3)
        var watch = desk.watch()
        var generator = SplitMix64(seed: 9)
        var news: [WarningWatch.News] = []
        for hour in 72..<24 * 120 {
            let part = desk.part { counts in
                ordinary(&counts, hour, minutes: 60)
                for account in ["a", "b"] {
                    counts.add("usual failure", hour, generator.poisson(mean: 1), account: account)
                }
                if hour >= 24 * 119 {
                    for account in ["c", "d"] { counts.add("usual failure", hour, 9, account: account) }
                }
            }
            news += watch.add(part, at: Desk.instant(Double(hour) + 0.999))
        }
        #expect(news.first?.change == .raised && news.filter { $0.change == .raised }.count == 1)
        #expect(news.allSatisfy { $0.warning.since >= Desk.instant(24 * 112) })
    }
}
