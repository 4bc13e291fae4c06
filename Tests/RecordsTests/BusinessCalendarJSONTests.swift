import Records
import Testing

struct BusinessCalendarJSONTests {
    private func calendar(_ json: String) throws(RecordError) -> BusinessCalendar {
        try BusinessCalendar(json: RecordFile(path: "hours.json", bytes: Array(json.utf8)))
    }

    @Test func `a calendar is read`() throws {
        let read = try calendar(
            """
            {"timeZone": "Europe/Rome", "holidays": ["2026-12-25", "2024-02-29"],
             "week": {"monday": ["09:00-13:00", "14:00-18:00"], "saturday": ["00:00-24:00"], "sunday": []}}
            """)
        let monday = [OpeningHours(opens: 540, closes: 780), OpeningHours(opens: 840, closes: 1_080)]
        let holidays = try [(2026, 12, 25), (2024, 2, 29)].map { year, month, day in
            try #require(CivilDate(year: year, month: month, day: day))
        }
        let written = try BusinessCalendar(
            week: [monday, [], [], [], [], [OpeningHours(opens: 0, closes: 1_440)], []], holidays: Set(holidays),
            zone: ZoneRules(identifier: "Europe/Rome"))
        #expect(read == written)
    }

    @Test(arguments: ["{\"week\": {}}", "{\"week\": {\"friday\": null}, \"timeZone\": null, \"holidays\": null}"])
    func `what is not said is UTC and a day off`(json: String) throws {
        #expect(try calendar(json) == BusinessCalendar(week: [[], [], [], [], [], [], []]))
    }

    @Test(arguments: [
        ("", "the file is empty"), ("{", "key \"\": not JSON"), ("{\"week\": {}} {}", "key \"\": not JSON"),
        ("[]", "key \"\": is no object"), ("{}", "key \"week\": is missing"),
        ("{\"week\": []}", "key \"week\": is no object"), ("{\"week\": null}", "key \"week\": is no object"),
        ("{\"weeks\": {}}", "key \"weeks\": no such key; there are timeZone, week, holidays"),
        (
            "{\"week\": {\"Monday\": []}}",
            "key \"week.Monday\": no such key; there are monday, tuesday, wednesday, thursday, friday, saturday, sunday"
        ),
        ("{\"week\": {\"monday\": \"09:00-10:00\"}}", "key \"week.monday\": is no list of texts"),
        ("{\"week\": {\"monday\": [9]}}", "key \"week.monday\": is no list of texts"),
        ("{\"week\": {}, \"timeZone\": 1}", "key \"timeZone\": is no text"),
        ("{\"week\": {}, \"timeZone\": \"Mars/X\"}", "key \"timeZone\": no time zone is named \"Mars/X\""),
        ("{\"week\": {}, \"holidays\": \"2026-12-25\"}", "key \"holidays\": is no list of texts"),
    ])
    func `a broken calendar is an error that names the key`(json: String, message: String) {
        expect(json, message)
    }

    @Test(arguments: [
        "9:00-10:00", "09:00", "09:00-", "09:00-10:00-11:00", "09:00 - 10:00", "09.00-10.00", "09:60-10:00",
        "09:00-24:01", "-1:00-10:00", "09:00-1a:00", "09:00–10:00", "",
    ])
    func `bad hours are named`(text: String) {
        expect(
            "{\"week\": {\"friday\": [\"\(text)\"]}}", "key \"week.friday\": \"\(text)\" is not HH:MM-HH:MM")
    }

    @Test(arguments: [
        ("\"18:00-09:00\"", "Friday: from minute 1080 to minute 540 of a day is no time"),
        ("\"09:00-09:00\"", "Friday: from minute 540 to minute 540 of a day is no time"),
        ("\"24:00-24:00\"", "Friday: from minute 1440 to minute 1440 of a day is no time"),
        ("\"09:00-12:00\", \"11:59-13:00\"", "Friday: opening hours overlap or are out of order"),
    ])
    func `impossible hours are named by their day`(hours: String, message: String) {
        expect("{\"week\": {\"friday\": [\(hours)]}}", "key \"week.friday\": " + message)
    }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-12-25T00:00", "25.12.2026", "2026-1-01", ""])
    func `a day that does not exist is named`(day: String) {
        expect(
            "{\"week\": {}, \"holidays\": [\"\(day)\"]}",
            "key \"holidays\": \"\(day)\" is not a day, as 2026-12-25")
    }

    @Test func `a broken calendar is a data error`() {
        #expect(RecordError.invalidCalendar(file: "", key: "", reason: "").exitCode == 65)
    }

    private func expect(_ json: String, _ message: String) {
        do throws(RecordError) {
            _ = try calendar(json)
            Issue.record("no error")
        } catch {
            #expect(error.description == "hours.json: " + message)
        }
    }
}
