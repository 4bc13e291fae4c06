internal import Glibc
internal import Records

/// A line of a message.
struct MessageLine {
    /// What it is.
    enum Kind: UInt8 {
        /// Nothing but blanks.
        case blank
        /// Words of the author.
        case said
        /// A line of an earlier message, marked as such.
        case quoted
        /// With a mark that sets a block apart as code.
        case fence
        /// Written by a machine, perhaps: it counts as that only beside another one.
        case perhapsPasted
        /// Written by a machine.
        case pasted
        /// Neither said nor pasted: a greeting, a signature, a header.
        case left
    }

    /// What it is.
    var kind: Kind
    /// The line without the blanks around it.
    var words: Range<Int>
    /// Whether blanks stand before the words.
    let isIndented: Bool

    /// The most bytes of words that are read: the author has more to say than is kept, and no machine is to blame.
    private static let read = 4 * MessageWords.kept

    /// The lines of a text; empty ones too, so that paragraphs can be told.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - isUnquoting: Whether the marks of quoted lines are left out, so that these are lines as any.
    static func split(_ bytes: UnsafeBufferPointer<UInt8>, isUnquoting: Bool = false) -> [MessageLine] {
        guard let base = bytes.baseAddress else { return [] }
        var lines: [MessageLine] = []
        lines.reserveCapacity(bytes.count / 64)
        var start = 0
        var room = read
        while start < bytes.count, room > 0 {
            let hit = memchr(base + start, 0x0A, bytes.count - start)
            let end = hit.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
            var words = trimmed(start..<end, bytes)
            if isUnquoting { words = unquoted(words, bytes) }
            let kind = kind(words, bytes)
            if kind == .said { room -= words.count }
            lines.append(MessageLine(kind: kind, words: words, isIndented: words.lowerBound - start >= 2))
            start = end + 1
        }
        return lines
    }

    /// A range without the blanks at its ends; a tab counts as a blank, and so does a no-break space.
    static func trimmed(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end {
            if bytes[start] <= 0x20 {
                start += 1
            } else if end - start >= 2, bytes[start] == 0xC2, bytes[start + 1] == 0xA0 {
                start += 2
            } else {
                break
            }
        }
        while start < end {
            if bytes[end - 1] <= 0x20 {
                end -= 1
            } else if end - start >= 2, bytes[end - 1] == 0xA0, bytes[end - 2] == 0xC2 {
                end -= 2
            } else {
                break
            }
        }
        return start..<end
    }

    /// What a line is that no machine wrote: one that is drawn between parts says nothing, and two dashes are the mark of a signature.
    static func spoken(_ line: UnsafeBufferPointer<UInt8>) -> Kind {
        RedactedText.holdsWord(UnsafeRawBufferPointer(line)) || line.elementsEqual("--".utf8) ? .said : .left
    }

    private static func unquoted(_ words: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var rest = words
        while isQuoted(rest, bytes) { rest = trimmed(rest.lowerBound + 1..<rest.upperBound, bytes) }
        return rest
    }

    private static func isQuoted(_ words: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = words.first, bytes[first] == UInt8(ascii: ">") else { return false }
        // A comparison, such as >= 5, is no quote.
        return words.count == 1 || bytes[first + 1] != UInt8(ascii: "=")
    }

    private static func kind(_ words: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Kind {
        guard let first = words.first else { return .blank }
        if bytes[first] == UInt8(ascii: ">") { return isQuoted(words, bytes) ? .quoted : .said }
        let line = UnsafeBufferPointer(rebasing: bytes[words])
        if CodeFence.isFence(line) { return .fence }
        switch MachineText.judge(line) {
        case .unlikely: return spoken(line)
        case .likely: return .perhapsPasted
        case .certain: return .pasted
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes begin with those of a literal.
    func starts(with literal: StaticString) -> Bool {
        literal.withUTF8Buffer { $0.count <= count && $0.elementsEqual(self[..<$0.count]) }
    }

    /// Whether the bytes end with those of a literal.
    func ends(with literal: StaticString) -> Bool {
        literal.withUTF8Buffer { $0.count <= count && $0.elementsEqual(self[(count - $0.count)...]) }
    }

    /// Whether the bytes hold those of a literal, which is not empty.
    func contains(_ literal: StaticString) -> Bool {
        literal.withUTF8Buffer { literal in
            guard let base = baseAddress, let first = literal.first else { return false }
            var place = 0
            while place + literal.count <= count, let hit = memchr(base + place, Int32(first), count - place) {
                place = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
                if self[place...].starts(with: literal) { return true }
                place += 1
            }
            return false
        }
    }
}
