internal import Glibc
internal import Records

/// Finds the message in a text that is itself pairs of keys and values, an object of JSON or a line of an access log, as programs write that put
/// one logger behind another: `level=warn msg="disk is full" disk=3`, `{"level":"warn","msg":"disk is full"}`,
/// `10.0.0.1 - - [time] "GET /orders" 500 120 "disk is full"`.
enum InnerMessage {
    /// The keys under which it stands.
    private static let keys: [StaticString] = ["msg", "message", "event", "text"]
    /// The keys under which its level stands.
    private static let levels: [StaticString] = ["level", "severity", "lvl", "levelname", "loglevel"]

    /// The bytes between the quotes; nil when the text is none of them, or has no such part.
    static func range(in text: UnsafeRawBufferPointer) -> Range<Int>? {
        guard text.count > 5 else { return nil }
        guard text[0] == UInt8(ascii: "{") || beginsWithKey(text) else { return lastOfAccessLine(text) }
        return value(of: keys, in: text)
    }

    /// The number of the level that stands beside a message in an object of JSON or in pairs; 0 where none does.
    static func severityNumber(in text: UnsafeRawBufferPointer) -> Int {
        guard text.count > 5, text[0] == UInt8(ascii: "{") || beginsWithKey(text),
            let word = value(of: levels, in: text, mayBeBare: true)
        else { return 0 }
        return LogSeverity.number(word: UnsafeRawBufferPointer(rebasing: text[word])) ?? 0
    }

    /// The bytes of the value of the first of some keys that stands in an object or in pairs.
    private static func value(
        of keys: [StaticString], in text: UnsafeRawBufferPointer, mayBeBare: Bool = false
    ) -> Range<Int>? {
        guard let base = text.baseAddress else { return nil }
        let isObject = text[0] == UInt8(ascii: "{")
        for key in keys {
            let length = key.utf8CodeUnitCount
            var start = 0
            while let hit = memmem(base + start, text.count - start, key.utf8Start, length) {
                let place = UnsafeRawPointer(hit) - base
                start = place + length
                if place > 0, text[place - 1] != UInt8(ascii: isObject ? "\"" : " ") { continue }
                if mayBeBare, !isObject, start < text.count, text[start] == UInt8(ascii: "="),
                    start + 1 < text.count, text[start + 1] != UInt8(ascii: "\"")
                {
                    return start + 1..<(text[(start + 1)...].firstIndex(of: 0x20) ?? text.count)
                }
                guard let value = isObject ? valueOfMember(text, from: start) : valueOfPair(text, from: start) else {
                    continue
                }
                guard let end = closingQuote(text, from: value), end > value else { return nil }
                return value..<end
            }
        }
        return nil
    }

    /// The last quoted part of an access line, unless it names an agent or a page.
    private static func lastOfAccessLine(_ text: UnsafeRawBufferPointer) -> Range<Int>? {
        let end = text.count - 1
        guard text[end] == UInt8(ascii: "\"") else { return nil }
        let quote = UInt8(ascii: "\"")
        guard let open = text[..<end].lastIndex(of: quote), open > 0, text[open - 1] == 0x20,
            let request = text[..<open].lastIndex(of: quote), hasStatus(text, after: request)
        else { return nil }
        let words = text[open + 1..<end].split(separator: 0x20)
        guard words.count > 1, !words.contains(where: isProduct) else { return nil }
        return open + 1..<end
    }

    /// Whether a word is a name and a version, as agents call themselves.
    private static func isProduct(_ word: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard let slash = word.firstIndex(of: UInt8(ascii: "/")), slash > word.startIndex, slash + 1 < word.endIndex
        else { return false }
        return word[slash - 1] >= UInt8(ascii: "A") && (0x30...0x39).contains(word[slash + 1])
    }

    /// Whether a space and a number of three digits come next.
    private static func hasStatus(_ text: UnsafeRawBufferPointer, after place: Int) -> Bool {
        guard place + 5 < text.count, text[place + 1] == 0x20, text[place + 5] == 0x20 else { return false }
        return text[place + 2..<place + 5].allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func valueOfPair(_ text: UnsafeRawBufferPointer, from start: Int) -> Int? {
        start + 1 < text.count && text[start] == UInt8(ascii: "=") && text[start + 1] == UInt8(ascii: "\"")
            ? start + 2 : nil
    }

    private static func valueOfMember(_ text: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        for byte in [UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "\"")] {
            while place < text.count, text[place] == 0x20 { place += 1 }
            guard place < text.count, text[place] == byte else { return nil }
            place += 1
        }
        return place
    }

    private static func beginsWithKey(_ text: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<min(64, text.count) {
            switch text[index] {
            case UInt8(ascii: "="): return index > 0
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "@"):
                continue
            default: return false
            }
        }
        return false
    }

    private static func closingQuote(_ text: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        while place < text.count, text[place] != 0x0A {
            if text[place] == UInt8(ascii: "\\") {
                place += 2
            } else if text[place] == UInt8(ascii: "\"") {
                return place
            } else {
                place += 1
            }
        }
        return nil
    }

    /// `memmem` of the C library, which its module does not offer.
    private static func memmem(
        _ text: UnsafeRawPointer, _ count: Int, _ key: UnsafePointer<UInt8>, _ length: Int
    ) -> UnsafeRawPointer? {
        var start = text
        var left = count
        while left >= length, let hit = memchr(start, Int32(key[0]), left - length + 1) {
            if memcmp(hit, key, length) == 0 { return UnsafeRawPointer(hit) }
            let next = UnsafeRawPointer(hit) + 1
            left -= next - start
            start = next
        }
        return nil
    }
}
