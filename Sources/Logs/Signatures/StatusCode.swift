/// The status of a response, 100 to 599, where what stands before three digits says that they are one.
///
/// It says what happened, as a word does, so it is no variable: requests that were answered and requests that failed are
/// different messages. A number elsewhere is a value like any other, and so is a status within a sentence.
enum StatusCode {
    /// The bytes after a request in which its status is looked for.
    private static let reach = 128

    /// Whether three digits are a status: behind a request, behind the version of HTTP, or behind `=` or `:` and a key
    /// that ends with `status` or `code`.
    static func isOne(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard range.count == 3, range.lowerBound > 0, (0x31...0x35).contains(text[range.lowerBound]),
            isEnd(range.upperBound, text)
        else { return false }
        var before = range.lowerBound - 1
        switch text[before] {
        case 0x22, 0x27:
            before -= 1
            return isKey(before, text)
        case UInt8(ascii: "="), UInt8(ascii: ":"): return isKey(before, text)
        case let byte where byte.isBlank:
            while before >= 0, text[before].isBlank { before -= 1 }
            guard before > 0 else { return false }
            return isKey(before, text) || isRequest(before, text)
        default: return false
        }
    }

    /// The status of a message that tells of a request, such as `"GET /orders HTTP/1.1" 502 120`; nil where it tells of none.
    static func value(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard var position = endOfRequest(text) else { return nil }
        let end = min(text.count, position + reach)
        while position < end {
            guard text[position].isDigit else {
                position += 1
                continue
            }
            let start = position
            while position < text.count, text[position].isDigit { position += 1 }
            if isOne(start..<position, in: text) {
                return text[start..<position].reduce(0) { $0 * 10 + Int($1 &- 0x30) }
            }
        }
        return nil
    }

    private static func isEnd(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard index < text.count else { return true }
        switch text[index] {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"),
            UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "|"):
            return true
        case UInt8(ascii: "."): return index + 1 == text.count || text[index + 1].isBlank
        case let byte: return byte.isBlank
        }
    }

    /// Whether a mark stands at a place, and a key for a status before it.
    private static func isKey(_ mark: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard mark > 0, text[mark] == UInt8(ascii: "=") || text[mark] == UInt8(ascii: ":") else { return false }
        var end = mark
        while end > 0, text[end - 1].isBlank || text[end - 1] == 0x22 || text[end - 1] == 0x27 { end -= 1 }
        if ends(end, with: "status", text) { return true }
        guard ends(end, with: "code", text) else { return false }
        var start = end - 4
        if start > 0, text[start - 1] == 0x5f || text[start - 1] == 0x2d || text[start - 1] == 0x2e { start -= 1 }
        return start == 0 || !text[start - 1].isLetter || kindsOfCodes.contains { ends(start, with: $0, text) }
    }

    private static let kindsOfCodes: [StaticString] = [
        "status", "response", "resp", "http", "error", "err", "exit", "return", "ret", "result", "reply",
    ]

    /// Whether a request, or the version of its protocol, ends at a place.
    private static func isRequest(_ last: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text[last] == 0x22 {
            var open = startOfWord(last, text)
            if isProtocol(open..<last, text) { return true }
            while open > 0, text[open - 1] != 0x22 { open -= 1 }
            return open > 0 && endOfMethod(open, text) != nil
        }
        var end = last + 1
        // An arrow or a dash between the request and what came of it.
        var mark = end
        while mark > 0, isArrow(text[mark - 1]) { mark -= 1 }
        if mark < end, mark > 0, text[mark - 1].isBlank { end = mark }
        while end > 0, text[end - 1].isBlank { end -= 1 }
        let start = startOfWord(end, text)
        guard end > start else { return false }
        if isProtocol(start..<end, text) { return true }
        guard start > 1, text[start - 1].isBlank, isTarget(start, text) else { return false }
        let method = startOfWord(start - 1, text)
        return endOfMethod(method, text) == start - 1
    }

    /// Whether a word is `HTTP`, with a version or without.
    private static func isProtocol(_ word: Range<Int>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let end = word.lowerBound + 4
        guard end <= word.upperBound, end == word.upperBound || text[end] == UInt8(ascii: "/") else { return false }
        return ends(end, with: "http", text)
    }

    private static func isArrow(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: ":"), UInt8(ascii: "|"): true
        default: false
        }
    }

    private static func startOfWord(_ end: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int {
        var start = end
        while start > 0, !text[start - 1].isBlank, text[start - 1] != 0x22 { start -= 1 }
        return start
    }

    private static func isTarget(_ start: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        start < text.count
            && (text[start] == UInt8(ascii: "/") || start + 4 <= text.count && ends(start + 4, with: "http", text))
    }

    /// The end of a request that begins the text or its first part in quotes.
    private static func endOfRequest(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        if let end = endOfMethod(0, text) {
            guard isTarget(end + 1, text) else { return nil }
            return text[(end + 1)...].firstIndex { $0.isBlank }
        }
        guard let open = text.firstIndex(of: 0x22), let end = endOfMethod(open + 1, text), isTarget(end + 1, text)
        else { return nil }
        return text[end...].firstIndex(of: 0x22)
    }

    /// The end of the name of a method and of nothing else, with a blank behind it.
    ///
    /// Source: RFC 9110, section 9, and RFC 5789.
    private static func endOfMethod(_ start: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var end = start
        while end < text.count, text[end].isUppercase { end += 1 }
        guard end < text.count, end > start, text[end].isBlank else { return nil }
        let isMethod =
            switch (text[start], end - start) {
            case (UInt8(ascii: "G"), 3): ends(end, with: "get", text)
            case (UInt8(ascii: "P"), 3): ends(end, with: "put", text)
            case (UInt8(ascii: "P"), 4): ends(end, with: "post", text)
            case (UInt8(ascii: "H"), 4): ends(end, with: "head", text)
            case (UInt8(ascii: "P"), 5): ends(end, with: "patch", text)
            case (UInt8(ascii: "T"), 5): ends(end, with: "trace", text)
            case (UInt8(ascii: "D"), 6): ends(end, with: "delete", text)
            case (UInt8(ascii: "C"), 7): ends(end, with: "connect", text)
            case (UInt8(ascii: "O"), 7): ends(end, with: "options", text)
            default: false
            }
        return isMethod ? end : nil
    }

    /// Whether a word of small letters, written in any letters, ends at a place.
    private static func ends(_ end: Int, with word: StaticString, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = end - word.utf8CodeUnitCount
        guard start >= 0, end <= text.count else { return false }
        for index in start..<end where text[index] | 0x20 != word.utf8Start[index - start] { return false }
        return true
    }
}
