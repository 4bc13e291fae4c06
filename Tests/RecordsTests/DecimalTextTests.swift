import Records
import Testing

struct DecimalTextTests {
    private func text(_ number: Double) -> String {
        let bytes = [UInt8](unsafeUninitializedCapacity: DecimalText.longest) { target, count in
            count = target.baseAddress.map { DecimalText.write(number, to: $0) } ?? 0
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (10, "10"), (0.5, "0.5"), (-0.25, "-0.25"),
            (0.000001, "0.000001"),
            (0.0000004, "0"), (-0.0000004, "0"), (0.0000005, "0.000001"), (0.9999996, "1"), (-0.9999996, "-1"),
            (123.456, "123.456"), (90.2641459, "90.264146"), (1_000_000, "1000000"), (7_731.0065, "7731.0065"),
            (8_999_999_999.5, "8999999999.5"), (0.1 + 0.2, "0.3"), (99.0000010, "99.000001"),
        ] as [(Double, String)])
    func `six decimals at most, by hand`(number: Double, expected: String) {
        #expect(text(number) == expected)
    }

    @Test(arguments: [1e10, -12_345_678_901.5, 1e300, -.greatestFiniteMagnitude])
    func `large numbers keep all their digits`(number: Double) {
        #expect(Double(text(number)) == number)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `what is not finite is null`(number: Double) {
        #expect(text(number) == "null")
    }

    @Test(
        arguments: [
            ("", ""), ("plain ü🙂", "plain ü🙂"), ("a\"b\\c", #"a\"b\\c"#), ("\u{1}\n", #"\u0001\u000a"#),
            (String(repeating: "x", count: 300), String(repeating: "x", count: 300)),
        ] as [(String, String)])
    func `text is escaped where JSON asks for it`(text: String, inside: String) {
        var line = JSONLineWriter(capacity: 1)
        line.value(text)
        line.literal(",")
        line.value(-2.5)
        #expect(String(decoding: line.bytes, as: UTF8.self) == "\"\(inside)\",-2.5")
    }
}
