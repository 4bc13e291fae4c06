import Records
import Testing

@testable import Connectors

struct RoundupRecordsTests {
    @Test(
        "Times are read as written, fractions too, and written to the second before",
        arguments: [
            ("2026-11-22.14:00:00", "2026-11-22T14:00:00Z", "2026-11-22.14:00:00"),
            ("2026-11-22.14:00:00.750", "2026-11-22T14:00:00.75Z", "2026-11-22.14:00:00"),
            ("1969-12-31.23:59:59.500", "1969-12-31T23:59:59.5Z", "1969-12-31.23:59:59"),
        ])
    func dates(text: String, iso: String, second: String) throws {
        let instant = try #require(Instant(iso8601: iso))
        #expect(RoundupDate.instant(text) == instant)
        #expect(RoundupDate.text(instant) == second)
    }

    @Test(
        "What is no time is none", arguments: ["", "2026-11-22", "noon", "2026-13-40.25:00:00", "..................."])
    func noDate(text: String) {
        #expect(RoundupDate.instant(text) == nil)
    }

    @Test(
        "A refusal names the field that it is about",
        arguments: [
            ("property status: 'x' is not a status.", ["status"]),
            ("property assignedto: 'x' is not a user.", ["assignee"]),
            ("Property build not found in class issue", ["custom:build"]),
            ("property keyword: 'x' is not a keyword.", []),
            ("user has no node 99", []),
        ])
    func reasons(sentence: String, fields: [String]) {
        let reason = RoundupReason.read(["error": ["status": 400, "msg": .text(sentence)]])
        #expect(reason?.reason == sentence)
        #expect(reason?.fields == fields)
    }

    @Test("A record without an id or a time is no record, and nothing crashes on it")
    func unreadable() {
        let broken: [JSON] = [
            .null, [], "text", ["id": "1"], ["id": "1", "creation": "noon", "activity": "2026-11-22.14:00:00"],
            ["id": "1", "attributes": ["creation": "2026-11-22.14:00:00"]],
        ]
        for json in broken {
            #expect(RoundupIssue(json) == nil)
            #expect(RemoteMessage(roundupFile: json) == nil)
        }
        #expect(RemoteMessage(roundup: ["id": "1", "content": "x"], files: [:]) == nil)
    }

    @Test("Two states of an issue within one second have two versions; the names of what it points to do not count")
    func versions() throws {
        func issue(_ members: [String: JSON]) throws -> RoundupIssue {
            let times: [String: JSON] = [
                "id": "1", "creation": "2026-11-22.14:00:00", "activity": "2026-11-22.14:00:00",
            ]
            return try #require(RoundupIssue(.object(times.merging(members) { $1 })))
        }
        let open = try issue(["status": ["id": "1", "name": "unread"], "messages": [["id": "4"]]])
        let renamed = try issue(["status": ["id": "1", "name": "new"], "messages": [["id": "4", "activity": "x"]]])
        let answered = try issue(["status": ["id": "1", "name": "unread"], "messages": [["id": "4"], ["id": "5"]]])
        #expect(open.version == renamed.version)
        #expect(open.version != answered.version)
    }
}
