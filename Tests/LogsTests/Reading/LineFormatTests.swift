@_spi(RawText) import Logs
@_spi(RawText) import Records
import Testing

@Suite("Logfmt and access logs")
struct LineFormatTests {
    @Test("logfmt: pairs, quotes, escapes and keys alone")
    func logfmt() throws {
        let log = ReadLog(
            #"ts=2026-03-01T10:15:30Z level=warn msg="slow \"query\"" took=12ms cached trace_id=0123456789abcdef0123456789abcdef"#
        )
        #expect(log.format == .logfmt)
        let event = try #require(log.events.first)
        #expect(log.bodies == [#"slow "query""#])
        #expect(event.time == nanoseconds("2026-03-01T10:15:30Z"))
        #expect(event.severityNumber == 13)
        #expect(event.attribute("took") == "12ms")
        #expect(event.attribute("cached") == "true")
        #expect(event.attribute("level") == nil)
        #expect(event.traceID?.description == "0123456789abcdef0123456789abcdef")
    }

    @Test("logfmt: lines of words stay whole")
    func words() {
        let log = ReadLog("level=info msg=a\nthis is a=b sentence\nlevel=info msg=c\n", .logfmt)
        #expect(log.bodies == ["a", "this is a=b sentence", "c"])
        #expect(log.faults[.notThisFormat] == 1)
    }

    @Test("access: the combined form")
    func combined() throws {
        let log = ReadLog(
            #"192.0.2.7 - ann [01/Mar/2026:12:15:30 +0200] "GET /cart?id=7 HTTP/1.1" 503 2326 "https://shop.example/" "Agent (1.0)""#
        )
        #expect(log.format == .access)
        let event = try #require(log.events.first)
        #expect(event.time == nanoseconds("2026-03-01T10:15:30Z"))
        #expect(event.severityNumber == 17)
        #expect(event.attribute("client.address") == "192.0.2.7")
        #expect(event.attribute("user.name") == "ann")
        #expect(event.attribute("http.request.method") == "GET")
        #expect(event.attribute("url.original") == "/cart?id=7")
        #expect(event.attribute("network.protocol.version") == "1.1")
        #expect(event.attribute("http.response.status_code") == "503")
        #expect(event.attribute("http.response.body.size") == "2326")
        #expect(event.attribute("http.request.header.referer") == "https://shop.example/")
        #expect(event.attribute("user_agent.original") == "Agent (1.0)")
        #expect(log.messages.first?.hasPrefix("\"GET /cart") == true)
    }

    @Test("access: the common form, without a size, and what is none")
    func common() {
        let log = ReadLog(
            "::1 - - [01/Mar/2026:10:15:30 +0000] \"GET / HTTP/1.0\" 404 -\n::1 - - [yesterday] \"GET /\" 200 1\n",
            .access)
        #expect(log.events.map(\.severityNumber) == [13, 9])
        #expect(log.events[0].attribute("http.response.body.size") == nil)
        #expect(log.faults[.notThisFormat] == 1)
        #expect(log.addsUp)
    }
}
