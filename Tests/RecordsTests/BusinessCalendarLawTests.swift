import Records
import Testing

/// Business hours beside what a clock on the wall shows at each quarter of an hour, and over ages of the world.
struct BusinessCalendarLawTests {
    private static let day = [
        OpeningHours(opens: 9 * 60, closes: 13 * 60), OpeningHours(opens: 14 * 60, closes: 18 * 60),
    ]
    private static let night = [OpeningHours(opens: 0, closes: 150), OpeningHours(opens: 165, closes: 1_440)]

    /// Whether the desk works at an instant, by the clock on its wall.
    private func works(_ calendar: BusinessCalendar, at instant: Instant) -> Bool {
        let wall = instant.civilTime(in: calendar.zone)
        let minute = wall.hour * 60 + wall.minute
        return !calendar.holidays.contains(CivilDate(dayNumber: wall.dayNumber))
            && calendar.week[wall.weekday].contains { $0.opens <= minute && minute < $0.closes }
    }

    // Clocks go forward on 31 March 2024 and back on 27 October.
    @Test(arguments: ["2024-03-25T10:00Z", "2024-10-21T10:00Z", "2024-12-20T23:00Z", "1969-12-20T00:00Z"])
    func `every quarter of an hour counts that the clock on the wall shows as open`(start: String) throws {
        let start = try #require(Instant(iso8601: start))
        let holidays = try [(2024, 12, 25), (2024, 12, 26), (1970, 1, 1)].map { year, month, day in
            try #require(CivilDate(year: year, month: month, day: day))
        }
        let week = [Self.day, Self.night, Self.day, Self.night, [], Self.day, Self.day]
        let calendar = try BusinessCalendar(
            week: week, holidays: Set(holidays), zone: ZoneRules(identifier: "Europe/Rome"))
        // All hours and offsets of this desk are whole quarters.
        var quarters = 0.0
        for quarter in 0..<(14 * 96) {
            let now = Instant(seconds: start.seconds + Double(quarter * 900))
            #expect(calendar.businessHours(from: start, to: now) == quarters / 4)
            guard works(calendar, at: now) else { continue }
            quarters += 1
            #expect(calendar.adding(businessHours: quarters / 4, to: start) == Instant(seconds: now.seconds + 900))
        }
        #expect(quarters > 4 * 40)
    }

    @Test func `hours of centuries are those of their weeks`() throws {
        let calendar = try BusinessCalendar(week: [Self.day, Self.day, Self.day, Self.day, Self.day, [], []])
        let monday = try #require(Instant(iso8601: "2024-05-06T00:00Z"))
        // 400 years of the Gregorian calendar are 20,871 weeks.
        let end = try #require(Instant(iso8601: "2424-05-06T00:00Z"))
        #expect(calendar.businessHours(from: monday, to: end) == 20_871 * 40)
        #expect(calendar.adding(businessHours: 20_871 * 40, to: monday)?.iso8601 == "2424-05-03T18:00:00Z")
        #expect(calendar.adding(businessHours: 20_872 * 40, to: monday) == nil)
        let later = Instant(seconds: monday.seconds + 1e12 * 7 * 86_400)
        #expect(calendar.businessHours(from: monday, to: later).isFinite)
        #expect(calendar.businessHours(from: monday, to: Instant(seconds: .infinity)).isFinite)
        #expect(calendar.adding(businessHours: .greatestFiniteMagnitude, to: monday) == nil)
    }

    @Test func `opening hours that clocks skip are counted once`() throws {
        let sunday = [OpeningHours(opens: 60, closes: 150), OpeningHours(opens: 180, closes: 240)]
        let rome = try ZoneRules(identifier: "Europe/Rome")
        let calendar = try BusinessCalendar(week: [[], [], [], [], [], [], sunday], zone: rome)
        let start = try #require(Instant(iso8601: "2024-03-31T00:00", zone: rome))
        let end = try #require(Instant(iso8601: "2024-04-01T00:00", zone: rome))
        // At 2 h it is 3 h: 1 h to 2 h, then 3 h to 4 h.
        #expect(calendar.businessHours(from: start, to: end) == 2)
        #expect(calendar.adding(businessHours: 2, to: start)?.iso8601 == "2024-03-31T02:00:00Z")
    }
}
