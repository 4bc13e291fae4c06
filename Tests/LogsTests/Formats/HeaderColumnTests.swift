import Foundation
@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

/// What stands before a colon, in brackets or before a dash is a column where most lines of the log have one, and the
/// subject of the message elsewhere.
struct HeaderColumnTests {
    private static let texts = [
        "DNS: no answer", "LDAP: no answer", "no answer", "KeyError: no answer", "OrderService: no answer", "ready",
        "[billing] no answer", "HikariPool-1: no answer", "Redis - no answer", "PG: lost quorum",
    ]
    private static let headers = [
        "2026-03-01 10:15:30 ERROR ", "2026-03-01 10:15:30,123 - app.worker - ERROR - ", "[2026-03-01 10:15:30] ERROR ",
        "[Sun Mar 01 10:15:30 2026] [error] ", "2026-03-01 10:15:30.123 [ERR] ",
        "2026-03-01 10:15:30,123 ERROR [main] com.example.Worker: ",
        "2026-03-01 10:15:30.123 [main] ERROR com.example.Worker - ",
        "2026-03-01 10:15:30.123 ERROR 1 --- [main] c.e.Worker    : ", "2026/03/01 10:15:30 ",
        "2026/03/01 10:15:30 main.go:12: ", "E0301 10:15:30.123456    1 kubelet.go:12] ",
        "2026-03-01T10:15:30.123Z\tERROR\tapp/main.go:12\t", "2026-03-01T10:15:30.123Z\terror\tstore\tapp/main.go:12\t",
        "Mar  1 10:15:30 web1 app[12]: ", "2026-03-01 10:15:30.123 UTC [12] ERROR:  ",
        "2026-03-01 10:15:30.123 UTC [12] LOG:  ", "E, [2026-03-01T10:15:30.123456 #12] ERROR -- : ",
        "[2026-03-01T10:15:30Z ERROR app::worker] ", "2026-03-01T10:15:30.123456Z ERROR app::worker: ",
        "2026-03-01 10:15:30|ERROR|app.Worker|", "2026-03-01T10:15:30.123Z error: ",
        "web-1  | 2026-03-01T10:15:30.123Z ERROR ",
    ]

    @Test(arguments: headers)
    func `the subject of a message stays in it, from the first line on`(header: String) {
        let texts = (0..<4).flatMap { _ in Self.texts }
        let log = texts.map { header + $0 + "\n" }.joined()
        #expect(ReadLog(log).messages == texts)
        #expect(ReadLog(log, chunk: 7).messages == texts)
    }

    @Test func `an exception's name is no logger's, even in every line`() {
        let texts = ["PaymentError: timed out", "SearchException: timed out", "MailerFailure: timed out"]
        #expect(ReadLog(texts.map { "2026-03-01 10:15:30 ERROR \($0)\n" }.joined()).messages == texts)
    }

    @Test(arguments: ["OperationalError:", "SQL failed:", "Payload:", "[main]"])
    func `something is left to be the message`(text: String) {
        #expect(ReadLog("2026-03-01 10:15:30 ERROR \(text)\n").messages == [text])
        #expect(ReadLog("2026-03-01 10:15:30 [main] ERROR a.b.C - \(text)\n").messages == [text])
    }

    @Test func `a name that nearly all lines have is the logger's`() {
        let texts = (0..<19).map { "step \($0)" }
        let lines = texts.map { "2026-03-01 10:15:30 INFO Worker\($0.count): \($0)\n" }
        let log = ReadLog(lines.joined() + "2026-03-01 10:15:30 INFO restarted\n")
        #expect(log.messages == texts + ["restarted"])
    }

    @Test func `each layout of a log is asked for itself`() {
        let lines = (0..<20).map { number in
            number % 2 == 0
                ? "2026-03-01 10:15:30 INFO [main] a.b.C: step"
                : "2026-03-01 10:15:30 \(number % 4 == 1 ? "DNS: " : "")step"
        }
        let log = ReadLog(lines.map { $0 + "\n" }.joined())
        #expect(Set(log.messages) == ["step", "DNS: step"])
        #expect(log.messages.count { $0 == "DNS: step" } == 5)
    }

    @Test func `a reader goes on with the columns of its checkpoint`() throws {
        let lines = (0..<40).map { "2026-03-01 10:15:30 ERROR \(Self.texts[$0 % Self.texts.count])\n" }
        var reader = LogReader(format: .plain, observedTime: ReadLog.now)
        var batch = LogBatch()
        reader.read(Array(lines[..<20].joined().utf8), into: &batch)
        let text = try JSONEncoder().encode(reader.checkpoint)
        let checkpoint = try JSONDecoder().decode(LogCheckpoint.self, from: text)
        #expect(checkpoint == reader.checkpoint && checkpoint.layouts?.isEmpty == false)
        func offsets(_ reader: inout LogReader, _ lines: ArraySlice<String>) -> [UInt32] {
            batch.removeAll()
            reader.read(Array(lines.joined().utf8), into: &batch)
            reader.flush(into: &batch)
            return batch.records.map(\.messageOffset)
        }
        // The record that was open is read again.
        var resumed = LogReader(resuming: checkpoint, format: .plain, observedTime: ReadLog.now)
        let after = offsets(&resumed, lines[19...])
        #expect(after == offsets(&reader, lines[20...]))
        #expect(after == Array(repeating: 26, count: 21))
    }
}
