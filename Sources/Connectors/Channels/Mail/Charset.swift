internal import Glibc

/// Turns bytes of a named character set into UTF-8.
///
/// Names are those of the C library's `iconv`, with these differences, which are the habits of mail programs: ISO-8859-1 is read as
/// windows-1252, Shift_JIS as CP932, GB2312 as GB18030 and KS C 5601 as CP949; some old names are known besides. A text that is said to be
/// ISO-8859-1 or windows-1252 and is UTF-8 is read as such, as hardly anything else has the form of it. A text that is said to be UTF-8, ASCII or nothing
/// and is mostly not UTF-8 is read as what the rest of its mail is in, or else as windows-1252.
enum Charset {
    /// The text as UTF-8; what cannot be read becomes U+FFFD.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - name: The character set as a header names it; nil where none does.
    ///   - other: The character set of what is not UTF-8 though it is said to be that, ASCII or nothing.
    static func decode(_ bytes: [UInt8], from name: String?, or other: String? = nil) -> [UInt8] {
        let name = canonical(name)
        if name == "UTF-8" { return unnamed(bytes, other: canonical(other)) }
        if !isStateful(name), bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
        if name == "CP1252", String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return converted(bytes, from: name) ?? unnamed(bytes)
    }

    private static let aliases = [
        "": "UTF-8", "US-ASCII": "UTF-8", "ASCII": "UTF-8", "UTF8": "UTF-8", "UNKNOWN-8BIT": "UTF-8", "8BIT": "UTF-8",
        "DEFAULT": "UTF-8", "ISO-8859-1": "CP1252", "ISO8859-1": "CP1252", "ISO_8859-1": "CP1252", "LATIN1": "CP1252",
        "WINDOWS-1252": "CP1252", "SHIFT_JIS": "CP932", "SHIFT-JIS": "CP932", "X-SJIS": "CP932", "GB2312": "GB18030",
        "GBK": "GB18030", "KS_C_5601-1987": "CP949", "EUC-KR": "CP949", "ISO-8859-8-I": "ISO-8859-8",
        "UNICODE-1-1-UTF-7": "UTF-7", "X-MAC-CYRILLIC": "MAC-CYRILLIC",
    ]

    /// The name that `iconv` has; UTF-8 for none and for what cannot be a name.
    private static func canonical(_ name: String?) -> String {
        // RFC 2231 lets a language follow.
        let name = (name ?? "").uppercased().split(separator: "*", omittingEmptySubsequences: false).first ?? ""
        guard name.utf8.count <= 40,
            name.utf8.allSatisfy({ 65...90 ~= $0 || 48...57 ~= $0 || "-_.:+".utf8.contains($0) })
        else { return "UTF-8" }
        return aliases[String(name)] ?? String(name)
    }

    /// Whether bytes of ASCII may mean something else.
    private static func isStateful(_ name: String) -> Bool {
        ["UTF-7", "UTF-16", "UTF-32", "ISO-2022", "HZ", "UCS", "CSISO2022", "EBCDIC", "IBM", "CP037"].contains {
            name.hasPrefix($0)
        }
    }

    /// The character set that a document in HTML names in its first bytes; nil where it names none.
    ///
    /// Source: the HTML standard, section 13.2.3.2: a set in which the name itself could not be read is none.
    static func named(inMarkup bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(1_024), as: UTF8.self).lowercased()
        guard let mark = head.firstRange(of: "charset=") else { return nil }
        let name = head[mark.upperBound...].drop { "\"' ".contains($0) }.prefix { !"\"'; />".contains($0) }
        return name.isEmpty || name.hasPrefix("utf-16") || name.hasPrefix("utf-32") ? nil : String(name)
    }

    /// UTF-8, or another set where more of the bytes beyond ASCII are no UTF-8 than are.
    private static func unnamed(_ bytes: [UInt8], other: String = "UTF-8") -> [UInt8] {
        var (good, bad, place) = (0, 0, 0)
        while place < bytes.count {
            if bytes[place] < 0x80 {
                place += 1
                continue
            }
            let length = characterLength(bytes, place)
            if length > 0 { good += 1 } else { bad += 1 }
            place += max(1, length)
        }
        if bad == 0 { return bytes }
        if bad > good, other != "UTF-8", let text = converted(bytes, from: other) { return text }
        if bad > good, let text = converted(bytes, from: "CP1252") { return text }
        return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    /// The bytes of the character that begins at a place and is not ASCII; 0 where none does (RFC 3629, section 4).
    private static func characterLength(_ bytes: [UInt8], _ place: Int) -> Int {
        let first = bytes[place]
        let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
        guard length > 0, place + length <= bytes.count,
            bytes[(place + 1)..<(place + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
        else { return 0 }
        let second = bytes[place + 1]
        switch first {
        case 0xE0: return second >= 0xA0 ? length : 0
        case 0xED: return second < 0xA0 ? length : 0
        case 0xF0: return second >= 0x90 ? length : 0
        case 0xF4: return second < 0x90 ? length : 0
        default: return length
        }
    }

    /// The text as UTF-8; nil when the C library does not know the character set.
    private static func converted(_ bytes: [UInt8], from name: String) -> [UInt8]? {
        guard let converter = iconv_open("UTF-8", name), Int(bitPattern: converter) != -1 else { return nil }
        defer { iconv_close(converter) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var input = bytes
        input.withUnsafeMutableBytes { input in
            var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = input.count
            withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 1) { room in
                while true {
                    var free = room.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var freeCount = room.count
                    let isAtEnd = left == 0
                    // At the end, what the converter still holds.
                    let status =
                        isAtEnd
                        ? iconv(converter, nil, nil, &free, &freeCount)
                        : iconv(converter, &next, &left, &free, &freeCount)
                    let failure = errno
                    output += room[..<(room.count - freeCount)]
                    if status != -1 {
                        if isAtEnd { return }
                    } else if failure != E2BIG {
                        // Neither a wrong nor a cut character takes others with it.
                        guard left > 0 else { return }
                        output += [0xEF, 0xBF, 0xBD]
                        next = next.map { $0 + 1 }
                        left -= 1
                    }
                }
            }
        }
        return output
    }
}
