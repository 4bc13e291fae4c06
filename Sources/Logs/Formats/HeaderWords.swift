internal import Records

/// The words of the start of a line, and what each looks like.
struct HeaderWords {
    /// A run of bytes without spaces.
    struct Word {
        let start: Int
        let end: Int
        /// Whether it is only dashes, bars or colons.
        let isDash: Bool
        /// Whether it could stand in a sentence: letters with at most the first of them large.
        let isProse: Bool
        /// Whether it is only large letters.
        let isLoud: Bool
    }

    let line: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ line: UnsafeRawBufferPointer) {
        self.line = line
    }

    mutating func go(to position: Int) {
        self.position = position
    }

    /// The next word; nil at the end of the line.
    mutating func next() -> Word? {
        while position < line.count, Self.isSpace(line[position]) { position += 1 }
        guard position < line.count else { return nil }
        let start = position
        var isDash = true
        var isLoud = true
        var smalls = 0
        var others = 0
        while position < line.count, !Self.isSpace(line[position]) {
            let byte = line[position]
            if byte != 0x2D, byte != 0x7C, byte != 0x3A { isDash = false }
            if byte &- 0x41 >= 26 { isLoud = false }
            if byte &- 0x61 < 26 { smalls += 1 } else if position > start || byte &- 0x41 >= 26 { others += 1 }
            position += 1
            // A bar ends a column without a space.
            if byte == 0x7C { break }
        }
        return Word(start: start, end: position, isDash: isDash, isProse: smalls > 0 && others == 0, isLoud: isLoud)
    }

    /// Passes over brackets that close, commas, colons, dashes and spaces, and gives the place after them.
    mutating func pastSeparators() -> Int {
        var isOpen = true
        while position < line.count, isOpen {
            switch line[position] {
            case 0x5D, 0x29, 0x3E, 0x2C, 0x3A, 0x7C, 0x20, 0x09: position += 1
            case 0x2D:
                // A dash parts only where a space follows: not in a name or a number.
                var end = position
                while end < line.count, line[end] == 0x2D { end += 1 }
                isOpen = end < line.count && Self.isSpace(line[end])
                if isOpen { position = end }
            default: isOpen = false
            }
        }
        return position
    }

    /// Whether the word at a place is set in a column: at least two spaces follow.
    func isAfterColumns(_ start: Int) -> Bool {
        start >= 2 && Self.isSpace(line[start - 1]) && Self.isSpace(line[start - 2])
    }

    /// The end of a name before a colon, or before a number in brackets and a colon; nil when the word is none.
    ///
    /// What is named after a failure is no logger: such names begin the text of an exception.
    ///
    /// - Parameter mayBePlain: Whether a plain word with a colon is a name here.
    func tagEnd(_ word: Word, mayBePlain: Bool) -> Int? {
        var end = word.start
        var letters = 0
        var marks = 0
        var larges = 0
        var isClosed = true
        while end < line.count, end - word.start < 120 {
            let byte = line[end]
            if byte == 0x3A {
                let next = end + 1 < line.count ? line[end + 1] : 0x20
                if isClosed && (Self.isSpace(next) || (end > word.start && line[end - 1] == 0x5D)) { break }
            }
            if byte == 0x5B || byte == 0x28 { isClosed = false }
            if byte == 0x5D || byte == 0x29 { isClosed = true }
            if (byte | 0x20) &- 0x61 < 26 {
                letters += 1
                if byte < 0x60, end > word.start { larges += 1 }
            } else if byte &- 48 < 10 || Self.isMark(byte) {
                marks += 1
            } else if byte == 0x3A {
                marks += 1
            } else if byte != 0x2D {
                return nil
            }
            if byte == UInt8(ascii: "#") { letters += 1 }
            end += 1
        }
        guard end < line.count, line[end] == 0x3A, letters > 0 else {
            return nil
        }
        guard marks > 0 || larges > 0 || mayBePlain,
            !TraceLines.endsAsError(UnsafeRawBufferPointer(rebasing: line[word.start..<end]))
        else { return nil }
        return end + 1
    }

    /// The end of what is in brackets, of a column, or of a dash between spaces; nil when the word is none of them.
    func group(_ word: Word) -> (kind: ColumnCandidates.Kind, end: Int)? {
        let first = line[word.start]
        if word.isDash { return word.end < line.count ? (.dash, word.end) : nil }
        if line[word.end - 1] == 0x7C { return (.word, word.end) }
        if first == 0x5B || first == 0x28 || first == 0x3C || first == 0x7B {
            return bracketEnd(word.start).map { (.bracket, $0) }
        }
        if isClosing(word) { return (.bracket, word.end) }
        guard word.end < line.count else { return nil }
        // A column: a word between tabs, or one that is no prose and is followed by more than one space.
        let isTabbed = line[word.end] == 0x09 && word.start > 0 && line[word.start - 1] == 0x09
        let isSpaced = word.end + 1 < line.count && Self.isSpace(line[word.end]) && Self.isSpace(line[word.end + 1])
        return isTabbed || (isSpaced && !word.isProse) ? (.word, word.end) : nil
    }

    /// Whether a word is more than a number.
    func hasLetters(_ word: Word) -> Bool { line[word.start..<word.end].contains(where: Self.isLetter) }

    /// Whether it is the end of a bracket, such as file and line in `name.go:12]`.
    func isClosing(_ word: Word) -> Bool {
        line[word.end - 1] == 0x5D && !line[word.start..<word.end].contains(0x5B)
    }

    private func bracketEnd(_ start: Int) -> Int? {
        let open = line[start]
        let close: UInt8 = open == 0x28 ? 0x29 : open + 2
        var depth = 0
        for index in start..<min(line.count, start + 320) {
            if line[index] == open { depth += 1 }
            if line[index] == close { depth -= 1 }
            if depth == 0 { return index + 1 < line.count ? index + 1 : nil }
        }
        return nil
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether a byte stands in names of programs and loggers beside letters, digits, dashes and colons.
    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "/"), UInt8(ascii: "@"),
            UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "<"), UInt8(ascii: ">"):
            true
        default: false
        }
    }

    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
