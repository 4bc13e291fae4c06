import Logs
import Records
import Testing

struct LogWindowsTests {
    static let log = Array(
        (1...30).map { number in
            number % 3 == 0
                ? "user u\(number) logged in from 10.0.0.\(number)\n" : "sent \(number) bytes to 10.1.1.\(number):80\n"
        }.joined().utf8)

    @Test func `a log is cut into windows of lines`() {
        let windows = LogWindows(of: Self.log, window: 12)
        #expect(windows.lines == 30)
        #expect(windows.sessions.map(\.id) == ["1", "13", "25"])
        #expect(windows.sessions.map(\.signatures.count) == [12, 12, 6])
        #expect(Set(windows.sessions.flatMap(\.signatures)).count == 2)
        #expect(Set(windows.templates.keys) == Set(windows.sessions.flatMap(\.signatures)))
    }

    @Test func `known templates give their ids to lines that fit, and others a new one`() throws {
        let windows = LogWindows(of: Self.log, window: 30)
        let again = LogWindows(
            of: Array("sent 99 bytes to 10.9.9.9:80\nout of memory\n".utf8), window: 30, firstLine: 31,
            known: windows.templates)
        let session = try #require(again.sessions.first)
        #expect(session.id == "31")
        #expect(session.signatures[0] == windows.sessions[0].signatures[0])
        #expect(!windows.templates.keys.contains(session.signatures[1]))
        #expect(again.templates[session.signatures[1]] == "out of memory")
    }

    @Test func `every line learned from fits the template it was given`() {
        let windows = LogWindows(of: Self.log, window: 30)
        let again = LogWindows(of: Self.log, window: 30, known: windows.templates)
        #expect(again.sessions == windows.sessions)
    }

    @Test func `a log of nothing has no window`() {
        #expect(LogWindows(of: [], window: 5).sessions.isEmpty)
    }
}
