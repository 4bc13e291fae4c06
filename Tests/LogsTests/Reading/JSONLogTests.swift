@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

@Suite("JSON lines")
struct JSONLogTests {
    @Test("become records of OpenTelemetry's data model")
    func properties() throws {
        let log = ReadLog(
            """
            {"timeUnixNano":"1772360130123456789","observedTimeUnixNano":1772360131000000000,"severityNumber":17,\
            "severityText":"ERROR","body":"disk full","attributes":{"shard":7,"ratio":0.5,"ok":false,"tags":["a","b"]},\
            "resource":{"service.name":"store"},"traceId":"0123456789abcdef0123456789ABCDEF","spanId":"00000000000000ff"}
            """)
        #expect(log.format == .json)
        let event = try #require(log.events.first)
        #expect(event.time == 1_772_360_130_123_456_789)
        #expect(event.observedTime == 1_772_360_131_000_000_000)
        #expect(event.severityNumber == 17)
        #expect(event.severityText == "ERROR")
        #expect(log.bodies == ["disk full"])
        #expect(event.attribute("shard") == "7")
        #expect(event.attribute("ratio") == "0.5")
        #expect(event.attribute("ok") == "false")
        #expect(event.attribute("tags") == "2 items")
        #expect(event.resource("service.name") == "store")
        #expect(event.traceID?.description == "0123456789abcdef0123456789abcdef")
        #expect(event.spanID?.description == "00000000000000ff")
        #expect(event.attributes.count == 4)
        #expect(log.faults.counts.isEmpty)
    }

    @Test(
        "understand what loggers call things",
        arguments: [
            (#"{"time":"2026-03-01T10:15:30Z","level":"warn","msg":"m"}"#, 13),
            (#"{"@timestamp":"2026-03-01T12:15:30+02:00","log.level":"error","message":"m"}"#, 17),
            (#"{"log":{"level":"error"},"ts":1772360130,"message":"m"}"#, 17),
            (#"{"time":1772360130000,"level":50,"msg":"m"}"#, 17),
            (#"{"ts":1772360130.0,"lvl":"dbg","msg":"m"}"#, 5),
            (#"{"timestamp":1772360130000000,"severity":"SEVERITY_NUMBER_INFO2","severity_number":10,"text":"m"}"#, 10),
            (#"{"@t":"2026-03-01T10:15:30Z","@l":"Fatal","@m":"m","time":"2026-03-01T10:15:30Z"}"#, 21),
            (#"{"asctime":"2026-03-01 10:15:30,000","levelname":"INFO","message":"m"}"#, 9),
        ])
    func names(_ line: String, _ severity: Int) {
        let log = ReadLog(line, .json)
        #expect(log.events.map(\.time) == [nanoseconds("2026-03-01T10:15:30Z")])
        #expect(log.events.map(\.severityNumber) == [severity])
        #expect(log.bodies == ["m"])
    }

    @Test("follow the mapping of a user before the usual names")
    func mapping() throws {
        let file = RecordFile(path: "fields.json", bytes: Array(#"{"time": ["when"], "body": ["what.text"]}"#.utf8))
        let mapping = try LogFieldMapping(json: file)
        let accounts = RecordFile(path: "fields.json", bytes: Array(#"{"account": ["acct"]}"#.utf8))
        #expect(try LogFieldMapping(json: accounts).account == ["acct"])
        let log = ReadLog(
            Array(#"{"when":1772360130,"time":7,"msg":"no","what":{"text":"yes","kind":1}}"#.utf8), .json,
            mapping: mapping)
        #expect(log.bodies == ["yes"])
        #expect(log.events.map(\.time) == [nanoseconds("2026-03-01T10:15:30Z")])
        #expect(log.events.first?.attribute("time") == "7")
    }

    @Test(
        "refuse a mapping that says nothing",
        arguments: [#"{"colour": ["x"]}"#, #"{"time": "when"}"#, "[]", ""])
    func badMapping(_ json: String) {
        #expect(throws: RecordError.self) {
            try LogFieldMapping(json: RecordFile(path: "fields.json", bytes: Array(json.utf8)))
        }
    }

    @Test("keep what is no JSON as plain text, and say in which line")
    func broken() {
        let log = ReadLog("{\"msg\":\"a\"}\n{\"msg\":\nnot json\n[1]\n{\"msg\":\"b\"}\n", .json)
        #expect(log.bodies == ["a", "{\"msg\":", "not json", "[1]", "b"])
        #expect(log.faults[.notThisFormat] == 3)
        #expect(log.faults.first.map(\.line) == [2, 3, 4])
        #expect(log.addsUp)
    }

    @Test(
        "report what is odd and keep it",
        arguments: [
            (#"{"msg":"a","msg":"b"}"#, LogFault.Kind.duplicateKey, "b"),
            (#"{"msg":"a","time":"yesterday"}"#, .badTime, "a"),
            (#"{"msg":"a","time":"9999-12-31T23:59:59Z"}"#, .timeOutOfRange, "a"),
            (#"{"msg":"a","time":1e300}"#, .timeOutOfRange, "a"),
            (#"{"msg":"a","time":"2026-03-03T00:00:00Z"}"#, .aheadOfObservation, "a"),
            (#"{"msg":"a","level":"loud"}"#, .badSeverity, "a"),
            (#"{"msg":"a","severityNumber":99}"#, .badSeverity, "a"),
            (#"{"msg":"a","traceId":"xyz"}"#, .badIdentifier, "a"),
        ])
    func odd(_ line: String, _ kind: LogFault.Kind, _ body: String) {
        let log = ReadLog(line, .json)
        #expect(log.bodies == [body])
        #expect(log.faults[kind] == 1)
    }

    @Test("take the time of observation where there is none")
    func untimed() {
        let log = ReadLog(#"{"msg":"a"}"# + "\n" + #"{"msg":"b","time":"9999-01-01T00:00:00Z"}"#, .json)
        #expect(log.events.map(\.time) == [nil, nil])
        #expect(log.events.map(\.observedTime) == [ReadLog.now, ReadLog.now])
        #expect(log.counts.recordsWithoutTime == 2)
    }

    @Test("take an object without a text as its own text, and a body that is an object as JSON")
    func bodies() {
        let log = ReadLog(#"{"n":1}"# + "\n" + #"{"body":{"a":[1,true,null,2.5,"x\"y"]},"c":1}"#, .json)
        #expect(log.bodies == [#"{"n":1}"#, #"{"a":[1,true,null,2.5,"x\"y"]}"#])
    }

    @Test("nest as deeply as they like without harm")
    func deep() {
        let deep =
            "{\"msg\":\"a\",\"x\":" + String(repeating: "[", count: 500) + String(repeating: "]", count: 500) + "}"
        let deeper = String(repeating: "{\"a\":", count: 10_000) + "1" + String(repeating: "}", count: 10_000)
        let log = ReadLog(deep + "\n" + deeper, .json)
        #expect(log.events.count == 2)
        #expect(log.bodies.first == "a")
        #expect(log.faults[.nestedTooDeep] == 2)
    }

    @Test("find the header of a program's line within a container's")
    func wrapped() {
        let log = ReadLog(
            #"{"log":"2026-03-01 10:15:30,123 ERROR app.Server: disk full\n","stream":"stderr","time":"2026-03-01T10:15:31Z"}"#,
            .json)
        #expect(log.messages == ["disk full"])
        #expect(log.events.first?.severityNumber == 17)
        #expect(log.events.first?.time == nanoseconds("2026-03-01T10:15:31Z"))
    }
}
