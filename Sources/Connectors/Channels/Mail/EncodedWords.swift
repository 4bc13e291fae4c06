/// Reads the text of a header: encoded words (RFC 2047), and bytes beyond ASCII as they stand.
enum EncodedWords {
    /// The text of an unfolded header.
    ///
    /// Blanks between encoded words go. Words of one character set are read together, since programs cut characters in two. What
    /// is no encoded word stays as it is.
    static func decode(_ bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        guard bytes.contains(UInt8(ascii: "=")) else { return plain(bytes[...]) }
        var text = ""
        var pending: (charset: String, bytes: [UInt8])?
        func flush() {
            if let word = pending {
                text += String(decoding: Charset.decode(word.bytes, from: word.charset), as: UTF8.self)
            }
            pending = nil
        }
        var start = 0
        var place = 0
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "="), let word = word(at: place, in: bytes) else {
                place += 1
                continue
            }
            let between = bytes[start..<place]
            if pending == nil || !between.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                flush()
                text += plain(between)
            }
            if let last = pending, last.charset == word.charset {
                pending?.bytes += word.bytes
            } else {
                flush()
                pending = (word.charset, word.bytes)
            }
            place = word.end
            start = place
        }
        flush()
        return text + plain(bytes[start...])
    }

    /// The character set of the first encoded word of a header; nil where there is none.
    static func charset(_ bytes: [UInt8]) -> String? {
        for place in bytes.indices where bytes[place] == UInt8(ascii: "=") {
            if let word = word(at: place, in: bytes) { return word.charset }
        }
        return nil
    }

    private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: Charset.decode(Array(bytes), from: nil), as: UTF8.self)
    }

    private static let longest = 2_000

    private static func word(at start: Int, in bytes: [UInt8]) -> (charset: String, bytes: [UInt8], end: Int)? {
        guard start + 6 < bytes.count, bytes[start + 1] == UInt8(ascii: "?") else { return nil }
        let limit = min(bytes.count, start + longest)
        guard let charsetEnd = bytes[(start + 2)..<limit].firstIndex(of: UInt8(ascii: "?")),
            charsetEnd > start + 2, charsetEnd + 2 < limit, bytes[charsetEnd + 2] == UInt8(ascii: "?")
        else { return nil }
        var end = charsetEnd + 3
        while end + 1 < limit, !(bytes[end] == UInt8(ascii: "?") && bytes[end + 1] == UInt8(ascii: "=")) { end += 1 }
        guard end + 1 < limit else { return nil }
        let content = bytes[(charsetEnd + 3)..<end]
        let charset = String(decoding: bytes[(start + 2)..<charsetEnd], as: UTF8.self).lowercased()
        switch bytes[charsetEnd + 1] | 0x20 {
        case UInt8(ascii: "b"): return (charset, TransferEncoding.base64(content), end + 2)
        case UInt8(ascii: "q"):
            return (charset, TransferEncoding.quotedPrintable(content, isHeader: true), end + 2)
        default: return nil
        }
    }
}
