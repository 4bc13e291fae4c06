internal import Records

extension HeaderWords {
    /// The severity a word stands for, where in the line it is written, and where reading goes on.
    ///
    /// In large letters, in brackets, before a colon or a bar it is a level wherever a header may be; in small letters only
    /// right after an anchor. A line that begins with a level has brackets, a colon or large letters to say so.
    func level(_ word: Word, isAtStart: Bool, mayBeSmall: Bool) -> (number: Int, word: Range<Int>, end: Int)? {
        var start = word.start
        var end = word.end
        let isBracketed = line[start] == 0x5B || line[start] == 0x28 || line[start] == 0x3C
        if isBracketed { start += 1 }
        while end > start, !Self.isLetter(line[end - 1]) { end -= 1 }
        if let colon = line[start..<end].firstIndex(where: { !Self.isLetter($0) }) {
            // `ERROR:name:` and `[error]name`
            guard line[colon] == 0x3A || line[colon] == 0x7C || line[colon] == 0x5D || line[colon] == 0x2F else {
                return nil
            }
            end = colon
        }
        let text = UnsafeRawBufferPointer(rebasing: line[start..<end])
        let next = end < line.count ? line[end] : 0x20
        let isMarked = isBracketed || next == 0x3A || next == 0x7C || next == 0x2F
        let isLarge = text.allSatisfy { $0 < 0x60 }
        if text.count == 1, isLarge, !isAtStart, Self.isSpace(next) || next == 0x2F || next == 0x7C,
            let number = Self.number(letter: text[0])
        {
            return (number, start..<end, end)
        }
        guard let number = LogSeverity.number(word: text) else { return nil }
        guard isLarge || (isMarked && (isBracketed || next == 0x3A)) || mayBeSmall else { return nil }
        if isAtStart, isLarge, !isMarked, !(end < line.count && Self.isSpace(line[end])) { return nil }
        return (number, start..<end, end)
    }

    /// Whether the word after a dash is a level in large letters and another dash follows.
    func isLevel(after dash: Word) -> Bool {
        var words = self
        words.go(to: dash.end)
        guard let word = words.next(), word.isLoud, let next = words.next(), next.isDash else { return false }
        return LogSeverity.number(word: UnsafeRawBufferPointer(rebasing: line[word.start..<word.end])) != nil
    }

    /// The severity of the single letters that some loggers write.
    static func number(letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "V"), UInt8(ascii: "T"): 1
        case UInt8(ascii: "D"): 5
        case UInt8(ascii: "I"): 9
        case UInt8(ascii: "N"): 10
        case UInt8(ascii: "W"): 13
        case UInt8(ascii: "E"): 17
        case UInt8(ascii: "C"): 18
        case UInt8(ascii: "F"): 21
        default: nil
        }
    }
}
