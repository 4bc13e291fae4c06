import Glibc
@_spi(RawText) import Logs
@_spi(RawText) import Records
import Statistics
import Testing

/// Whatever the bytes are: nothing crashes, every line is counted, and where chunks end makes no difference.
@Suite("Mutated logs")
struct LogMutationTests {
    private static let corpus: [(LogFormat, [String])] = [
        (
            .json,
            [
                #"{"time":"2026-03-01T10:15:30Z","level":"warn","msg":"slow\nanswer","n":[1,{"a":null}],"trace_id":"0123456789abcdef"}"#,
                #"{"timeUnixNano":"1772360130000000000","severityNumber":9,"body":{"a":1},"resource":{"b":"c"}}"#,
            ]
        ),
        (
            .otlpJSON,
            [
                #"{"resourceLogs":[{"resource":{"attributes":[{"key":"a","value":{"stringValue":"b"}}]},"scopeLogs":[{"#,
                #""logRecords":[{"timeUnixNano":"1772360130000000000","body":{"stringValue":"x"}},{"body":{"intValue":"7"}}]}]}]}"#,
            ]
        ),
        (
            .otlpProtobuf,
            [
                "\0\0\0\u{16}\n\u{14}\u{12}\u{12}\u{12}\u{10}\u{10}\r*\u{0C}\n\ndisk full!",
                "\0\0\0\u{16}\n\u{14}\u{12}\u{12}\u{12}\u{10}\u{10}\r*\u{0C}\n\ndisk empty",
            ]
        ),
        (
            .syslog,
            [
                #"<165>1 2026-03-01T10:15:30Z web app 7 ID [a@1 b="c\"d"] message"#,
                "<34>Mar  1 10:15:30 web su[9]: failed",
                "37 <34>1 - - - - - - counted in its octets", "plain words",
            ]
        ),
        (.logfmt, [#"ts=1772360130 level=info msg="a \"b\" c" flag key="#, "no pairs here"]),
        (.access, [#"::1 - ann [01/Mar/2026:10:15:30 +0000] "GET /a HTTP/1.1" 200 17 "-" "agent""#]),
        (
            .plain,
            [
                "2026-03-01 10:15:30,123 ERROR [main] app.Server: request failed", "\tat a.b.C(D.java:7)",
                "Caused by: x.Y: z",
                "Traceback (most recent call last):", "  File \"a.py\", line 1", "ValueError: no", "", "panic: x",
                "goroutine 1 [running]:", "main.main()",
            ]
        ),
    ]

    /// How many mutants of each format are read; more in a long run.
    private static let mutants = getenv("CASEBOOK_MUTANTS").flatMap { Int(String(cString: $0)) } ?? 400

    private func mutant(_ lines: [String], _ generator: inout SplitMix64) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            bytes += Array(lines.randomElement(using: &generator)?.utf8 ?? "".utf8)
            if Int.random(in: 0..<8, using: &generator) > 0 { bytes.append(0x0A) }
        }
        let marks = Array("{}[]\"\\<>=:0129 \n\r\t\0".utf8) + [0x80, 0xC3, 0xFF, 0x1F]
        for _ in 0..<Int.random(in: 0...8, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = marks.randomElement(using: &generator) ?? 0
            case 1: bytes.insert(marks.randomElement(using: &generator) ?? 0, at: place)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &generator)))
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
            default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
        }
        return bytes
    }

    @Test("are read without harm", arguments: LogFormat.allCases)
    func mutants(_ format: LogFormat) throws {
        let lines = try #require(Self.corpus.first { $0.0 == format }).1
        var generator = SplitMix64(seed: 20_260_301)
        for _ in 0..<Self.mutants {
            let bytes = mutant(lines, &generator)
            let whole = ReadLog(bytes, format)
            #expect(whole.addsUp, "\(format): \(bytes)")
            #expect(Int(whole.counts.bytes) == bytes.count)
            let parts = ReadLog(bytes, format, chunk: Int.random(in: 1...30, using: &generator))
            #expect(parts.events == whole.events, "\(format): \(bytes)")
            #expect(parts.counts == whole.counts, "\(format): \(bytes)")
            #expect(parts.faults.counts == whole.faults.counts, "\(format): \(bytes)")
            #expect(ReadLog(bytes).counts.bytes > 0 || bytes.isEmpty)
        }
    }

    @Test("go on after a checkpoint as if nothing had been", arguments: LogFormat.allCases)
    func resumed(_ format: LogFormat) throws {
        let lines = try #require(Self.corpus.first { $0.0 == format }).1
        var generator = SplitMix64(seed: 20_260_302)
        for _ in 0..<Self.mutants {
            let bytes = mutant(lines, &generator)
            let whole = ReadLog(bytes, format)
            let cut = Int.random(in: 0...bytes.count, using: &generator)
            var reader = LogReader(format: format, observedTime: ReadLog.now)
            var batch = LogBatch()
            reader.read(Array(bytes[..<cut]), into: &batch)
            let before = batch.records.map { batch.event($0) }
            let checkpoint = reader.checkpoint
            var next = LogReader(resuming: checkpoint, format: format, observedTime: ReadLog.now)
            batch.removeAll()
            next.read(Array(bytes[Int(checkpoint.position)...]), into: &batch)
            next.finish(into: &batch)
            let after = batch.records.map { batch.event($0) }
            #expect(before + after == whole.events, "\(format): \(bytes), cut at \(cut)")
            #expect(next.checkpoint.lines == whole.counts.lines, "\(format): \(bytes), cut at \(cut)")
            #expect(next.checkpoint.records == whole.counts.records, "\(format): \(bytes), cut at \(cut)")
            #expect(next.checkpoint.skippedLines == whole.counts.skippedLines, "\(format): \(bytes), cut at \(cut)")
        }
    }
}
