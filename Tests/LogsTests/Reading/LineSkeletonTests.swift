@_spi(RawText) import Logs
@_spi(RawText) import Records
import Statistics
import Testing

/// Lines of one form are read by comparing: each gives what it gives to a reader that has seen no other.
struct LineSkeletonTests {
    private static let values = [
        "0", "7", "-7", "00", "1e3", "1.5", "-0", "999999999999999999", "1000000000000000000", "9223372036854775808",
        "12345678901234567890", "true", "null",
        #""""#, #""a""#, #""a b""#, #""é""#, #""a\nb""#, #""\"""#, #""\u0041""#, "\"\u{7F}\"", "\"\u{1}\"",
        #""1772360130000000000""#, "{}", "[]", #"{"a":1}"#, #"[1,"b"]"#, "tru",
        "01", "+1", "1.", #""open"#,
    ]
    private static let forms = [
        #"{"timeUnixNano":?,"severityNumber":?,"body":?,"attributes":{"tenant.id":?}}"#,
        #"{"body":?,"resource":{"host.name":?,"n":[?,{"x":?}]},"attributes":{"n":?,"o":{"p":?,"q":{}}},"log":{"level":?}}"#,
        #"{"a":?,"a":?}"#, #"{ "msg" : ? , "level" : ? }"#, #"{"msg":?} "#, #"{"":?,"?":?}"#,
        #"{"k":?,"traceId":?,"time":?}"#,
    ]

    private static func line(_ generator: inout SplitMix64) -> String {
        let form = forms[Int.random(in: 0..<forms.count, using: &generator)]
        // Mostly values of one kind, so that lines are of a form that came before.
        let rare = Int.random(in: 0..<3, using: &generator) == 0
        var line = form.map { byte -> String in
            guard byte == "?" else { return String(byte) }
            if rare { return values[Int.random(in: 0..<values.count, using: &generator)] }
            return Bool.random(using: &generator)
                ? "\"w\(Int.random(in: 0..<1_000, using: &generator))\""
                : String(Int.random(in: 0..<1_000, using: &generator))
        }.joined()
        if Int.random(in: 0..<8, using: &generator) == 0 {
            let place = line.index(line.startIndex, offsetBy: Int.random(in: 0..<line.count, using: &generator))
            line.replaceSubrange(
                place...place,
                with: [#"""#, "\\", "}", ",", "0", ".", " ", "", "x"][Int.random(in: 0..<9, using: &generator)])
        }
        return line
    }

    @Test(arguments: 1...4)
    func `a line is read as if it were the only one`(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let lines = (0..<2_000).map { _ in Self.line(&generator) }
        let together = ReadLog(lines.map { $0 + "\n" }.joined(), .json)
        let alone = lines.map { ReadLog($0 + "\n", .json) }
        // Lines that are no JSON are text, and may be parts of one record; those with a time have a header.
        func isRead(_ event: LogEvent) -> Bool {
            !event.attributes.isEmpty || event.time != nil && event.messageOffset == 0
        }
        #expect(together.events.filter(isRead) == alone.flatMap(\.events).filter(isRead))
        #expect(together.addsUp)
        for kind in LogFault.Kind.allCases {
            #expect(together.faults[kind] == alone.reduce(0) { $0 + $1.faults[kind] }, "\(kind)")
        }
    }
}
