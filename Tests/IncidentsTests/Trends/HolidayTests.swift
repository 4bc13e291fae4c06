import Incidents
import Records
import Statistics
import Testing

struct HolidayTests {
    /// The desk rests at weekends, and its clocks are two hours ahead.
    private static let zone = 2

    private func calendar(_ holidays: Set<Int>) throws -> BusinessCalendar {
        let open = OpeningHours(opens: 480, closes: 1_080)
        return try BusinessCalendar(
            week: (0..<7).map { $0 < 5 ? [open] : [] },
            holidays: Set(holidays.map { CivilDate(dayNumber: CountsOfTests.monday / 24 + $0) }),
            zone: ZoneRules(offset: Self.zone * 3_600))
    }

    private func rests(_ hour: Int, _ holidays: Set<Int>) -> Bool {
        let day = (hour + Self.zone) / 24
        return day % 7 >= 5 || holidays.contains(day)
    }

    /// A failure of two accounts, six times as often on days of rest.
    private func nightly(hours: Range<Int>, _ holidays: Set<Int>) -> CountsOfTests {
        var counts = CountsOfTests()
        for hour in hours {
            for account in ["a", "b"] {
                counts.add(nil, hour, 50, account: account)
                counts.add("batch", hour, rests(hour, holidays) ? 6 : 1, account: account)
            }
        }
        return counts
    }

    @Test func `what fails on days of rest is no warning on holidays where these are known`() throws {
        let holidays: Set = [38, 39]
        let table = nightly(hours: 0..<24 * 47, holidays).table
        func late(_ ledger: WarningLedger) -> [TrendWarning] {
            // The first weekend of all is news.
            ledger.warnings.filter { $0.raisedAt.seconds / 3_600 > Double(CountsOfTests.monday + 24 * 30) }
        }
        #expect(!late(WarningLedger(table)).isEmpty)
        #expect(late(WarningLedger(SignatureSeries(table, calendar: try calendar(holidays)))).isEmpty)
    }

    @Test func `a watch knows holidays too`() throws {
        let holidays: Set = [38, 39]
        func news(_ calendar: BusinessCalendar?) -> [WarningWatch.News] {
            func time(_ hour: Int) -> Instant { Instant(seconds: Double(CountsOfTests.monday + hour) * 3_600 - 1) }
            var counts = nightly(hours: 0..<24 * 38 - 2, holidays)
            var watch = WarningWatch(counts.table, calendar: calendar, at: time(24 * 38 - 2))
            var news: [WarningWatch.News] = []
            for hour in 24 * 38 - 2..<24 * 47 {
                counts.cells = nightly(hours: hour..<hour + 1, holidays).cells
                news += watch.add(counts.table, at: time(hour + 1))
            }
            return news.filter { $0.change == .raised }
        }
        #expect(!news(nil).isEmpty)
        #expect(news(try calendar(holidays)).isEmpty)
    }

    @Test func `a forecast expects of a holiday what days of rest have, and of no other day what a holiday had`() throws
    {
        func forecast(_ holidays: Set<Int>, isKnown: Bool) throws -> Double {
            var counts = CountsOfTests()
            for hour in 0..<24 * 35 - Self.zone {
                let rests = rests(hour, holidays)
                counts.add(nil, hour, rests ? 10 : 100, account: "a")
                counts.add("failure", hour, rests ? 2 : 20, account: "a")
            }
            let series = try #require(
                SignatureSeries(counts.table, calendar: isKnown ? try calendar(holidays) : nil))
            return try #require(SignatureTrend.all(series).first).forecast
        }
        // Five days of 480 lines and two of 48; a holiday has 48 as well.
        let (week, withHoliday) = (5 * 480.0 + 2 * 48, 4 * 480.0 + 3 * 48)
        #expect(abs(try forecast([38], isKnown: false) / week - 1) < 0.05)
        #expect(abs(try forecast([38], isKnown: true) / withHoliday - 1) < 0.05)
        #expect(abs(try forecast([31], isKnown: false) / withHoliday - 1) < 0.05)
        #expect(abs(try forecast([31], isKnown: true) / week - 1) < 0.05)
    }
}
