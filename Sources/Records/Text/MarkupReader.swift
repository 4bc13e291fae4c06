internal import Glibc

/// Reads the words out of a mail in HTML; ``RedactedText/withoutMarkup`` says how.
///
/// It is no parser of documents: elements need not be closed, and what is no known element is text, such as `List<String>`.
struct MarkupReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var output: [UInt8] = []
    private var quoteDepth = 0
    private var preformattedDepth = 0
    /// Elements that are known to have no end from here on, so that it is looked for only once.
    private var unclosed: Set<String> = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count)
    }

    /// A tag: its name in lower case, and where it ends.
    private struct Tag {
        let name: String
        let isClosing: Bool
        let end: Int
    }

    private static let layout: Set<String> = ["br", "p", "div", "span", "td", "blockquote"]
    private static let lines: Set<String> = [
        "br", "p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
        "hr",
        "section", "article", "header", "footer", "body", "html",
    ]
    private static let inline: Set<String> = [
        "a", "abbr", "b", "big", "center", "cite", "code", "col", "colgroup", "del", "em", "font", "i", "img", "ins",
        "label", "link", "mark", "meta", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "tbody", "td", "tfoot", "th", "thead", "tt", "u", "wbr",
    ]
    private static let wordless: Set<String> = ["style", "script", "head", "title"]

    /// Whether a text is in HTML.
    static func isMarkup(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        let first = bytes.firstIndex { $0 > 0x20 } ?? 0
        var found = 0
        var place = first
        while let hit = memchr(base + place, Int32(UInt8(ascii: "<")), bytes.count - place) {
            place = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
            if let tag = tag(at: place, in: bytes) {
                if place == first, tag.name != "a" { return true }
                if layout.contains(tag.name) { found += 1 }
                if found == 3 { return true }
            }
            place += 1
        }
        return false
    }

    /// The tag of a known element that begins at a place.
    private static func tag(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Tag? {
        var place = start + 1
        let isClosing = place < bytes.count && bytes[place] == UInt8(ascii: "/")
        if isClosing { place += 1 }
        let isDeclared = place < bytes.count && bytes[place] == UInt8(ascii: "!")
        if isDeclared { place += 1 }
        let nameStart = place
        while place < bytes.count, place - nameStart < 10,
            97...122 ~= bytes[place] | 0x20 || 48...57 ~= bytes[place] || bytes[place] == UInt8(ascii: ":")
        {
            place += 1
        }
        guard place > nameStart, place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: ">"), UInt8(ascii: "/"), 0...0x20: break
        default: return nil
        }
        let name = String(decoding: bytes[nameStart..<place].map { 65...90 ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
        guard isDeclared ? name == "doctype" : lines.contains(name) || inline.contains(name) || wordless.contains(name)
        else { return nil }
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: ">"): return Tag(name: name, isClosing: isClosing, end: place + 1)
            case UInt8(ascii: "<"):
                // A link to an address that was redacted.
                guard let end = RedactedText.tokenEnd(at: place, in: bytes) else { return nil }
                place = end
            default: place += 1
            }
        }
        return nil
    }

    /// Reads all of it.
    mutating func read() -> [UInt8] {
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"): readAngle()
            case UInt8(ascii: "&"):
                let reference = CharacterReference(at: place, in: bytes)
                for byte in reference?.replacement ?? [UInt8(ascii: "&")] { write(byte) }
                place = reference?.end ?? place + 1
            default:
                write(bytes[place])
                place += 1
            }
        }
        return output
    }

    private mutating func readAngle() {
        if let end = RedactedText.tokenEnd(at: place, in: bytes) {
            for byte in bytes[place..<end] { write(byte) }
            place = end
        } else if starts(with: "<!--", at: place) {
            skip(to: "-->", or: place + 4)
        } else if let tag = Self.tag(at: place, in: bytes) {
            place = tag.end
            read(tag)
        } else {
            write(bytes[place])
            place += 1
        }
    }

    private mutating func read(_ tag: Tag) {
        if Self.wordless.contains(tag.name) {
            if !tag.isClosing { skip(to: "</\(tag.name)>", or: place) }
            return
        }
        guard Self.lines.contains(tag.name) else {
            // A tag within a word must not join what was read apart.
            if let last = output.last, last > 0x20, place < bytes.count, bytes[place] > 0x20, !endsPhrase(place) {
                write(0x20)
            }
            if tag.name == "td" || tag.name == "th" { write(0x20) }
            return
        }
        if tag.name == "blockquote" { quoteDepth = max(0, quoteDepth + (tag.isClosing ? -1 : 1)) }
        if tag.name == "pre" { preformattedDepth = max(0, preformattedDepth + (tag.isClosing ? -1 : 1)) }
        breakLine(leavingBlank: tag.name == "br" || tag.name == "p")
        if tag.name == "li", !tag.isClosing { for byte in "- ".utf8 { write(byte) } }
    }

    /// Whether punctuation stands at a place, and no word right behind it.
    private func endsPhrase(_ place: Int) -> Bool {
        guard ".,;:!?)".utf8.contains(bytes[place]) else { return false }
        return place + 1 == bytes.count || bytes[place + 1] <= 0x20 || bytes[place + 1] == UInt8(ascii: "<")
    }

    /// Writes a byte, and the sign of a quote at the front of a line; blanks run together outside of what is preformatted.
    private mutating func write(_ byte: UInt8) {
        if byte == 0x0A, preformattedDepth > 0 { return output.append(0x0A) }
        let isBlank = byte <= 0x20
        let startsLine = output.last.map { $0 == 0x0A } ?? true
        if isBlank, preformattedDepth == 0, startsLine || output.last == 0x20 { return }
        if startsLine, quoteDepth > 0 { output.append(contentsOf: "> ".utf8) }
        output.append(isBlank ? 0x20 : byte)
    }

    private mutating func breakLine(leavingBlank: Bool) {
        while output.last == 0x20 { output.removeLast() }
        let breaks = output.suffix(2).count { $0 == 0x0A }
        if !output.isEmpty, breaks == 0 || (breaks == 1 && leavingBlank) { output.append(0x0A) }
    }

    private func starts(with mark: String, at place: Int) -> Bool {
        zip(mark.utf8, bytes[place...]).allSatisfy { $0 == (65...90 ~= $1 ? $1 | 0x20 : $1) }
            && place + mark.utf8.count <= bytes.count
    }

    /// Leaves out all up to a mark and the mark; where there is none, all up to another place.
    private mutating func skip(to mark: String, or other: Int) {
        var end = place
        while !unclosed.contains(mark) {
            guard end < bytes.count else {
                unclosed.insert(mark)
                break
            }
            if bytes[end] == mark.utf8.first, starts(with: mark, at: end) {
                place = end + mark.utf8.count
                return
            }
            end += 1
        }
        place = other
    }
}
