import Records
import Statistics
import Testing

struct BusinessCalendarTests {
    private static let day = [
        OpeningHours(opens: 9 * 60, closes: 12 * 60), OpeningHours(opens: 13 * 60, closes: 18 * 60),
    ]
    private static let office = [day, day, day, day, day, [], []]
    private static let always = [[OpeningHours]](repeating: [OpeningHours(opens: 0, closes: 1_440)], count: 7)

    private func calendar(holidays: Set<CivilDate> = [], zone: String = "UTC") throws -> BusinessCalendar {
        try BusinessCalendar(week: Self.office, holidays: holidays, zone: ZoneRules(identifier: zone))
    }

    private func at(_ text: String) throws -> Instant {
        try #require(Instant(iso8601: text))
    }

    // 6 May 2024 is a Monday.
    @Test(arguments: [
        ("2024-05-06T09:00Z", "2024-05-06T18:00Z", 8.0), ("2024-05-06T11:30Z", "2024-05-06T13:15Z", 0.75),
        ("2024-05-06T17:00Z", "2024-05-07T10:00Z", 2), ("2024-05-10T17:00Z", "2024-05-13T10:00Z", 2),
        ("2024-05-11T00:00Z", "2024-05-13T00:00Z", 0), ("2024-05-06T00:00Z", "2024-06-03T00:00Z", 160),
        ("2024-05-06T10:00Z", "2024-05-06T10:00Z", 0), ("2024-05-06T12:00Z", "2024-05-06T10:00Z", 0),
        ("2024-05-06T10:00:00Z", "2024-05-06T10:00:36Z", 0.01),
    ])
    func `hours between two times`(start: String, end: String, hours: Double) throws {
        #expect(abs(try calendar().businessHours(from: at(start), to: at(end)) - hours) < 1e-12)
    }

    @Test(arguments: [
        ("2024-05-06T09:00Z", 8.0, "2024-05-06T18:00:00Z"), ("2024-05-06T11:30Z", 0.75, "2024-05-06T13:15:00Z"),
        ("2024-05-10T17:00Z", 2, "2024-05-13T10:00:00Z"), ("2024-05-11T03:00Z", 1, "2024-05-13T10:00:00Z"),
        ("2024-05-11T03:00Z", 0, "2024-05-11T03:00:00Z"), ("2024-05-06T09:00Z", 160, "2024-05-31T18:00:00Z"),
    ])
    func `a time so many hours later`(start: String, hours: Double, end: String) throws {
        #expect(try calendar().adding(businessHours: hours, to: at(start))?.iso8601 == end)
    }

    @Test func `a holiday does not count`() throws {
        let holiday = try #require(CivilDate(year: 2024, month: 5, day: 7))
        let calendar = try calendar(holidays: [holiday])
        #expect(try calendar.businessHours(from: at("2024-05-06T00:00Z"), to: at("2024-05-09T00:00Z")) == 16)
        #expect(try calendar.adding(businessHours: 9, to: at("2024-05-06T09:00Z"))?.iso8601 == "2024-05-08T10:00:00Z")
    }

    @Test(arguments: [("2024-03-31", 23.0), ("2024-10-27", 25), ("2024-06-01", 24)])
    func `a day on which clocks change has 23 or 25 hours`(day: String, hours: Double) throws {
        let rome = try ZoneRules(identifier: "Europe/Rome")
        let calendar = try BusinessCalendar(week: Self.always, zone: rome)
        let start = try #require(Instant(iso8601: day, zone: rome))
        let next = CivilTime(localSeconds: start.civilTime(in: rome).localSeconds + 86_400)
        let end = rome.instant(of: next)
        #expect(calendar.businessHours(from: start, to: end) == hours)
        #expect(calendar.adding(businessHours: hours, to: start) == end)
    }

    @Test func `the desk opens at nine on the wall in summer and in winter`() throws {
        let calendar = try calendar(zone: "America/New_York")
        #expect(try calendar.businessHours(from: at("2024-01-08T14:00Z"), to: at("2024-01-08T15:00Z")) == 1)
        #expect(try calendar.businessHours(from: at("2024-07-08T13:00Z"), to: at("2024-07-08T14:00Z")) == 1)
        #expect(try calendar.businessHours(from: at("2024-01-08T13:00Z"), to: at("2024-01-08T14:00Z")) == 0)
        // Friday before clocks change to Monday after.
        #expect(try calendar.adding(businessHours: 2, to: at("2024-03-08T22:00Z"))?.iso8601 == "2024-03-11T14:00:00Z")
    }

    @Test func `the clock stands still in pauses, counted once where they overlap`() throws {
        let calendar = try calendar()
        let pauses = try [
            Pause(start: at("2024-05-06T14:00Z"), end: at("2024-05-06T16:00Z")),
            Pause(start: at("2024-05-06T10:00Z"), end: at("2024-05-06T11:00Z")),
            Pause(start: at("2024-05-06T15:00Z"), end: at("2024-05-06T17:00Z")),
            Pause(start: at("2024-05-06T12:00Z"), end: at("2024-05-06T09:00Z")),
        ]
        let (start, end) = (try at("2024-05-06T09:00Z"), try at("2024-05-06T18:00Z"))
        #expect(calendar.businessHours(from: start, to: end, pauses: pauses) == 4)
        #expect(calendar.adding(businessHours: 4, to: start, pauses: pauses) == end)
        let stopped = [Pause(start: try at("2024-05-06T10:00Z"), end: nil)]
        #expect(calendar.businessHours(from: start, to: end, pauses: stopped) == 1)
        #expect(calendar.adding(businessHours: 1, to: start, pauses: stopped)?.iso8601 == "2024-05-06T10:00:00Z")
        #expect(calendar.adding(businessHours: 1.5, to: start, pauses: stopped) == nil)
    }

    @Test func `adding and counting undo each other`() throws {
        let calendar = try calendar(holidays: [CivilDate(dayNumber: 19_850)], zone: "Europe/Rome")
        var generator = SplitMix64(seed: 4)
        for _ in 0..<300 {
            let start = Instant(seconds: Double.random(in: 1.70e9...1.76e9, using: &generator))
            let hours = Double.random(in: 0.01...400, using: &generator)
            let from = start.seconds + Double.random(in: -1e5...1e6, using: &generator)
            let pause = Pause(start: Instant(seconds: from), end: Instant(seconds: from + 90_000))
            let end = try #require(calendar.adding(businessHours: hours, to: start, pauses: [pause]))
            #expect(abs(calendar.businessHours(from: start, to: end, pauses: [pause]) - hours) < 1e-6)
        }
    }

    @Test func `a desk that never works never gets there`() throws {
        let calendar = try BusinessCalendar(week: [[], [], [], [], [], [], []])
        #expect(calendar.adding(businessHours: 1, to: Instant(seconds: 0)) == nil)
        #expect(calendar.businessHours(from: Instant(seconds: 0), to: Instant(seconds: 1e7)) == 0)
        let office = try self.calendar()
        #expect(office.adding(businessHours: 1e12, to: Instant(seconds: 0)) == nil)
    }

    @Test(arguments: [
        ([[]], BusinessCalendarError.notAWeek(days: 1), "a week has 7 days, not 1"),
        (
            [[], [OpeningHours(opens: 600, closes: 600)], [], [], [], [], []],
            .impossibleHours(weekday: 1, OpeningHours(opens: 600, closes: 600)),
            "Tuesday: from minute 600 to minute 600 of a day is no time"
        ),
        (
            [[OpeningHours(opens: 0, closes: 600), OpeningHours(opens: 599, closes: 700)], [], [], [], [], [], []],
            .overlappingHours(weekday: 0), "Monday: opening hours overlap or are out of order"
        ),
    ])
    func `an impossible week is refused`(week: [[OpeningHours]], error: BusinessCalendarError, message: String) {
        #expect(throws: error) { try BusinessCalendar(week: week) }
        #expect(error.description == message)
    }
}
