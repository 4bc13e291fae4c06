/// Tells the lines on which tokens uncover nothing, so that they need not be read again.
///
/// A second reading can differ from the first only where a recogniser looked at bytes that are a token now. So each finding must be of a
/// kind whose recogniser takes no more than its own bytes, and must stand between marks at which recognisers stop from both sides:
/// no number goes on over them, no word ends at them. Beyond these, only cues and what they announce reach further; they leave their
/// mark where they announced nothing. A token that is longer than its value brings no cue closer.
struct SettledLines {
    private let text: UnsafeBufferPointer<UInt8>
    private let refused: [Range<Int>]
    private var next = 0

    /// The kinds whose findings are told by their own bytes and the marks around them.
    private static func isClosed(_ kind: FindingKind) -> Bool {
        switch kind {
        case .ip, .mac, .email, .username: true
        default: false
        }
    }

    /// - Parameters:
    ///   - text: What was read.
    ///   - refused: ``TextScan/refused`` of that reading.
    init(_ text: UnsafeBufferPointer<UInt8>, refused: [Range<Int>]) {
        self.text = text
        self.refused = refused
    }

    /// Whether a line with these findings is settled once they are tokens; lines are asked for in order.
    mutating func contain(_ line: Range<Int>, _ findings: ArraySlice<Finding>) -> Bool {
        while next < refused.count, refused[next].lowerBound < line.lowerBound { next += 1 }
        var isSettled = findings.allSatisfy { isInsulated($0, line) }
        while next < refused.count, refused[next].lowerBound < line.upperBound {
            if isSettled, findings.contains(where: { $0.range.overlaps(refused[next]) }) { isSettled = false }
            next += 1
        }
        return isSettled
    }

    private func isInsulated(_ finding: Finding, _ line: Range<Int>) -> Bool {
        let (start, end) = (finding.range.lowerBound, finding.range.upperBound)
        guard Self.isClosed(finding.kind), finding.range.count <= finding.kind.name.utf8.count + RedactionToken.digits,
            isMark(byte(start - 1, line), "\n \t/[(=\""), !isAuthority(start, line), !hasDigit(start - 4..<start, line),
            isMark(byte(end, line), "\n\r \t]):;,\"")
        else { return false }
        var after = end
        if byte(end, line) == UInt8(ascii: ":") {
            // A port, with no other number behind it.
            repeat { after += 1 } while isDigit(byte(after, line)) && after - end < 7
            if after - end == 7 { return false }
        }
        return !hasDigit(after..<after + 4, line)
    }

    /// Whether `//` stands before a place: what follows in a URL is read to the end of its authority.
    private func isAuthority(_ start: Int, _ line: Range<Int>) -> Bool {
        byte(start - 1, line) == UInt8(ascii: "/") && byte(start - 2, line) == UInt8(ascii: "/")
    }

    private func hasDigit(_ range: Range<Int>, _ line: Range<Int>) -> Bool {
        range.contains { isDigit(byte($0, line)) }
    }

    private func isDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte }

    private func isMark(_ byte: UInt8, _ marks: StaticString) -> Bool {
        marks.withUTF8Buffer { $0.contains(byte) }
    }

    private func byte(_ place: Int, _ line: Range<Int>) -> UInt8 { line.contains(place) ? text[place] : 0x0A }
}
