import Records
import Testing

struct JiraExportTests {
    @Test(arguments: [
        ("30/Sep/21 17:20", "2021-09-30T17:20:00Z"), ("01/Jan/00 00:00", "2000-01-01T00:00:00Z"),
        ("1/Feb/99 9:05", "2099-02-01T09:05:00Z"), ("29/Feb/2024 23:59", "2024-02-29T23:59:00Z"),
        ("31/Dec/1999 12:30", "1999-12-31T12:30:00Z"), ("30/Sep/21  17:20", "2021-09-30T17:20:00Z"),
    ])
    func `a time as Jira exports it`(text: String, time: String) throws {
        let expected = try #require(Instant(iso8601: time))
        #expect(Instant(jiraExport: text) == expected)
    }

    @Test(arguments: zip(1...12, ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]))
    func `all months`(number: Int, name: String) throws {
        let time = try #require(Instant(iso8601: "2021-\(number < 10 ? "0" : "")\(number)-15T08:00:00Z"))
        #expect(Instant(jiraExport: "15/\(name)/21 08:00") == time)
    }

    @Test(arguments: [
        "", " ", "30/Sep/21", "17:20", "30/Sep/21 17:20 x", "30/Sep/21 17", "30/Sep/21 17:20:30", "30-Sep-21 17:20",
        "30/sep/21 17:20", "30/09/21 17:20", "30/Sept/21 17:20", "31/Sep/21 17:20", "0/Sep/21 17:20", "29/Feb/21 17:20",
        "30/Sep/21 24:20", "30/Sep/21 17:60", "30/Sep/ 17:20", "/Sep/21 17:20", "30/Sep/21 :", "30//21 17:20",
        "x/Sep/21 17:20", "2021-09-30T17:20:00Z", "30/Sep/21\t17:20",
    ])
    func `other texts are no times`(text: String) { #expect(Instant(jiraExport: text) == nil) }

    @Test(arguments: [
        "+3/Sep/21 17:20", "30/Sep/-5 17:20", "30/Sep/+21 17:20", "30/Sep/21 +7:20", "30/Sep/21 17:-0",
        "30/Sep/1 17:20", "30/Sep/021 17:20", "30/Sep/20210 17:20",
    ])
    func `signs, and years of other lengths than two and four, are no times`(text: String) {
        #expect(Instant(jiraExport: text) == nil)
    }
}
