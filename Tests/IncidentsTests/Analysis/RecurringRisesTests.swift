import Incidents
import Records
import Testing

/// What comes again and again, at one time or at any.
struct RecurringRisesTests {
    private func log(days: Double, perHour: Double = 1) -> LogOfTests {
        var log = LogOfTests(accounts: 40, deployments: 4)
        log.addTraffic(days: days, perHour: perHour)
        return log
    }

    /// The days on which incidents begin.
    private func days(_ log: inout LogOfTests) -> [Int] {
        log.analysis().incidents.map { Int(($0.start.seconds - LogOfTests.monday) / 86_400) }
    }

    /// A restart on some day, at another hour each day and on another deployment, with so many warnings within a minute.
    private func restart(_ log: inout LogOfTests, day: Int, lines: Int) {
        let hour = Double(day * 24 + 8 + day * 5 % 11)
        for step in 0..<lines {
            log.add(
                hour + Double(step) / Double(60 * lines), "connection <*> reset while draining", severity: 13,
                deployment: day / 2 % 4)
        }
    }

    @Test func `what restarts every second day is told at first and never again`() {
        var log = log(days: 40)
        for day in stride(from: 0, to: 40, by: 2) { restart(&log, day: day, lines: 4 + day % 3) }
        let told = days(&log)
        #expect(!told.isEmpty)
        #expect(told.allSatisfy { $0 < 14 })
    }

    @Test func `a restart with many more lines than all before it is told`() throws {
        var log = log(days: 40)
        for day in stride(from: 0, to: 38, by: 2) { restart(&log, day: day, lines: 5) }
        restart(&log, day: 38, lines: 80)
        let last = try #require(log.analysis().incidents.last)
        #expect(last.lines.count == 80)
        // The lines that restarts always have were not enough to tell.
        #expect(last.detectedAt > last.start)
    }

    @Test func `what was usual months ago is news`() {
        var log = log(days: 125, perHour: 0.25)
        for day in [0, 2, 4, 6, 8, 10, 12, 122] { restart(&log, day: day, lines: 6) }
        #expect(days(&log).last == 122)
    }

    /// A burst of failures of accounts in turns over some hours, so many an hour.
    private func burst(_ log: inout LogOfTests, from hour: Double, hours: Double, perHour: Int = 60) {
        for step in 0..<Int(hours * Double(perHour)) {
            log.add(
                hour + Double(step) / Double(perHour), "session <*> expired", severity: 13, account: step * 7 % 40,
                deployment: step * 7 % 4, keys: [UInt64(hour * 10_000) + UInt64(step)])
        }
    }

    @Test(arguments: [0.5, 2, 5])
    func `a burst at one time of each day is routine, however long`(hours: Double) {
        var log = log(days: 8)
        for day in 0..<8 { burst(&log, from: Double(day) * 24 + 8 + Double(day % 3) / 10, hours: hours) }
        #expect(days(&log) == [])
    }

    @Test(arguments: [0.5, 2, 5])
    func `a burst at one time of each week is routine, however long`(hours: Double) {
        var log = log(days: 16)
        for week in 0..<3 { burst(&log, from: Double(week) * 168 + 8 + Double(week) / 10, hours: hours) }
        #expect(days(&log) == [])
    }

    @Test func `outages on several days at other times are no routine`() {
        var log = log(days: 8)
        for (day, hour) in [(1, 9.0), (3, 14.5), (6, 20.0)] { burst(&log, from: Double(day) * 24 + hour, hours: 2) }
        #expect(days(&log) == [1, 3, 6])
    }

    @Test func `a burst with many more lines than those at its time of other days is told`() {
        var log = log(days: 8)
        for day in 0..<8 {
            burst(&log, from: Double(day) * 24 + 8, hours: 2, perHour: day == 5 ? 600 : 60)
        }
        #expect(days(&log) == [5])
    }

    @Test func `of a signature whose lines mostly succeed those that fail are told`() throws {
        var log = log(days: 3)
        for step in 0..<4_320 {
            log.add(
                Double(step) / 60, "GET <*>", severity: step >= 3_000 && step < 3_040 ? 17 : LogOfTests.info,
                account: step % 40, deployment: step % 4, keys: [UInt64(100_000 + step)])
        }
        let incidents = log.analysis().incidents
        #expect(incidents.map(\.lines.count) == [40])
    }
}
