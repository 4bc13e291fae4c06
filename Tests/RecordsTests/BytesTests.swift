import Statistics
import Testing

@testable import Records

struct BytesTests {
    private func number(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBytes { DecimalScanner.number($0) }
    }

    @Test(arguments: [
        "0", "-0", "+5", "1.5", ".5", "5.", "-12.0625", "1e3", "1E-3", "1.25e+2", "9007199254740993", "0.1",
        "123456789012345678901234567890",
        "1e23", "8.5e-324", "1.7976931348623157e308", "2.2250738585072011e-308", "0.000000000000000000000000000001",
        "1e-9999",
        "00012", "3.14159265358979323846264338327950288",
    ])
    func `numbers are read to the nearest Double`(text: String) {
        #expect(number(text) == Double(text))
    }

    @Test(arguments: [
        "", "-", "+", ".", "e5", "1e", "1e+", "1e5x", "nan", "inf", "infinity", "0x10", "1 ", " 1", "1,5", "1_000",
        "--1", "1.2.3", "1e999", "１",
    ])
    func `these are no numbers`(text: String) {
        #expect(number(text) == nil)
    }

    @Test func `a number is read as Swift reads it`() {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            #expect(number("\(value)") == value)
            let short = Double(Int.random(in: -9_999_999...9_999_999, using: &generator)) / 1_000
            #expect(number("\(short)") == short)
        }
    }

    @Test func `equal bytes have equal numbers and only those`() {
        let interner = ByteInterner()
        var known: [[UInt8]: Int32] = [:]
        var generator = SplitMix64(seed: 6)
        for _ in 0..<60_000 {
            // Few letters and all lengths around the borders of 4, 8 and 16 bytes, so that many differ in one byte.
            let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                UInt8.random(in: 97...98, using: &generator)
            }
            let (code, isNew) = bytes.withUnsafeBytes { interner.intern($0) }
            if let expected = known[bytes] {
                #expect(code == expected && !isNew)
            } else {
                #expect(isNew && Int(code) == known.count)
                known[bytes] = code
            }
            #expect(bytes.withUnsafeBytes { interner.code(of: $0) } == code)
        }
        #expect(interner.count == known.count)
        let strings = interner.strings()
        for (bytes, code) in known { #expect(Array(strings[Int(code)].utf8) == bytes) }
        #expect([UInt8](repeating: 99, count: 5).withUnsafeBytes { interner.code(of: $0) } == nil)
    }

    @Test func `long texts that differ only in the middle are told apart`() {
        let interner = ByteInterner()
        let texts = (0..<100).map { "a common beginning \(1_000 + $0) and a common end" }
        for text in texts + texts { _ = Array(text.utf8).withUnsafeBytes { interner.intern($0) } }
        #expect(interner.strings() == texts)
    }

    @Test func `lines are cut wherever the chunks are`() {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<300 {
            let letters = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                "ab\n\r".utf8.randomElement(using: &generator) ?? 97
            }
            var expected = letters.split(separator: 10, omittingEmptySubsequences: false).map { line in
                Array(line.last == 13 ? line.dropLast() : line)
            }
            if letters.isEmpty || letters.last == 10 { expected.removeLast() }
            var lines: [[UInt8]] = []
            var numbers: [Int] = []
            var splitter = LineSplitter()
            func take(_ line: LineSplitter.Line) {
                lines.append(Array(line.bytes))
                numbers.append(line.number)
            }
            var start = 0
            while start < letters.count {
                let end = min(letters.count, start + Int.random(in: 1...9, using: &generator))
                Array(letters[start..<end]).withUnsafeBytes { splitter.feed($0, take) }
                start = end
            }
            splitter.finish(take)
            #expect(lines == expected)
            #expect(numbers == Array(1...(lines.count + 1)).dropLast())
        }
    }
}
