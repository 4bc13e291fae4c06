internal import Glibc

/// Finds the message in a text that is itself pairs of keys and values or an object of JSON, as programs write that put one logger behind
/// another: `level=warn msg="disk is full" disk=3`, `{"level":"warn","msg":"disk is full"}`.
enum InnerMessage {
    /// The keys under which it stands.
    private static let keys: [StaticString] = ["msg", "message", "event", "text"]

    /// The bytes between the quotes; nil when the text is neither, or has no such pair.
    static func range(in text: UnsafeRawBufferPointer) -> Range<Int>? {
        guard let base = text.baseAddress, text.count > 5 else { return nil }
        let isObject = text[0] == UInt8(ascii: "{")
        guard isObject || beginsWithKey(text) else { return nil }
        for key in keys {
            let length = key.utf8CodeUnitCount
            var start = 0
            while let hit = memmem(base + start, text.count - start, key.utf8Start, length) {
                let place = UnsafeRawPointer(hit) - base
                start = place + length
                if place > 0, text[place - 1] != UInt8(ascii: isObject ? "\"" : " ") { continue }
                guard let value = isObject ? valueOfMember(text, from: start) : valueOfPair(text, from: start) else {
                    continue
                }
                guard let end = closingQuote(text, from: value), end > value else { return nil }
                return value..<end
            }
        }
        return nil
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
        for (index, byte) in text.prefix(64).enumerated() {
            switch byte {
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
