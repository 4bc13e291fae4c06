/// A character as words are made of it, by its properties in Unicode.
public struct WordCharacter: Sendable, BitwiseCopyable {
    /// What a character does to a word.
    public enum Kind: Sendable, BitwiseCopyable {
        /// Part of a word: a letter, a mark on one, a digit.
        case letter
        /// A letter of a script that puts no blanks between words: Han, kana, Thai, Lao, Burmese, Khmer.
        case unspaced
        /// Not seen, and no end of a word: a soft hyphen, a joiner.
        case hidden
        /// What ends a word: a blank, punctuation, a symbol.
        case sign
    }

    /// What it does to a word.
    public let kind: Kind
    /// The character without case, and without the width of East Asian forms of ASCII; the first one where there are several.
    public let small: Unicode.Scalar
    /// Whether it is a capital letter: whether it has a small form other than itself.
    public let isCapital: Bool
    /// The bytes that it takes in UTF-8.
    public let width: Int

    /// Reads a character of a text in UTF-8; bytes that are none are signs.
    ///
    /// - Parameters:
    ///   - place: A place in `bytes` where a character begins.
    ///   - bytes: The text.
    @inline(__always)
    public init(at place: Int, in bytes: UnsafeRawBufferPointer) {
        let lead = bytes[place]
        let width = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard place + width <= bytes.count else {
            self.init(.sign, "\u{FFFD}", width: 1)
            return
        }
        var value = width == 1 ? UInt32(lead) : UInt32(lead & (0x7F >> UInt8(width)))
        for offset in 1..<width { value = value << 6 | UInt32(bytes[place + offset] & 0x3F) }
        if value < UInt32(Self.common.count) {
            self = Self.common[Int(value)]
        } else {
            self.init(Unicode.Scalar(value) ?? "\u{FFFD}", width: width)
        }
    }

    private init(_ kind: Kind, _ small: Unicode.Scalar, isCapital: Bool = false, width: Int) {
        self.kind = kind
        self.small = small
        self.isCapital = isCapital
        self.width = width
    }

    /// Latin, Greek and Cyrillic, looked up once.
    private static let common = (0..<0x530).map { value in
        WordCharacter(Unicode.Scalar(value) ?? " ", width: value < 0x80 ? 1 : 2)
    }

    private init(_ scalar: Unicode.Scalar, width: Int) {
        switch scalar.value {
        case 0x4E00...0x9FFF: self.init(.unspaced, scalar, width: width)
        case 0xAC00...0xD7A3: self.init(.letter, scalar, width: width)
        // Fullwidth letters and digits are those of ASCII.
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
            let narrow = Self.common[Int(scalar.value - 0xFEE0)]
            self.init(.letter, narrow.small, isCapital: narrow.isCapital, width: width)
        default:
            let properties = scalar.properties
            let kind = Self.kind(of: scalar)
            let small = kind == .letter ? properties.lowercaseMapping.unicodeScalars.first ?? scalar : scalar
            self.init(kind, small, isCapital: kind == .letter && properties.changesWhenLowercased, width: width)
        }
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        // A zero-width space parts words, though Unicode lets it be ignored.
        if scalar == "\u{200B}" { return .sign }
        if scalar.properties.isDefaultIgnorableCodePoint { return .hidden }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            return isUnspaced(scalar.value) ? .unspaced : .letter
        default: return .sign
        }
    }

    /// Whether a letter is of a script that Unicode breaks lines of without blanks, see its classes ID, CJ and SA.
    private static func isUnspaced(_ letter: UInt32) -> Bool {
        switch letter {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x312F, 0x31F0...0x31FF,
            0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}

extension WordCharacter {
    /// Calls `body` with each row of so many characters in a text, or with the whole where it has fewer.
    ///
    /// - Parameters:
    ///   - count: The characters of a row, at least 1.
    ///   - text: A text in UTF-8, not empty.
    public static func forEachRow(
        of count: Int, in text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) {
        func next(_ place: Int) -> Int {
            var next = place + 1
            while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
            return next
        }
        var (start, end) = (0, 0)
        for _ in 0..<count where end < text.count { end = next(end) }
        body(UnsafeRawBufferPointer(rebasing: text[..<end]))
        while end < text.count {
            (start, end) = (next(start), next(end))
            body(UnsafeRawBufferPointer(rebasing: text[start..<end]))
        }
    }
}
