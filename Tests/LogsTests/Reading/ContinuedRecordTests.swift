@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

/// Which lines without a time go on with the record above.
struct ContinuedRecordTests {
    private func stamped(_ count: Int) -> [String] { (0..<count).map { "2026-03-01 10:15:30 INFO tick \($0)" } }
    private func words(_ count: Int) -> [String] { (0..<count).map { "line \($0) of a file" } }
    private func log(_ lines: [String]) -> ReadLog { ReadLog(lines.map { $0 + "\n" }.joined(), .plain) }

    @Test func `a long record stays whole, and so do those after it`() {
        let file = log(stamped(60) + words(40) + stamped(60))
        #expect(file.events.count == 120 && file.counts.multilineRecords == 1)
        #expect(file.bodies[59].hasSuffix("line 39 of a file") && file.addsUp)
    }

    @Test(arguments: [
        [
            "[2026-03-01 10:15:30 UTC] PHP Fatal error:  bad in x.php:3", "Stack trace:", "#0 y.php(9): f()",
            "#1 {main}",
        ],
        ["2026-03-01T10:15:30Z ERROR query failed", "SELECT *", "FROM orders", "WHERE id = 3", "LIMIT 1"],
        [
            "2026-03-01T10:15:30Z INFO app: start", "thread 'main' panicked at src/main.rs:4:5:", "index out of bounds",
            "stack backtrace:", "   0: rust_begin_unwind", "note: run with `RUST_BACKTRACE=1`",
        ],
    ])
    func `the hundredth copy of a trace is read as the first`(trace: [String]) {
        let copies = log((0..<100).flatMap { _ in trace })
        #expect(copies.bodies == Array(repeating: trace.joined(separator: "\n"), count: 100))
    }

    @Test func `a log that has no times any more is read line by line`() {
        // The last record with a time takes as many lines as there were records before it, and ten at the start of a log.
        let late = log(stamped(20) + words(100))
        #expect(late.events.count == 20 + 100 - 19 && late.addsUp)
        let early = log(stamped(1) + words(30))
        #expect(early.events.count == 1 + 30 - 10 && early.addsUp)
    }

    @Test func `a record is cut where it is too long, and its log read line by line until there are times again`() {
        let log = log(stamped(2_000) + words(1_500) + stamped(20) + ["rest"])
        #expect(log.events.count == 2_000 + 501 + 20)
        #expect(log.faults[.cutRecord] == 1 && log.addsUp)
        #expect(log.bodies.last == "2026-03-01 10:15:30 INFO tick 19\nrest")
    }

    @Test func `the line below a level and a category is the message`() {
        let text = """
            fail: Shop.Orders[0]
                  cannot save order 7
                  System.InvalidOperationException: bad
                     at Shop.Orders.Save()
            info: Shop.Hosting.Lifetime[14]
                  now listening
            dbug: Shop.Cart[3]
                  loaded

            """
        let log = ReadLog(text, .plain)
        #expect(log.messages == ["cannot save order 7", "now listening", "loaded"])
        #expect(log.events.map(\.severityNumber) == [17, 9, 5] && log.addsUp)
        let stamped = ReadLog("2026-03-01 10:15:30 warn: Shop.Cart[3]\n      slow\n", .plain)
        #expect(stamped.messages == ["slow"] && stamped.events.map(\.severityNumber) == [13])
    }

    @Test func `a trace below a level and a name is none`() {
        let log = ReadLog("2026-03-01 10:15:30 ERROR app.StoreException\n\tat app.Store.write(Store.java:12)\n", .plain)
        #expect(log.messages == ["app.StoreException"])
    }

    @Test(arguments: [("fail", 17), ("erro", 17), ("warn", 13), ("crit", 18), ("dbug", 5), ("trce", 1)])
    func `the short words of loggers are levels`(word: String, number: Int) {
        let log = ReadLog("2026-03-01 10:15:30 \(word): disk\n", .plain)
        #expect(log.messages == ["disk"] && log.events.map { Int($0.severityNumber) } == [number])
    }
}
