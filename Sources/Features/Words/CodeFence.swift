/// The marks that set a block apart as code, alone in a line or at an end of one.
enum CodeFence {
    private static let openings: [StaticString] = ["```", "~~~", "{code", "{noformat", "[code", "[/code]"]
    private static let closings: [StaticString] = ["```", "{code}", "{noformat}", "[/code]"]

    /// The most bytes of a line that is read for marks.
    private static let longest = 1_000

    /// Whether a line begins or ends with a mark.
    static func isFence(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        switch line[0] {
        case UInt8(ascii: "`"), UInt8(ascii: "~"), UInt8(ascii: "{"), UInt8(ascii: "["):
            if line.count <= longest, openings.contains(where: { line.starts(with: $0) }) { return true }
        default: break
        }
        switch line[line.count - 1] {
        case UInt8(ascii: "`"), UInt8(ascii: "}"), UInt8(ascii: "]"):
            return line.count <= longest && closings.contains { line.ends(with: $0) }
        default: return false
        }
    }

    /// Settles the lines with marks, and gives what stands between two of them to the machine.
    ///
    /// A block without an end is none.
    static func settle(_ lines: inout [MessageLine], in bytes: UnsafeBufferPointer<UInt8>) {
        var opened: Int?
        for place in lines.indices where lines[place].kind == .fence {
            let line = UnsafeBufferPointer(rebasing: bytes[lines[place].words])
            let marks = marks(line)
            if marks.count.isMultiple(of: 2) {
                lines[place].kind = .pasted
            } else if let start = opened, !isOpening(line, marks) {
                for inner in (start + 1)..<place where lines[inner].kind != .blank { lines[inner].kind = .pasted }
                lines[place].kind = marks.first == 0 ? .left : .pasted
                opened = nil
            } else {
                keepWords(&lines[place], before: marks.first ?? 0, bytes)
                opened = place
            }
        }
    }

    /// What is said before a block begins in the same line.
    private static func keepWords(_ line: inout MessageLine, before mark: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        let start = line.words.lowerBound
        let words = MessageLine.trimmed(start..<start + mark, bytes)
        line.kind = words.isEmpty ? .left : .said
        if !words.isEmpty { line.words = words }
    }

    /// Where marks stand in a line.
    private static func marks(_ line: UnsafeBufferPointer<UInt8>) -> [Int] {
        var marks: [Int] = []
        var place = 0
        while place < line.count {
            let rest = UnsafeBufferPointer(rebasing: line[place...])
            let isMark = "`~{[".utf8.contains(line[place]) && openings.contains { rest.starts(with: $0) }
            if isMark { marks.append(place) }
            place += isMark ? 3 : 1
        }
        return marks
    }

    /// Whether a mark says itself that a block begins: it names a language.
    private static func isOpening(_ line: UnsafeBufferPointer<UInt8>, _ marks: [Int]) -> Bool {
        guard let mark = marks.first else { return false }
        let rest = UnsafeBufferPointer(rebasing: line[mark...])
        return rest.starts(with: "{code:") || rest.starts(with: "{noformat:") || rest.starts(with: "[code")
    }
}
