internal import Features
internal import Records

/// What may be a name in a text although each word of it may be anybody's; all without case, words with a blank between.
struct WrittenNames: Sendable {
    /// The long words that tell how a text is written, at least, and the share of them with a capital letter in a title.
    private static let titleWords = 4
    private static let titleShare = 0.8
    /// The fewest letters of a long word: titles leave short ones small.
    private static let longLetters = 4
    /// The most letters of a word in capitals that is taken for a term of the trade.
    private static let acronymLetters = 5
    /// The characters of a row.
    private static let rowCharacters = 3

    /// What hyphens, dots and the like join, what holds digits, and what is too long for a ``Lexicon``; words with digits that follow each other, or have one word between them that says
    /// something, are one name, as telephone numbers and days of birth are.
    private(set) var joined: [String] = []
    /// Words with capital letters that follow each other, but for the first of a sentence, which has one whatever it is.
    private(set) var capitalised: [String] = []
    /// Words with a capital letter that are no first ones of a sentence and no short acronyms.
    private(set) var capitals: [String] = []
    /// First words of a sentence with a capital letter and a small one.
    private(set) var openers: [String] = []
    /// Each three characters in a row of scripts that put no blanks between words, where nobody can tell what a word is.
    private(set) var rows: [String] = []
    /// Whether nearly all words have capital letters, or none has, although the script has such: then these tell of none that it is a name.
    var isCaseless: Bool {
        let isTitle = longWords >= Self.titleWords && Double(longCapitals) >= Self.titleShare * Double(longWords)
        return isTitle || (holdsSmall && !holdsCapital)
    }

    private var longWords = 0
    private var longCapitals = 0
    /// The long words that are no first ones of a sentence.
    private(set) var innerWords = 0
    private var holdsSmall = false
    private var holdsCapital = false
    /// Words with digits on their way, with blanks between, what stands behind the last, and how many they are.
    private var numbers: [UInt8] = []
    private var between: [UInt8]?
    private var numberCount = 0
    private var run: [UInt8] = []
    private var runCount = 0
    private var isFirst = true
    /// The word on its way without case, with the signs of ASCII in and around it.
    private var small: [UInt8] = []
    private var word = Word()

    private struct Word {
        var first: Unicode.Scalar = " "
        /// Where its last letter ends.
        var end = 0
        var letters = 0
        var isCapital = false
        /// Whether a small letter is in it.
        var holdsSmall = false
        var isUnspaced = false
        var isJoined = false
        var holdsDigit = false
        /// Whether a sign stands behind its last letter, and which is the last one.
        var holdsSign = false
        var last: UInt8 = 0
    }

    init(_ text: RedactedText) {
        var string = text.string
        string.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            var place = 0
            while place < bytes.count {
                let byte = bytes[place]
                if byte < 0x80 {
                    place += 1
                    takePlain(byte)
                    continue
                }
                let character = WordCharacter(at: place, in: bytes)
                place += character.width
                switch character.kind {
                case .hidden: break
                case .letter, .unspaced:
                    begin(character.small, isCapital: character.isCapital, isUnspaced: character.kind == .unspaced)
                    word.holdsDigit = word.holdsDigit || 0x30...0x39 ~= character.small.value
                    word.holdsSmall = word.holdsSmall || !character.isCapital
                    small += UTF8.encode(character.small) ?? UTF8.encodedReplacementCharacter
                    endLetter()
                case .sign: take(sign: character.small)
                }
            }
        }
        endWord()
        endRun()
        endNumbers()
    }

    private mutating func takePlain(_ byte: UInt8) {
        switch byte {
        case 0...0x20:
            endWord()
            if byte == 0x0A { endNumbers() }
        case 0x30...0x39:
            begin(Unicode.Scalar(byte), isCapital: false, isUnspaced: false)
            word.isJoined = true
            word.holdsDigit = true
            add(byte)
        case 0x41...0x5A:
            begin(Unicode.Scalar(byte | 0x20), isCapital: true, isUnspaced: false)
            add(byte | 0x20)
        case 0x61...0x7A:
            begin(Unicode.Scalar(byte), isCapital: false, isUnspaced: false)
            word.holdsSmall = true
            add(byte)
        default:
            small.append(byte)
            word.holdsSign = word.holdsSign || byte != UInt8(ascii: "'")
            word.last = byte
        }
    }

    private mutating func take(sign: Unicode.Scalar) {
        switch sign.value {
        // The hyphens of typesetters join as the plain one does, and their apostrophe does not.
        case 0x2010, 0x2011: takePlain(UInt8(ascii: "-"))
        case 0x2019: takePlain(UInt8(ascii: "'"))
        default:
            endWord()
            switch sign.properties.generalCategory {
            case .spaceSeparator, .initialPunctuation, .finalPunctuation, .openPunctuation: break
            default: endRun()
            }
        }
    }

    /// Makes ready for a letter, which begins a word where none is on its way.
    private mutating func begin(_ first: Unicode.Scalar, isCapital: Bool, isUnspaced: Bool) {
        if word.end > 0, word.isUnspaced != isUnspaced { endWord() }
        if word.end > 0 {
            word.isJoined = word.isJoined || word.holdsSign
        } else {
            small.removeAll(keepingCapacity: true)
            word.first = first
            word.isCapital = isCapital
            word.isUnspaced = isUnspaced
        }
        word.holdsSign = false
        word.last = 0
    }

    private mutating func add(_ letter: UInt8) {
        small.append(letter)
        endLetter()
    }

    private mutating func endLetter() {
        word.end = small.count
        word.letters += 1
    }

    private mutating func endWord() {
        guard !small.isEmpty else { return }
        let word = word
        self.word = Word()
        defer { small.removeAll(keepingCapacity: true) }
        guard word.end > 0 else { return endRun() }
        small.removeSubrange(word.end...)
        if word.isUnspaced {
            endRun()
            if word.letters >= Self.rowCharacters { addRows() }
            return
        }
        if word.isCapital { holdsCapital = true } else { holdsSmall = holdsSmall || word.first.properties.isLowercase }
        takeNumber(word.holdsDigit)
        if word.isJoined || small.count > Lexicon.longestWord { joined.append(String(decoding: small, as: UTF8.self)) }
        if word.letters >= Self.longLetters {
            longWords += 1
            if word.isCapital { longCapitals += 1 }
        }
        if !isFirst, word.letters >= Self.longLetters { innerWords += 1 }
        if !isFirst, word.isCapital {
            Self.append(small, to: &run)
            runCount += 1
            if word.holdsSmall || word.letters > Self.acronymLetters {
                capitals.append(String(decoding: small, as: UTF8.self))
            }
        } else {
            if word.isCapital, word.holdsSmall { addOpener() }
            endRun()
        }
        isFirst = ".!?:".utf8.contains(word.last)
        if isFirst || word.last == UInt8(ascii: ",") { endRun() }
    }

    private mutating func addOpener() {
        // Without what an apostrophe joins to it, as terms are cut.
        let opener = Array(small.prefix { $0 != UInt8(ascii: "'") })
        guard opener.count > 1, !opener.withUnsafeBytes({ FunctionWords.contains($0) }) else { return }
        openers.append(String(decoding: opener, as: UTF8.self))
    }

    /// Takes a word into a name of words with digits.
    private mutating func takeNumber(_ holdsDigit: Bool) {
        if holdsDigit {
            if let between { Self.append(between, to: &numbers) }
            Self.append(small, to: &numbers)
            between = nil
            numberCount += 1
        } else if !numbers.isEmpty, between == nil, !small.withUnsafeBytes({ FunctionWords.contains($0) }) {
            between = small
        } else {
            endNumbers()
        }
    }

    private mutating func endNumbers() {
        guard !numbers.isEmpty else { return }
        if numberCount > 1 { joined.append(String(decoding: numbers, as: UTF8.self)) }
        numbers.removeAll(keepingCapacity: true)
        between = nil
        numberCount = 0
    }

    private mutating func addRows() {
        small.withUnsafeBytes { bytes in
            WordCharacter.forEachRow(of: Self.rowCharacters, in: bytes) {
                rows.append(String(decoding: $0, as: UTF8.self))
            }
        }
    }

    private mutating func endRun() {
        if run.isEmpty { return }
        if runCount > 1 { capitalised.append(String(decoding: run, as: UTF8.self)) }
        run.removeAll(keepingCapacity: true)
        runCount = 0
    }

    /// Puts one more word into a name.
    private static func append(_ word: [UInt8], to name: inout [UInt8]) {
        if !name.isEmpty { name.append(0x20) }
        name += word
    }

    /// Calls `body` with each of them.
    func forEach(_ body: (String) -> Void) {
        joined.forEach(body)
        capitalised.forEach(body)
        rows.forEach(body)
    }
}
