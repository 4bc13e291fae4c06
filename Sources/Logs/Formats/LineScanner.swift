/// Goes through the bytes of one line from the left.
struct LineScanner {
    let line: UnsafeRawBufferPointer
    var position = 0

    init(_ line: UnsafeRawBufferPointer) {
        self.line = line
    }

    /// The next byte; nil at the end.
    var byte: UInt8? { position < line.count ? line[position] : nil }

    mutating func skip(_ expected: UInt8) -> Bool {
        guard byte == expected else { return false }
        position += 1
        return true
    }

    /// The bytes up to a space, which is passed; nil when there are none.
    mutating func word() -> Range<Int>? {
        let start = position
        while let byte, byte != 0x20 { position += 1 }
        guard position > start else { return nil }
        defer { position = min(position + 1, line.count) }
        return start..<position
    }

    /// A text in quotes without them; a backslash takes the next byte with it.
    ///
    /// Nil when none stands here or it does not end.
    mutating func quoted() -> Range<Int>? {
        let start = position
        guard skip(UInt8(ascii: "\"")) else { return nil }
        while let byte {
            position += 1
            if byte == UInt8(ascii: "\"") { return start + 1..<position - 1 }
            if byte == UInt8(ascii: "\\") { position += 1 }
        }
        position = start
        return nil
    }

    /// A number without a sign of at most so many digits.
    mutating func number(upTo digits: Int) -> Int? {
        let start = position
        var number = 0
        while let byte, byte &- 48 < 10 {
            guard position - start < min(digits, 18) else { return nil }
            number = number * 10 + Int(byte &- 48)
            position += 1
        }
        return position > start ? number : nil
    }

    /// The bytes of a range.
    func text(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: line[range])
    }

    /// Whether a range is a dash, which stands for nothing in syslog and access logs.
    func isNothing(_ range: Range<Int>) -> Bool {
        range.count == 1 && line[range.lowerBound] == UInt8(ascii: "-")
    }
}
