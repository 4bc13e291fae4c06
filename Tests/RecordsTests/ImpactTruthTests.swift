import Foundation
import Records
import Testing

@Suite struct ImpactTruthTests {
    private func read(_ json: String) throws(RecordError) -> ImpactTruth {
        try ImpactTruth(json: RecordFile(path: "truth.json", bytes: Array(json.utf8)))
    }

    @Test func `all keys are read, and others are passed over`() throws {
        let truth = try read(
            """
            {"weeks": 1.5, "incidents": [
              {"id": "i1", "start": "2025-03-04T10:00:00Z", "end": "2025-03-04T11:30:00+01:00", "rank": 2,
               "accounts": ["a", "b"], "tickets": ["t"], "firstLine": 4, "lines": [4, 9], "note": null},
              {"id": "i2", "start": "2025-03-05T00:00:00Z", "end": "2025-03-05T00:00:00Z", "accounts": [], "firstLine": null}]}
            """)
        let start = try #require(Instant(iso8601: "2025-03-04T10:00:00Z"))
        #expect(
            truth.incidents[0]
                == ImpactTruth.Incident(
                    id: "i1", start: start, end: Instant(seconds: start.seconds + 1_800), rank: 2,
                    accounts: ["a", "b"],
                    tickets: ["t"], firstLine: 4, lines: [4, 9]))
        #expect(truth.incidents[1].rank == nil)
        #expect(truth.incidents[1].firstLine == nil)
        #expect(truth.incidents[1].lines.isEmpty)
        #expect(truth.incidents[1].tickets.isEmpty)
    }

    @Test(arguments: [
        ("[]", ""), ("{", ""), ("{}", "incidents"), (#"{"incidents": 3}"#, "incidents"),
        (#"{"incidents": [{"id": "i"}]}"#, "start"), (with(#""start": "noon""#), "incidents.0.start"),
        (with(#""end": "2025-03-04T09:00:00Z""#), "incidents.0.end"), (with(#""rank": 0"#), "incidents.0.rank"),
        (with(#""firstLine": -1"#), "incidents.0.lines"), (with(#""lines": [3, -2]"#), "incidents.0.lines"),
        (with(#""accounts": null"#), "accounts"),
    ]) func `what is wrong is named by its key`(json: String, key: String) {
        do {
            _ = try read(json)
            Issue.record("it was read")
        } catch RecordError.invalidDescriptor(let file, let found, _) {
            #expect(file == "truth.json")
            #expect(found.hasSuffix(key))
        } catch {
            Issue.record(error)
        }
    }

    /// One incident with a member put in the place of its own.
    private static func with(_ member: String) -> String {
        let key = member.prefix { $0 != ":" }
        let members = [
            #""id": "i""#, #""start": "2025-03-04T10:00:00Z""#, #""end": "2025-03-04T11:00:00Z""#,
            #""accounts": ["a"]"#,
        ].filter { !$0.hasPrefix(key) }
        return "{\"incidents\": [{" + (members + [member]).joined(separator: ", ") + "}]}"
    }
}
