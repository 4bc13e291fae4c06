/// What a byte can be in a message, as bits, so that the classes of a run of bytes are the union of theirs.
enum ByteClass {
    static let letter: UInt8 = 1
    static let digit: UInt8 = 2
    static let dot: UInt8 = 4
    static let slash: UInt8 = 8
    static let at: UInt8 = 16
    static let dash: UInt8 = 32
    static let symbol: UInt8 = 64
    /// Ends an atom: a blank or a delimiter.
    static let end: UInt8 = 128

    /// Bytes beyond ASCII count as letters, so that words of every script are words; control bytes count as blanks.
    static let table: [UInt8] = (0..<256).map { byte in
        switch UInt8(byte) {
        case 0...0x20, 0x7f: end
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...0xff: letter
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit
        case UInt8(ascii: "."): dot
        case UInt8(ascii: "/"), UInt8(ascii: "\\"): slash
        case UInt8(ascii: "@"): at
        case UInt8(ascii: "-"), UInt8(ascii: "_"): dash
        default: delimiters.contains(UInt8(byte)) ? end : symbol
        }
    }

    static let delimiters = Set("=,;:()[]{}<>\"'|!?`".utf8)
}

extension UInt8 {
    var isBlank: Bool { self <= 0x20 || self == 0x7f }
    var isDigit: Bool { self &- 0x30 < 10 }
    var isUppercase: Bool { self &- 0x41 < 26 }
    /// An ASCII letter or a byte of a letter beyond ASCII.
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 || self >= 0x80 }
    var isHexadecimal: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
}
