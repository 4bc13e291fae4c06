@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

@Suite("Syslog")
struct SyslogTests {
    @Test("of RFC 5424 is read with its structured data")
    func versioned() throws {
        let log = ReadLog(
            "<165>1 2026-03-01T10:15:30.003Z web.example.org billing 4242 ID47 "
                + #"[meta@32473 part="a\"b" n="3"][x@1 y="z"] "# + "\u{FEFF}invoice 17 sent")
        #expect(log.format == .syslog)
        let event = try #require(log.events.first)
        #expect(log.messages == ["invoice 17 sent"])
        #expect(event.time == nanoseconds("2026-03-01T10:15:30.003Z"))
        #expect(event.severityNumber == 10)
        #expect(event.attribute("syslog.facility") == "20")
        #expect(event.resource("host.name") == "web.example.org")
        #expect(event.resource("service.name") == "billing")
        #expect(event.attribute("syslog.procid") == "4242")
        #expect(event.attribute("syslog.msgid") == "ID47")
        #expect(event.attribute("meta@32473.n") == "3")
        #expect(event.attribute("x@1.y") == "z")
        #expect(log.faults.counts.isEmpty)
    }

    @Test(
        "of RFC 3164 is read in the ways that it is written",
        arguments: [
            ("<34>Mar  1 10:15:30 web su[99]: 'su root' failed", "web", "su", "99", "'su root' failed"),
            ("<34>Mar  1 10:15:30 web su: failed", "web", "su", nil, "failed"),
            ("<34>Mar  1 10:15:30 su[99]: failed", nil, "su", "99", "failed"),
            ("<34>2026-03-01T10:15:30Z web su: failed", "web", "su", nil, "failed"),
            ("<34>42: Mar  1 10:15:30: %LINK-3-UPDOWN: down", nil, "%LINK-3-UPDOWN", nil, "down"),
            ("<34>just words", nil, nil, nil, "just words"),
        ] as [(String, String?, String?, String?, String)])
    func old(_ line: String, _ host: String?, _ name: String?, _ pid: String?, _ message: String) throws {
        let log = ReadLog(line, .syslog)
        let event = try #require(log.events.first)
        #expect(log.messages == [message])
        #expect(event.resource("host.name") == host)
        #expect(event.resource("service.name") == name)
        #expect(event.attribute("syslog.procid") == pid)
        #expect(event.severityNumber == 18)
        #expect(line.contains("words") == (event.time == nil))
    }

    @Test("takes the year of a time without one from when it was read")
    func year() {
        let log = ReadLog("<34>Mar  1 10:15:30 web su: a\n<34>Dec 31 10:15:30 web su: b", .syslog)
        #expect(log.events.map(\.time) == [nanoseconds("2026-03-01T10:15:30Z"), nanoseconds("2025-12-31T10:15:30Z")])
    }

    @Test("is framed by counts of octets and by lines, also mixed", arguments: [1, 3, 10, 10_000])
    func framing(_ chunk: Int) {
        let message = "<34>1 2026-03-01T10:15:30Z web app - - - two\nlines"
        let counted = "\(message.utf8.count) \(message)"
        let log = ReadLog(
            counted + counted + "<34>1 2026-03-01T10:15:30Z web app - - - one\r\n" + counted, .syslog, chunk: chunk)
        #expect(log.messages == ["two", "two", "one", "two"])
        #expect(log.bodies.last?.hasSuffix("two\nlines") == true)
        #expect(log.faults.counts.isEmpty)
        #expect(ReadLog(counted + counted.dropLast(4), .syslog, chunk: chunk).faults[.cutShort] == 1)
    }

    @Test("keeps lines that are none")
    func others() {
        let log = ReadLog("<34>1 - - - - - - a\nno priority\n<999>x\n<34>1 - - - - - - b\n", .syslog)
        #expect(log.messages == ["a", "no priority", "<999>x", "b"])
        #expect(log.faults[.notThisFormat] == 2)
        #expect(log.addsUp)
    }
}
