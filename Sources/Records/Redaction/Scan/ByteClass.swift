/// What a byte can be part of, looked up in a table of 256 entries.
struct ByteClass: OptionSet {
    let rawValue: UInt8

    static let word = ByteClass(rawValue: 1)
    static let digit = ByteClass(rawValue: 2)
    static let letter = ByteClass(rawValue: 4)
    static let hexLetter = ByteClass(rawValue: 8)
    /// Part of a character beyond ASCII.
    static let high = ByteClass(rawValue: 16)
    /// Punctuation that something may stand around.
    static let trigger = ByteClass(rawValue: 32)
    /// What may stand in the part of an e-mail address before the @ (RFC 5322, atext and the dot; RFC 6531 beyond ASCII).
    static let atom = ByteClass(rawValue: 64)
    static let upper = ByteClass(rawValue: 128)

    /// The classes of every byte.
    static let table: [UInt8] = (0..<256).map { value in
        let byte = UInt8(value)
        var classes: ByteClass = []
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): classes = [.word, .digit, .atom]
        case UInt8(ascii: "a")...UInt8(ascii: "f"): classes = [.word, .letter, .hexLetter, .atom]
        case UInt8(ascii: "A")...UInt8(ascii: "F"): classes = [.word, .letter, .hexLetter, .atom, .upper]
        case UInt8(ascii: "g")...UInt8(ascii: "z"): classes = [.word, .letter, .atom]
        case UInt8(ascii: "G")...UInt8(ascii: "Z"): classes = [.word, .letter, .atom, .upper]
        case 0x80...0xFF: classes = [.word, .high, .atom]
        default: break
        }
        if Array("!#$%&'*+-/=?^_`{|}~.".utf8).contains(byte) { classes.insert(.atom) }
        if Array("@:=<~-\n".utf8).contains(byte) { classes.insert(.trigger) }
        return classes.rawValue
    }
}

/// FNV-1a over the lower-case form of ASCII letters: the hash of words in every table of the redactor.
struct WordHash {
    private(set) var value = FNV1a.offsetBasis

    @inline(__always)
    mutating func take(_ byte: UInt8) {
        let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        value = FNV1a.hash(value, appending: isUpper ? byte | 0x20 : byte)
    }

    /// The hash of a word without the `s` that ends it.
    static func withoutGenitive(_ hash: UInt64) -> UInt64 { hash &* 0xCE96_5057_AFF6_957B ^ UInt64(UInt8(ascii: "s")) }

    /// The hash of a word in ASCII.
    static func of(_ word: String) -> UInt64 {
        var hash = WordHash()
        for byte in word.utf8 { hash.take(byte) }
        return hash.value
    }
}
