import Incidents
import Testing

struct UsageBaselineTests {
    /// Monday 2026-01-05T00:00:00Z.
    private static let monday = 1_767_571_200.0
    private static let day = 86_400.0

    /// Two accounts, ten lines an hour each from 8 h to 18 h; the second one works on weekends too, and fails once an hour.
    private func baseline(days: Int) -> UsageBaseline {
        var baseline = UsageBaseline()
        for hour in 0..<days * 24 {
            let isDay = (8..<18).contains(hour % 24)
            let isWeekend = hour / 24 % 7 >= 5
            for minute in stride(from: 0.0, to: 60, by: 6) {
                let time = Self.monday + Double(hour) * 3_600 + minute * 60
                baseline.add(account: isDay && !isWeekend ? 0 : -1, at: time, place: 3, isFailure: false)
                baseline.add(account: isDay ? 1 : -1, at: time, place: minute < 40 ? 4 : 5, isFailure: false)
                if isDay, minute == 0 { baseline.add(account: 1, at: time, place: 4, isFailure: true) }
            }
        }
        return baseline
    }

    private func expected(_ baseline: UsageBaseline, _ account: Int, day: Double, hour: Double) -> Double {
        let start = Self.monday + day * Self.day + hour * 3_600
        return baseline.expected(account, from: start, to: start + 3_600, own: 0) ?? -1
    }

    @Test func `after a day the hours of the day are known`() {
        let baseline = baseline(days: 1)
        #expect(abs(expected(baseline, 0, day: 1, hour: 10) - 10) < 3)
        #expect(expected(baseline, 0, day: 1, hour: 3) < 1.5)
    }

    @Test func `after weeks the weekend of each account is known`() {
        let baseline = baseline(days: 28)
        #expect(abs(expected(baseline, 0, day: 28, hour: 10) - 10) < 2)
        #expect(expected(baseline, 0, day: 33, hour: 10) < 3)
        #expect(abs(expected(baseline, 1, day: 33, hour: 10) - 10) < 3)
        #expect(expected(baseline, 1, day: 33, hour: 3) < 1)
    }

    @Test func `what an account did in the time itself does not count`() throws {
        var baseline = baseline(days: 14)
        let start = Self.monday + 14 * Self.day + 10 * 3_600
        for line in 0..<3_600 { baseline.add(account: 0, at: start + Double(line), place: 3, isFailure: false) }
        let expected = try #require(baseline.expected(0, from: start, to: start + 3_600, own: 3_600))
        #expect(abs(expected - 10) < 2)
        #expect(abs(self.expected(baseline, 1, day: 14, hour: 10) - 10) < 5)
    }

    @Test func `a profile tells volume, failures, hours and places`() throws {
        let profile = try #require(baseline(days: 14).profile(1))
        #expect(abs(profile.linesPerDay - 100) < 2)
        #expect(abs(profile.failureShare - 1.0 / 11) < 1e-9)
        #expect(profile.places == [4, 5])
        #expect(profile.busiestHours.allSatisfy { (8..<18).contains($0 % 24) })
    }

    @Test func `of an account without a line nothing is expected`() {
        let baseline = baseline(days: 1)
        #expect(baseline.profile(7) == nil)
        #expect(baseline.expected(7, from: 0, to: 1, own: 0) == nil)
        #expect(UsageBaseline().expected(0, from: 0, to: 1, own: 0) == nil)
    }

    @Test(arguments: [2, 5, 13])
    func `in a log shorter than a week too what an account does evenly is expected of it`(days: Int) throws {
        var baseline = UsageBaseline()
        for step in 0..<days * 24 * 60 {
            for account in [0, 0, step % 20] {
                baseline.add(account: account, at: Self.monday + Double(step) * 60, place: 0, isFailure: false)
            }
        }
        for hour in [20, 30, 41] {
            let start = Self.monday + Double(hour) * 3_600
            let expected = try #require(baseline.expected(0, from: start, to: start + 3_600, own: 123))
            #expect(abs(expected - 123) < 12)
        }
    }

    @Test func `of many places those where most is done are known, however late they come`() throws {
        var baseline = UsageBaseline()
        func add(_ line: Int, _ place: Int) {
            baseline.add(account: 0, at: Self.monday + Double(line), place: place, isFailure: false)
        }
        for line in 0..<100 { add(line, line) }
        for line in 100..<3_100 { add(line, line % 3 == 0 ? 200 : 63) }
        let places = try #require(baseline.profile(0)).places
        #expect(places.count == 64)
        #expect(places.prefix(2) == [63, 200])
    }
}
