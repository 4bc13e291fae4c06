internal import Records

/// Cuts the words of an author into sentences.
struct SentenceBreaks {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var sentences: [Range<Int>] = []
    private var room = MessageWords.kept

    /// The most bytes of a sentence.
    private static let longest = 2_000
    /// The fewest bytes of a line that was broken by its width.
    static let broken = 50

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The sentences of the lines that were said.
    consuming func sentences(of lines: [MessageLine]) -> [Range<Int>] {
        var open: Range<Int>?
        var previous: (line: Int, isBroken: Bool)?
        for (number, line) in lines.enumerated() where line.kind == .said {
            let start = itemStart(line.words)
            if let before = open {
                let goesOn = previous.map { $0.line == number - 1 && ($0.isBroken || line.isIndented) } ?? false
                if !goesOn || start > line.words.lowerBound || !beginsSmall(start) {
                    add(before)
                    open = nil
                }
            }
            open = split(start..<line.words.upperBound, from: open?.lowerBound ?? start)
            previous = (number, line.words.count >= Self.broken)
            if room <= 0 { break }
        }
        if let open { add(open) }
        return sentences
    }

    /// Adds the sentences that end in a line; the one that does not is returned.
    private mutating func split(_ line: Range<Int>, from begin: Int) -> Range<Int>? {
        var start = begin
        var place = line.lowerBound
        while place < line.upperBound {
            if bytes[place] == UInt8(ascii: "<"), let end = RedactedText.tokenEnd(at: place, in: bytes) {
                place = end
            } else if let end = SentenceEnd.end(at: place, in: line, bytes) {
                add(start..<end)
                start = end
                place = end
            } else {
                place += 1
            }
        }
        return start < line.upperBound ? start..<line.upperBound : nil
    }

    /// Keeps a sentence when it has a word and there is room; a long one in parts.
    private mutating func add(_ sentence: Range<Int>) {
        var rest = MessageLine.trimmed(sentence, bytes)
        while !rest.isEmpty, room > 0 {
            guard let end = rest.count <= min(Self.longest, room) ? rest.upperBound : partEnd(rest) else {
                room = 0
                return
            }
            let part = MessageLine.trimmed(rest.lowerBound..<end, bytes)
            room -= part.count
            if RedactedText.holdsWord(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[part]))) {
                sentences.append(part)
            }
            rest = MessageLine.trimmed(end..<rest.upperBound, bytes)
        }
    }

    /// Where the part of a sentence that is kept ends: at its last blank, else before a character, and never within a token; nil where
    /// there is no room for a word.
    private func partEnd(_ sentence: Range<Int>) -> Int? {
        let limit = sentence.lowerBound + min(Self.longest, room)
        var place = sentence.lowerBound
        var (lastBlank, lastCharacter) = (place, place)
        while place < limit {
            if bytes[place] == UInt8(ascii: "<"), let end = RedactedText.tokenEnd(at: place, in: bytes) {
                lastCharacter = place
                place = end
                continue
            }
            if bytes[place] & 0xC0 != 0x80 { lastCharacter = place }
            if bytes[place] <= 0x20 { lastBlank = place }
            place += 1
        }
        if place == limit, bytes[limit] & 0xC0 != 0x80 { lastCharacter = limit }
        if lastBlank > sentence.lowerBound { return lastBlank }
        if room < Self.longest { return nil }
        return lastCharacter > sentence.lowerBound ? lastCharacter : place
    }

    private func beginsSmall(_ place: Int) -> Bool {
        let byte = bytes[place]
        return 97...122 ~= byte || (byte == 0xC3 && place + 1 < bytes.count && bytes[place + 1] >= 0xA0)
    }

    /// Where the words of a line begin, behind the mark of an item of a list or of a heading.
    private func itemStart(_ line: Range<Int>) -> Int {
        let words = bytes[line]
        var mark = line.lowerBound
        switch bytes[mark] {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"): mark += 1
        case UInt8(ascii: "#"): mark = words.firstIndex { $0 != UInt8(ascii: "#") } ?? mark
        case 48...57, 97...122, 65...90:
            let isNumber = 48...57 ~= bytes[mark]
            let end = isNumber ? words.firstIndex { !(48...57 ~= $0) } ?? mark : mark + 1
            guard end < line.upperBound, end - mark <= 3 else { return line.lowerBound }
            guard bytes[end] == UInt8(ascii: ")") || (isNumber && bytes[end] == UInt8(ascii: ".")) else {
                return line.lowerBound
            }
            mark = end + 1
        case 0xE2 where words.starts(with: "•".utf8) || words.starts(with: "–".utf8): mark += 3
        default: return line.lowerBound
        }
        guard mark < line.upperBound, bytes[mark] <= 0x20 else { return line.lowerBound }
        return MessageLine.trimmed(mark..<line.upperBound, bytes).lowerBound
    }
}
