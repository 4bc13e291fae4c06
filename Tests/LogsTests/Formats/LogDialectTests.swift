@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

/// Ways of writing that programs have besides the forms of their format.
@Suite("Dialects of logs")
struct LogDialectTests {
    private func times(_ log: ReadLog) -> [String] {
        log.events.map { event in event.time.map { Instant(seconds: Double($0) / 1e9).iso8601 } ?? "none" }
    }

    @Test(arguments: [
        ("5/6/2024 11:30:00 PM", "2024-05-06T23:30:00Z"), ("5/6/2024 12:10:00 AM", "2024-05-06T00:10:00Z"),
        ("05/06/2024 12:10:00 pm", "2024-05-06T12:10:00Z"), ("2024-05-06 01:02:03AM", "2024-05-06T01:02:03Z"),
        // No clock of twelve hours shows these.
        ("2024-05-06 13:02:03 PM", "2024-05-06T13:02:03Z"), ("2024-05-06 10:02:03 Am.", "2024-05-06T10:02:03Z"),
    ])
    func `half a day is added in the afternoon`(time: String, expected: String) {
        #expect(times(ReadLog("\(time) ERROR disk is full\n", .plain)) == [expected])
    }

    @Test(arguments: [
        ("EST", "15:00:00"), ("EDT", "14:00:00"), ("PST", "18:00:00"), ("CET", "09:00:00"), ("CEST", "08:00:00"),
        ("MSK", "07:00:00"), ("JST", "01:00:00"), ("UTC", "10:00:00"), ("Z", "10:00:00"), ("ACST", "00:30:00"),
        // Levels and other words are no zones, and what means several is read in the zone of the log.
        ("ALERT", "10:00:00"), ("INFO", "10:00:00"), ("IST", "10:00:00"), ("ESTATE", "10:00:00"),
    ])
    func `a zone is known by its name`(zone: String, expected: String) {
        let log = ReadLog("2024-05-06 10:00:00.000 \(zone) [12] disk is full\n", .plain)
        #expect(times(log) == ["2024-05-06T\(expected)Z"])
    }

    @Test func `one day above 12 tells how the dates of the whole log are read`() {
        let days = ReadLog("10/05/2024 08:00:00 one\n11/05/2024 08:00:00 two\n13/05/2024 08:00:00 three\n")
        #expect(times(days) == ["2024-05-10T08:00:00Z", "2024-05-11T08:00:00Z", "2024-05-13T08:00:00Z"])
        let months = ReadLog("05/10/2024 08:00:00 one\n05/13/2024 08:00:00 two\n")
        #expect(times(months) == ["2024-05-10T08:00:00Z", "2024-05-13T08:00:00Z"])
        let fields = ReadLog(
            #"{"time":"10/05/2024 08:00:00","msg":"one"}"# + "\n" + #"{"time":"13/05/2024 08:00:00","msg":"two"}"#
                + "\n")
        #expect(times(fields) == ["2024-05-10T08:00:00Z", "2024-05-13T08:00:00Z"])
    }

    @Test func `what tells it late holds from there, and after a checkpoint`() {
        let start = String(repeating: "10/05/2024 08:00:00 same\n", count: 4_000)
        let late = ReadLog(start + "13/05/2024 08:00:00 late\n11/05/2024 09:00:00 after\n")
        #expect(times(late).suffix(2) == ["2024-05-13T08:00:00Z", "2024-05-11T09:00:00Z"])
        var stream = LogStream(observedTime: ReadLog.now)
        var batch = LogBatch()
        stream.read(Array("13/05/2024 08:00:00 one\n".utf8), into: &batch)
        stream.flush(into: &batch)
        guard let checkpoint = stream.checkpoint,
            var resumed = LogStream(resuming: checkpoint, skipping: false, observedTime: ReadLog.now)
        else {
            Issue.record("no reader goes on")
            return
        }
        batch.removeAll()
        resumed.read(Array("11/05/2024 08:00:00 two\n".utf8), into: &batch)
        resumed.finish(into: &batch)
        #expect(batch.records.map { batch.event($0).time } == [1_715_414_400_000_000_000])
    }

    @Test(arguments: [1, 2, 5, 1_000])
    func `a byte order mark is no part of the first line`(chunk: Int) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let plain = ReadLog(mark + Array("2024-05-06 10:00:00 ERROR disk is full\n".utf8), chunk: chunk)
        #expect(plain.messages == ["disk is full"] && times(plain) == ["2024-05-06T10:00:00Z"])
        let json = ReadLog(
            mark + Array((#"{"time":"2024-05-06T10:00:00Z","msg":"disk is full"}"# + "\n").utf8), chunk: chunk)
        #expect(json.format == .json && json.messages == ["disk is full"] && json.counts.linesOfRecords == 1)
        #expect(json.faults.counts.isEmpty)
    }

    @Test func `colours are left out`() {
        let log = ReadLog(
            "\u{1B}[32m2024-05-06 10:00:00\u{1B}[0m \u{1B}[1;31mERROR\u{1B}[0m disk \u{1B}[K3 is full\n\u{1B}[\n")
        #expect(log.messages.first == "disk 3 is full" && log.events.first?.severityNumber == 17)
        #expect(times(log).first == "2024-05-06T10:00:00Z" && log.addsUp)
    }

    @Test func `lines of a container's runtime are those of its program`() {
        let log = ReadLog(
            """
            2024-05-06T10:00:00.1Z stdout F level=error msg="cannot reach the database" attempt=3
            2024-05-06T10:00:01.1Z stderr P part one, \

            2024-05-06T10:00:01.2Z stderr F and the rest
            2024-05-06T10:00:02.1Z stdout F {"level":"WARN","message":"slow"}
            2024-05-06T10:00:03.1Z stdout P this one
            2024-05-06T10:00:03.1Z stderr F is of another stream
            2024-05-06T10:00:04.1Z stdout Full of words

            """.replacing("\\\n\n", with: "\n"))
        #expect(
            log.messages == [
                "cannot reach the database", "part one, and the rest", "slow", "this one", "is of another stream",
                "stdout Full of words",
            ])
        #expect(log.events.map(\.severityNumber) == [17, 0, 13, 0, 0, 0] && log.addsUp)
    }

    @Test func `the level within a wrapped object or pairs counts`() {
        let log = ReadLog(
            #"{"log":"{\"level\":\"error\",\"msg\":\"cannot reach the database\"}\n","time":"2024-05-06T10:00:00Z"}"#
                + "\n")
        #expect(log.events.map(\.severityNumber) == [17] && log.messages == ["cannot reach the database"])
    }

    @Test func `the journal's names and those of compact objects are known`() {
        let log = ReadLog(
            #"{"__REALTIME_TIMESTAMP":"1714989600000000","PRIORITY":"3","_HOSTNAME":"h","MESSAGE":"disk is full"}"#
                + "\n"
                + #"{"@t":"2024-05-06T10:01:00.1Z","@l":"Error","@mt":"disk {Disk} is full"}"# + "\n")
        #expect(times(log) == ["2024-05-06T10:00:00Z", "2024-05-06T10:01:00.100Z"])
        #expect(
            log.events.map(\.severityNumber) == [17, 17] && log.messages == ["disk is full", "disk {Disk} is full"])
    }

    @Test func `a text that the journal spells in bytes is read, and colours within fields are left out`() {
        let bytes = Array("\u{1B}[31mdisk\u{1B}[0m é is full".utf8).map(String.init).joined(separator: ",")
        let log = ReadLog(
            """
            {"PRIORITY":"3","MESSAGE":[\(bytes)],"_HOSTNAME":"h"}
            {"log":"\\u001b[31mERROR\\u001b[0m disk is full\\n","stream":"stderr"}
            {"MESSAGE":[]}
            {"MESSAGE":[100,256]}
            {"MESSAGE":[100,[101]]}

            """)
        #expect(log.messages == ["disk é is full", "ERROR disk is full", "[]", "[100,256]", "[100,[101]]"])
        #expect(log.events.map(\.severityNumber) == [17, 17, 0, 0, 0] && log.addsUp)
    }

    @Test func `counted syslog messages may hold line ends`() {
        let messages = (0..<5).map { "<165>1 2024-05-06T10:00:0\($0)Z host app - - - first\nsecond \($0)" }
        let log = ReadLog(messages.map { "\($0.utf8.count) \($0)" }.joined())
        #expect(log.format == .syslog && log.events.count == 5 && times(log).last == "2024-05-06T10:00:04Z")
    }
}
