import Records
import Testing

/// Log records as JSON lines, of whose attributes only what is listed is left.
struct RecordRedactionTests {
    private func line(_ event: LogEvent, listed: [String] = []) throws -> String {
        var redaction = RecordRedaction(try Redactors.with { $0.allowedAttributes = listed })
        var output = JSONLineWriter(capacity: 16)
        redaction.write(event, to: &output)
        return String(decoding: output.bytes, as: UTF8.self)
    }

    @Test func `what a record has is written, and nothing else`() throws {
        let bare = LogEvent(observedTime: 5, body: RawText("up"))
        #expect(try line(bare) == #"{"observedTimeUnixNano":"5","severityNumber":0,"body":"up"}"# + "\n")
        let full = LogEvent(
            time: 3, observedTime: 5, severityNumber: 17, severityText: "ERROR", body: RawText("to who@example.com"),
            attributes: [LogAttribute(key: "ok", value: .flag(true)), LogAttribute(key: "none", value: .null)],
            resource: [LogAttribute(key: "gone", value: .flag(false))], traceID: TraceID(high: 1, low: 2),
            spanID: SpanID(value: 3))
        let written = try line(full)
        #expect(
            written.hasPrefix(
                #"{"timeUnixNano":"3","observedTimeUnixNano":"5","severityNumber":17,"severityText":"ERROR","body":"to <email:"#
            ))
        #expect(
            written.hasSuffix(
                #"","attributes":{"ok":true,"none":null},"resource":{"gone":false},"#
                    + #""traceId":"00000000000000010000000000000002","spanId":"0000000000000003"}"# + "\n"))
    }

    @Test func `of unlisted attributes nothing is left, whatever they are`() throws {
        let values: [LogValue] = [
            .text(RawText("violet")), .integer(4_915_112), .number(2.5), .bytes(RawText("violet")),
            .list([.text(RawText("violet"))]),
            .map([LogAttribute(key: "inner", value: .text(RawText("violet")))]),
        ]
        for value in values {
            let written = try line(
                LogEvent(observedTime: 5, body: RawText(""), attributes: [LogAttribute(key: "k", value: value)]))
            #expect(written.contains("<attribute:"))
            #expect(!written.contains("violet") && !written.contains("4915112") && !written.contains("2.5"))
        }
    }

    @Test func `what stands under a listed key is kept once it is redacted`() throws {
        let inner = LogValue.map([
            LogAttribute(key: "route", value: .text(RawText("/carts/who@example.com"))),
            LogAttribute(key: "status", value: .list([.integer(200), .number(0.5), .number(.infinity)])),
        ])
        let event = LogEvent(observedTime: 5, body: RawText(""), attributes: [LogAttribute(key: "http", value: inner)])
        for listed in [["http"], ["http.route", "http.status"]] {
            let written = try line(event, listed: listed)
            #expect(written.contains(#""route":"/carts/<email:"#))
            #expect(written.contains(#""status":[200,0.5,null]"#))
        }
        let half = try line(event, listed: ["http.status"])
        #expect(half.contains(#""route":"<attribute:"#) && half.contains("200"))
    }

    @Test func `a listed number that is a person's becomes a token, and so does a key`() throws {
        let event = LogEvent(
            observedTime: 5, body: RawText(bytes: [0x61, 0xFF]),
            attributes: [
                LogAttribute(key: "card", value: .integer(4_111_111_111_111_111)),
                LogAttribute(key: "who@example.com", value: .flag(true)),
            ])
        let written = try line(event, listed: ["card"])
        #expect(written.contains(#""card":"<card:"#) && written.contains(#""<email:"#) && written.contains("a\u{FFFD}"))
    }
}
