internal import Glibc

/// The headers of a mail or of a part of one (RFC 5322, section 2.2), unfolded.
struct MailHeaders {
    /// The most headers that are kept; later ones are passed over.
    static let most = 2_000
    /// The most bytes of one header that are kept.
    static let longest = 65_536

    /// The names in small letters and the values, in order.
    private(set) var fields: [(name: String, value: [UInt8])] = []
    /// Where the body begins.
    let end: Int

    /// Reads headers up to the first empty line, or to the first line that can be none; the body begins there.
    ///
    /// - Parameters:
    ///   - bytes: The mail.
    ///   - range: The mail or the part in it.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        var place = range.lowerBound
        while place < range.upperBound {
            let lineEnd = Self.lineEnd(bytes, place, range.upperBound)
            let line = Self.trimmed(bytes, place..<lineEnd)
            if line.isEmpty {
                place = lineEnd
                break
            }
            if bytes[place] == 0x20 || bytes[place] == 0x09 {
                guard let last = fields.indices.last else { break }
                let room = max(0, Self.longest - fields[last].value.count)
                fields[last].value += bytes[line].prefix(room)
                place = lineEnd
                continue
            }
            // A line of a mail folder may have got into the message.
            if place == range.lowerBound, Self.isFolderLine(bytes[line]) {
                place = lineEnd
                continue
            }
            guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")),
                let name = Self.name(bytes[line.lowerBound..<colon])
            else { break }
            if fields.count < Self.most {
                let value = bytes[(colon + 1)..<line.upperBound].drop { $0 == 0x20 || $0 == 0x09 }
                fields.append((name, Array(value.prefix(Self.longest))))
            }
            place = lineEnd
        }
        end = place
    }

    /// The value of the first header of a name; nil where there is none.
    subscript(name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

    /// The text of the first header of a name; empty where there is none.
    func text(_ name: String) -> String {
        let text = self[name].map { EncodedWords.decode($0) } ?? ""
        // What was a line end in an encoded word would begin another header elsewhere.
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }

    /// The first word of a header in small letters; empty where there is none.
    func word(_ name: String) -> String {
        let value = self[name] ?? []
        let end = value.firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "(") } ?? value.count
        return String(decoding: value[..<end], as: UTF8.self).lowercased()
    }

    /// The ids in angle brackets of a header (RFC 5322, section 3.6.4), in order.
    func ids(_ name: String) -> [String] {
        guard let value = self[name] else { return [] }
        var ids: [String] = []
        var start: Int?
        for (place, byte) in value.enumerated() {
            if byte == UInt8(ascii: "<") { start = place + 1 }
            guard byte == UInt8(ascii: ">"), let from = start else { continue }
            let id = value[from..<place].filter { $0 > 0x20 }
            if 1...998 ~= id.count { ids.append(String(decoding: id, as: UTF8.self)) }
            start = nil
        }
        return ids
    }

    private static func isFolderLine(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8)
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        // Blanks before the colon are an obsolete form.
        let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? bytes.startIndex
        let name = bytes[..<end]
        guard 1...200 ~= name.count, name.allSatisfy({ 33...126 ~= $0 }) else { return nil }
        return String(decoding: name.map { 65...90 ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The end of a line with its line end.
    static func lineEnd(_ bytes: [UInt8], _ start: Int, _ limit: Int) -> Int {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let hit = memchr(base + start, 0x0A, limit - start) else {
                return limit
            }
            return UnsafeRawPointer(hit) - base + 1
        }
    }

    /// A line without its line end.
    static func trimmed(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int> {
        var end = line.upperBound
        if end > line.lowerBound, bytes[end - 1] == 0x0A { end -= 1 }
        if end > line.lowerBound, bytes[end - 1] == 0x0D { end -= 1 }
        return line.lowerBound..<end
    }
}
