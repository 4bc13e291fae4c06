/// The pairs of a line of logfmt, one after the other.
struct LogfmtLine {
    struct Pair {
        let key: Range<Int>
        /// The value without its quotes; nil for a key alone.
        var value: Range<Int>?
        var hasEscapes = false
    }

    private var scanner: LineScanner

    init(_ line: UnsafeRawBufferPointer) {
        scanner = LineScanner(line)
    }

    /// The next pair; nil at the end of the line.
    mutating func next() -> Pair? {
        while let byte = scanner.byte, byte <= 0x20 || byte == UInt8(ascii: "=") { scanner.position += 1 }
        let start = scanner.position
        while let byte = scanner.byte, byte > 0x20, byte != UInt8(ascii: "=") { scanner.position += 1 }
        guard scanner.position > start else { return nil }
        var pair = Pair(key: start..<scanner.position)
        guard scanner.skip(UInt8(ascii: "=")) else { return pair }
        if let value = scanner.quoted() {
            pair.value = value
            pair.hasEscapes = scanner.text(value).contains(UInt8(ascii: "\\"))
            return pair
        }
        let first = scanner.position
        while let byte = scanner.byte, byte > 0x20 { scanner.position += 1 }
        pair.value = first..<scanner.position
        return pair
    }

    /// Whether a line begins with a pair whose key is a name, and at least as much of it is pairs as is not.
    static func isOne(_ line: UnsafeRawBufferPointer) -> Bool {
        var pairs = LogfmtLine(UnsafeRawBufferPointer(rebasing: line.prefix(4_096)))
        var balance = 0
        var isFirst = true
        while let pair = pairs.next() {
            let isPair = pair.value != nil && isName(pairs.scanner.text(pair.key))
            if isFirst, !isPair { return false }
            isFirst = false
            balance += isPair ? 1 : -1
        }
        return !isFirst && balance >= 0
    }

    private static func isName(_ key: UnsafeRawBufferPointer) -> Bool {
        key.allSatisfy { TimeScanner.isWord($0) || "._-@/:".utf8.contains($0) }
    }
}
