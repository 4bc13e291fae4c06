import Logs
import Records
import Testing

struct LogWindowingTests {
    static let redactor = Redactor(key: Array(repeating: 7, count: 32))

    /// The windows of a log whose records are its lines, in the given format or the one that is found.
    func windows(
        _ log: String, _ window: LogWindow, known: [String: String] = [:], format: LogFormat? = nil
    ) throws -> (LogWindows, LogWindowing) {
        let redactor = try #require(Self.redactor)
        var windowing = LogWindowing(window: window, redactor: redactor, known: known)
        var stream = LogStream(format: format, observedTime: 1_900_000_000_000_000_000)
        var batch = LogBatch()
        stream.read(Array(log.utf8), into: &batch)
        stream.finish(into: &batch)
        windowing.add(batch)
        let windows = windowing.take(isWhole: true)
        return (windows, windowing)
    }

    static let log = (1...30).map { number in
        number % 3 == 0
            ? "user u\(number) logged in from 10.0.0.\(number)\n" : "sent \(number) bytes to 10.1.1.\(number):80\n"
    }.joined()

    @Test func `a log is cut into windows of records`() throws {
        let (windows, windowing) = try windows(Self.log, .records(12))
        #expect(windowing.records == 30)
        #expect(windows.sessions.map(\.id) == ["1", "13", "25"])
        #expect(windows.sessions.map(\.signatures.count) == [12, 12, 6])
        #expect(Set(windows.sessions.flatMap(\.signatures)).count == 2)
        #expect(Set(windows.templates.keys) == Set(windows.sessions.flatMap(\.signatures)))
    }

    @Test func `windows of minutes follow the times of the records, not gaps nor disorder`() throws {
        func line(_ time: String, _ number: Int) -> String {
            #"{"time": "2024-05-06T\#(time)Z", "level": "info", "message": "step \#(number) done"}"# + "\n"
        }
        let log =
            line("09:30:10", 1) + line("09:34:59", 2) + line("09:35:00", 3) + line("09:34:58", 4) + line("11:00:00", 5)
        let (windows, windowing) = try windows(log, .minutes(5))
        #expect(windows.sessions.map(\.id) == ["1", "3", "5"])
        #expect(windows.sessions.map(\.signatures.count) == [2, 2, 1])
        #expect(windowing.recordsWithoutTime == 0)
    }

    @Test func `records of several lines are one, and headers no part of them`() throws {
        let log = (0..<20).map { number in
            "2024-05-06 09:30:\(10 + number),123 ERROR [main] app.Job - job \(number) failed\n"
                + "java.lang.IllegalStateException: no\n\tat app.Job.run(Job.java:\(number))\n"
        }.joined()
        let (windows, windowing) = try windows(log, .records(20))
        #expect(windowing.records == 20)
        #expect(windows.sessions.count == 1)
        #expect(windows.templates.count == 1)
        #expect(!(windows.templates.values.first ?? "2024").contains("2024"))
    }

    @Test func `only complete windows are handed out before the end`() throws {
        var windowing = LogWindowing(window: .records(4), redactor: try #require(Self.redactor))
        var stream = LogStream(format: .plain, observedTime: 0)
        var batch = LogBatch()
        stream.read(Array("a b\na b\na b\na b\na b\na b\n".utf8), into: &batch)
        stream.finish(into: &batch)
        windowing.add(batch)
        #expect(windowing.take(isWhole: false).sessions.map(\.id) == ["1"])
        #expect(windowing.waiting == 2)
        #expect(windowing.take(isWhole: true).sessions.map(\.id) == ["5"])
        #expect(windowing.take(isWhole: true).sessions.isEmpty)
    }

    @Test func `known templates give their ids to records that fit, and others a new one`() throws {
        let (windows, _) = try windows(Self.log, .records(30))
        let (again, _) = try self.windows(
            "sent 99 bytes to 10.9.9.9:80\nout of memory\n", .records(30), known: windows.templates)
        let session = try #require(again.sessions.first)
        #expect(session.signatures[0] == windows.sessions[0].signatures[0])
        #expect(!windows.templates.keys.contains(session.signatures[1]))
        #expect(again.templates[session.signatures[1]] == "out of memory")
    }

    @Test func `every record learned from fits the template it was given`() throws {
        let (windows, _) = try windows(Self.log, .records(30))
        let (again, _) = try self.windows(Self.log, .records(30), known: windows.templates)
        #expect(again.sessions == windows.sessions)
    }

    @Test func `people's data are no part of a template, and records are known again all the same`() throws {
        let log = (0..<12).map { _ in "mail to anna.bianchi@example.org refused\n" }.joined()
        let (windows, _) = try windows(log, .records(4))
        #expect(windows.templates.count == 1)
        #expect(windows.templates.values.allSatisfy { !$0.contains("anna") && !$0.contains("example.org") })
        let (again, _) = try self.windows(log, .records(4), known: windows.templates)
        #expect(again.sessions == windows.sessions)
    }

    @Test func `a log of nothing has no window`() throws {
        #expect(try windows("", .records(5)).0.sessions.isEmpty)
    }
}
