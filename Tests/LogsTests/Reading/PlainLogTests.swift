@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

@Suite("Plain text")
struct PlainLogTests {
    private static let traces: [(name: String, lines: String, message: String)] = [
        (
            "Java",
            """
            2026-03-01 10:15:30,123 ERROR [main] app.Server: request failed
            app.StoreException: disk full
            \tat app.Store.write(Store.java:12)
            \tat app.Server.run(Server.java:7)
            Caused by: java.io.IOException: no space left
            \tat java.base/java.io.FileOutputStream.write(Native Method)
            \t... 2 more
            """, "request failed"
        ),
        (
            "Python, logged",
            """
            2026-03-01 10:15:30,123 - app - ERROR - request failed
            Traceback (most recent call last):
              File "/srv/app.py", line 3, in run
                write()
            OSError: disk full

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/srv/app.py", line 9, in <module>
                run()
            RuntimeError: cannot go on
            """, "request failed"
        ),
        (
            "Python, alone",
            """
            Traceback (most recent call last):
              File "/srv/app.py", line 3, in run
                write()
            OSError: disk full
            """, "OSError: disk full"
        ),
        (
            "Go",
            """
            panic: runtime error: index out of range [3] with length 3

            goroutine 1 [running]:
            main.run(...)
            \t/srv/app/main.go:12
            main.main()
            \t/srv/app/main.go:7 +0x1d
            exit status 2
            """, "panic: runtime error: index out of range [3] with length 3"
        ),
        (
            ".NET",
            """
            2026-03-01 10:15:30.123 +00:00 [ERR] request failed
            System.IO.IOException: disk full
               at App.Store.Write(String path) in C:\\app\\Store.cs:line 12
               --- End of inner exception stack trace ---
               at App.Server.Run()
            """, "request failed"
        ),
        (
            "JavaScript",
            """
            TypeError: Cannot read properties of undefined (reading 'id')
                at Cart.total (/srv/app/cart.js:12:7)
                at processTicksAndRejections (node:internal/process/task_queues:95:5)
            """, "TypeError: Cannot read properties of undefined (reading 'id')"
        ),
    ]

    @Test("joins the lines of stack traces", arguments: traces.indices)
    func trace(_ index: Int) {
        let (_, lines, message) = Self.traces[index]
        let log = ReadLog(lines + "\n" + lines + "\n", .plain)
        #expect(log.bodies == [lines, lines])
        #expect(log.messages == [message, message])
        #expect(log.counts.multilineRecords == 2)
        #expect(log.faults.counts.isEmpty)
        #expect(log.addsUp)
    }

    @Test("joins lines without a time where the others have one")
    func continuation() {
        let stamped = (0..<20).map { "2026-03-01 10:15:\(10 + $0) INFO a.b: step \($0)" }
        let log = ReadLog((stamped + ["rest of the step", "and more"] + stamped).joined(separator: "\n"), .plain)
        #expect(log.events.count == 40)
        #expect(log.bodies[19].hasSuffix("step 19\nrest of the step\nand more"))
    }

    @Test("keeps lines apart where none has a time")
    func separate() {
        let lines = ["alpha beta", "gamma", "ERROR delta", "epsilon 7"]
        #expect(ReadLog(lines.joined(separator: "\n"), .plain).bodies == lines)
    }

    @Test("reads the times of a zone, and the level of the line")
    func zones() throws {
        let rome = try ZoneRules(identifier: "Europe/Rome")
        let log = ReadLog("2026-07-01 10:15:30 WARN a.b: x\n2026-07-01T10:15:30Z INFO a.b: y", .plain, zone: rome)
        #expect(log.events.map(\.time) == [nanoseconds("2026-07-01T08:15:30Z"), nanoseconds("2026-07-01T10:15:30Z")])
        #expect(log.events.map(\.severityNumber) == [13, 9])
    }

    @Test("takes CRLF and LF, and a last line without either")
    func lineEnds() {
        #expect(ReadLog("a b\r\nc d\ne f", .plain).bodies == ["a b", "c d", "e f"])
    }

    @Test("keeps bytes that are no text, and reports them")
    func bytes() {
        let bytes: [UInt8] = Array("caf".utf8) + [0xE9, 0x0A] + Array("nul".utf8) + [0, 0x0A] + Array("ok".utf8)
        let log = ReadLog(bytes, .plain)
        #expect(log.events.map(\.body.bytes) == [Array(bytes[..<4]), Array(bytes[5..<9]), Array("ok".utf8)])
        #expect(log.faults[.invalidUTF8] == 1)
        #expect(log.faults[.nulBytes] == 1)
    }

    @Test("counts lines with nothing in them")
    func blank() {
        let log = ReadLog("\na\n   \n\t\nb\n\n", .plain)
        #expect(log.bodies == ["a", "b"])
        #expect(log.counts.lines == 6)
        #expect(log.counts.skippedLines == 4)
        #expect(log.faults[.blankLine] == 4)
        #expect(log.faults.first.map(\.line) == [1, 3, 4, 6])
        #expect(log.addsUp)
    }

    @Test("cuts what is too long, and says so")
    func long() {
        let line = "x" + String(repeating: "y", count: 10_000_000)
        let log = ReadLog("a\n" + line + "\nb\n", .plain, chunk: 65_536)
        #expect(log.bodies.count == 3)
        #expect(log.bodies[1].utf8.count == 1 << 20)
        #expect(log.bodies[2] == "b")
        #expect(log.faults[.cutLine] == 1)
        let trace = "2026-03-01 10:15:30 ERROR a.b: x\n" + String(repeating: "\tat a.b.c(D.java:1)\n", count: 5_000)
        let cut = ReadLog(trace, .plain)
        #expect(cut.events.count == 6)
        #expect(cut.faults[.cutRecord] == 5)
        #expect(cut.addsUp)
    }
}
