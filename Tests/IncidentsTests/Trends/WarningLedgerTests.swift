import Incidents
import Records
import Statistics
import Testing

struct WarningLedgerTests {
    /// Two weeks in which a failure comes a hundred times in the tenth hour of the tenth day, and nothing else happens.
    private func burst(of accounts: [String]) -> CountsOfTests {
        var counts = CountsOfTests()
        counts.addUsual(days: 14)
        for account in accounts {
            counts.add("usual failure", 226, 100 / accounts.count, account: account, version: "2.1")
        }
        return counts
    }

    @Test func `what goes on as always raises nothing`() {
        for seed in 1...5 {
            var counts = CountsOfTests()
            counts.addUsual(days: 21, seed: UInt64(seed))
            #expect(WarningLedger(counts.table).warnings.isEmpty)
        }
        #expect(WarningLedger(CountTable()).warnings.isEmpty)
    }

    @Test func `a burst is raised once, says why, and is closed when a day has passed`() throws {
        let customers = ["a", "b", "c", "d"].map { Account(id: $0, annualValue: 1_000) }
        let warnings = WarningLedger(burst(of: ["a", "b", "c", "d"]).table, accounts: customers).warnings
        let warning = try #require(warnings.first)
        #expect(warnings.count == 1)
        #expect(warning.template == "usual failure" && warning.signature == "id of usual failure")
        func hours(_ time: Instant) -> Double { time.seconds / 3_600 - Double(CountsOfTests.monday) }
        #expect(hours(warning.raisedAt) == 227)
        let closedAt = try #require(warning.closedAt)
        #expect(hours(closedAt) >= 251)
        #expect(!warning.isNew)
        #expect(warning.observed >= 100 && warning.expected < 20)
        #expect(warning.adjustedPValue < 1e-6)
        #expect(warning.accountCount == 4 && warning.annualValue == 4_000)
        #expect(warning.versions.map(\.id) == ["2.1"])
        #expect(warning.sentence.contains("4 accounts") && warning.sentence.contains("were expected"))
    }

    @Test func `what is back within the week is raised again`() {
        var counts = burst(of: ["a", "b", "c", "d"])
        for account in ["a", "b", "c", "d"] { counts.add("usual failure", 310, 25, account: account, version: "2.1") }
        let warnings = WarningLedger(counts.table).warnings
        #expect(warnings.map { Int($0.raisedAt.seconds / 3_600) - CountsOfTests.monday } == [227, 311])
    }

    @Test func `what one account does alone raises nothing`() {
        #expect(WarningLedger(burst(of: ["a"]).table).warnings.isEmpty)
    }

    @Test func `a failure that never came before is new`() throws {
        var counts = CountsOfTests()
        counts.addUsual(days: 10)
        for account in ["a", "b", "c"] { counts.add("never seen", 200, 4, account: account) }
        let warning = try #require(WarningLedger(counts.table).warnings.first)
        #expect(warning.isNew && warning.template == "never seen" && warning.lines == 12)
        #expect(warning.sentence.hasPrefix("New: 12 lines"))
        #expect(warning.closedAt != nil)
    }

    @Test func `a signature that is seen once is no warning`() {
        var counts = CountsOfTests()
        counts.addUsual(days: 10)
        counts.add("seen once", 200, 1, account: "a")
        #expect(WarningLedger(counts.table).warnings.isEmpty)
    }

    @Test func `what grows slowly is told while it goes on, and stays open`() throws {
        var counts = CountsOfTests()
        counts.addUsual(days: 28, perHour: 6)
        for day in 14..<28 {
            for hour in 0..<24 {
                for account in ["a", "b", "c", "d"] where (day + hour) % 2 == 0 {
                    counts.add("usual failure", 24 * day + hour, (day - 13) / 3, account: account)
                }
            }
        }
        let warnings = WarningLedger(counts.table).warnings
        let warning = try #require(warnings.first)
        #expect(warnings.count == 1)
        #expect(warning.closedAt == nil)
        #expect(warning.hours >= 24)
    }

    @Test func `an outbreak of hours is raised once, though windows of days still hold it`() {
        var counts = CountsOfTests()
        counts.addUsual(days: 50)
        var generator = SplitMix64(seed: 4)
        for number in 0..<5 {
            for hour in 0..<24 * 50 {
                let isOutbreak = (960..<963).contains(hour)
                for account in ["a", "b", "c", "d"] {
                    counts.add(
                        "rare failure \(number)", hour, generator.poisson(mean: 0.01) + (isOutbreak ? 5 : 0),
                        account: account)
                }
            }
        }
        let warnings = WarningLedger(counts.table).warnings
        #expect(Set(warnings.map(\.signature)).count == 5 && warnings.count == 5)
        #expect(warnings.allSatisfy { $0.closedAt != nil })
    }

    @Test func `a sentence rounds to the nearest digit, and to no zero`() throws {
        var counts = CountsOfTests()
        counts.addUsual(days: 20)
        for size in 4...20 {
            for account in ["a", "b"] {
                for hour in stride(from: size, to: 400, by: 97) {
                    counts.add("of \(size)", hour, 1, account: account)
                }
                counts.add("of \(size)", 400, size, account: account)
            }
        }
        let warnings = WarningLedger(counts.table).warnings
        #expect(warnings.count >= 10)
        for warning in warnings {
            #expect(!warning.sentence.contains("where 0.0 were"))
            #expect(warning.sentence.contains("since it began \(warning.lines) lines, 2 accounts"))
            let odds = try #require(warning.sentence.dropLast().split(separator: " ").last)
            guard odds != "million" else {
                #expect(warning.adjustedPValue < 1e-6)
                continue
            }
            let told = try #require(Double(odds))
            // One in so many, to two digits: half of the second one at most, of ten or more.
            let probability = told > 1 ? 1 / told : told
            #expect(abs(probability - warning.adjustedPValue) <= 0.0501 * warning.adjustedPValue)
        }
    }

    @Test func `where failures come in clumps of retries a clump is no warning, and an outbreak is`() {
        var counts = CountsOfTests()
        counts.addUsual(days: 42)
        var generator = SplitMix64(seed: 8)
        for number in 0..<100 {
            for hour in 0..<24 * 42 {
                for _ in 0..<generator.poisson(mean: 0.0125) {
                    var lines = 1
                    while Double.random(in: 0..<1, using: &generator) < 0.75 { lines += 1 }
                    counts.add("retried \(number)", hour, lines, account: "\(Int.random(in: 0..<8, using: &generator))")
                }
            }
        }
        #expect(WarningLedger(counts.table).warnings.count <= 1)
        for account in 0..<8 { counts.add("retried 7", 900, 15, account: "\(account)") }
        #expect(WarningLedger(counts.table).warnings.contains { $0.template == "retried 7" })
    }

    @Test func `clumps that most of the desk does not have raise next to nothing, and three times as many of them do`()
    {
        var (found, falsely) = (0, 0)
        for seed in 1...4 as ClosedRange<UInt64> {
            var counts = CountsOfTests()
            counts.addUsual(days: 42)
            var generator = SplitMix64(seed: seed)
            for number in 0..<70 {
                let isClumped = number < 20
                for hour in 0..<24 * 42 {
                    // The first one comes three times as often in the last week.
                    let rate = number == 0 ? (hour < 24 * 35 ? 1 : 3) : 0.3
                    for _ in 0..<generator.poisson(mean: isClumped ? rate / 6 : rate) {
                        var lines = 1
                        while isClumped, generator.uniform() < 5.0 / 6 { lines += 1 }
                        counts.add("failure \(number)", hour, lines, account: "\(Int(generator.uniform() * 8))")
                    }
                }
            }
            let warnings = WarningLedger(counts.table).warnings.filter { day($0.raisedAt) > 14 }
            falsely += warnings.count { $0.template != "failure 0" }
            if warnings.contains(where: { $0.template == "failure 0" && day($0.raisedAt) > 35 }) { found += 1 }
        }
        // One in twenty days may be told falsely.
        #expect(falsely <= 6)
        #expect(found >= 3)
    }

    @Test func `a burst of hours is closed a day after, though rare lines go on`() throws {
        var counts = CountsOfTests()
        counts.addUsual(days: 28)
        for hour in stride(from: 0, to: 24 * 28, by: 17) { counts.add("rare failure", hour, 1, account: "a") }
        for hour in 480..<485 {
            for account in ["a", "b", "c"] { counts.add("rare failure", hour, 3, account: account) }
        }
        let warnings = WarningLedger(counts.table).warnings.filter { $0.template == "rare failure" }
        let closedAt = try #require(warnings.first?.closedAt)
        #expect(warnings.count == 1 && day(closedAt) * 24 == 485 + 24)
    }

    @Test func `an excess began no later than the window in which it stood out the most`() throws {
        var counts = CountsOfTests()
        counts.addUsual(days: 28)
        for hour in stride(from: 0, to: 24 * 28, by: 4) { counts.add("failure", hour, 1, account: "a") }
        // The first lines alone are none, the next hour is one alone, and all of them are the least probable.
        for (hour, lines) in [(477, 2), (478, 2), (479, 8), (480, 8), (481, 8), (482, 8)] {
            for number in 0..<lines { counts.add("failure", hour, 1, account: "\(number % 4)") }
        }
        let warning = try #require(WarningLedger(counts.table).warnings.first { $0.template == "failure" })
        #expect(day(warning.raisedAt) * 24 == 480 && warning.hours == 6)
        #expect(day(warning.since) * 24 == 477 && warning.observed == Double(warning.lines))
    }

    /// Eight weeks of a failure, by the mean lines of each hour.
    private func warnings(ofMean mean: (Int) -> Double) -> [TrendWarning] {
        var counts = CountsOfTests()
        counts.addUsual(days: 56)
        var generator = SplitMix64(seed: 6)
        for hour in 0..<24 * 56 {
            for account in ["a", "b", "c", "d"] {
                counts.add("watched", hour, generator.poisson(mean: mean(hour) / 4), account: account)
            }
        }
        return WarningLedger(counts.table).warnings.filter { $0.template == "watched" }
    }

    private func day(_ time: Instant) -> Double {
        (time.seconds / 3_600 - Double(CountsOfTests.monday)) / 24
    }

    @Test func `what comes every night is usual from the second night on, and worse nights are a warning`() throws {
        #expect(warnings { $0 % 24 == 3 ? 16 : 0 }.isEmpty)
        let worse = warnings { $0 % 24 == 3 ? ((36..<40).contains($0 / 24) ? 128 : 16) : 0 }
        let warning = try #require(worse.first)
        #expect(worse.count == 1 && Int(day(warning.raisedAt)) == 36 && !warning.isNew)
    }

    @Test func `what has gone on for a week is usual, and the next step is a warning of its own`() throws {
        let steps = warnings { $0 < 24 * 20 ? 0.5 : $0 < 24 * 45 ? 4 : 24 }
        #expect(steps.count == 2)
        #expect(steps.map { Int(day($0.raisedAt)) } == [20, 45])
        #expect(try day(#require(steps.first?.closedAt)) < 20 + 9)
        let nightly = warnings { $0 % 24 == 3 && $0 >= 24 * 30 ? 16 : 0 }
        #expect(nightly.count == 1)
        #expect(try day(#require(nightly.first?.closedAt)) < 30 + 9)
    }

    @Test func `a weekend in which little can go wrong closes nothing`() throws {
        var counts = CountsOfTests()
        for hour in 0..<24 * 26 {
            let isWork = (8..<18).contains(hour % 24)
            let isWeekend = hour / 24 % 7 >= 5
            // From the third Tuesday on it comes ten times as often, and on a weekend three times as often as there.
            let factor = hour / 24 < 15 ? 1 : isWeekend ? 3 : 10
            for (number, account) in ["a", "b", "c", "d"].enumerated() {
                counts.add(nil, hour, isWeekend ? 5 : isWork ? 50 : 5, account: account)
                if isWork, isWeekend ? hour % 24 == 10 + number && number < 2 : hour % 4 == number {
                    counts.add("watched", hour, factor, account: account)
                    if factor > 1 { counts.add("watched", hour, factor - 1, account: "e") }
                }
            }
        }
        let warnings = WarningLedger(counts.table).warnings
        let warning = try #require(warnings.first)
        #expect(warnings.count == 1 && Int(day(warning.raisedAt)) == 15)
        #expect(day(warning.closedAt ?? warning.updatedAt) > 21)
    }

    @Test func `a snoozed signature is not told until it has grown`() {
        let counts = burst(of: ["a", "b", "c", "d"])
        func told(until limit: Double) -> Bool {
            let snooze = SnoozedSignature(signature: "id of usual failure", until: .linesPerDay(limit))
            return !WarningLedger(counts.table, snoozed: [snooze]).warnings.isEmpty
        }
        #expect(!told(until: 500))
        #expect(told(until: 80))
    }

    @Test func `what was over before a time is not told when one is given, and not told anew either`() {
        let table = burst(of: ["a", "b", "c", "d"]).table
        func told(since hour: Int) -> [TrendWarning] {
            var settings = WarningLedger.Settings()
            settings.since = Instant(seconds: Double(CountsOfTests.monday + hour) * 3_600)
            return WarningLedger(table, settings: settings).warnings
        }
        for hour in stride(from: 260, through: 420, by: 20) { #expect(told(since: hour).isEmpty) }
        #expect(told(since: 226) == WarningLedger(table).warnings)
        #expect(told(since: 100) == WarningLedger(table).warnings)
    }

    @Test func `a sentence says how often, how sure and which version`() throws {
        let warning = try #require(WarningLedger(burst(of: ["a", "b", "c", "d"]).table).warnings.first)
        #expect(warning.sentence.contains("100 lines in 1 h where") || warning.sentence.contains("lines in 6 h where"))
        #expect(warning.sentence.hasSuffix("chance explains it with less than one in a million."))
        var counts = CountsOfTests()
        counts.addUsual(days: 10)
        for hour in 200..<230 { counts.add("massive", hour, 4_000, account: "a\(hour % 5)", version: "2.1") }
        let massive = try #require(WarningLedger(counts.table).warnings.first)
        #expect(massive.sentence.hasSuffix("version 2.1; chance explains it with less than one in a million."))
        #expect(massive.sentence.contains("5 accounts"))
    }
}
