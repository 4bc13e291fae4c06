/// Finds the first byte at which a line stops being a JSON object (RFC 8259).
///
/// Only lines that the fast parser has refused come here; it does not say where they break.
struct JSONFault {
    private static let deepest = 512

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// The offset of the first wrong byte, or the length where the line ends too early.
    static func offset(in bytes: UnsafeRawBufferPointer) -> Int {
        var fault = JSONFault(bytes)
        fault.skipSpace()
        guard fault.position < bytes.count, bytes[fault.position] == UInt8(ascii: "{") else { return fault.position }
        guard fault.value(depth: 0) else { return fault.position }
        fault.skipSpace()
        return fault.position
    }

    private init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func value(depth: Int) -> Bool {
        skipSpace()
        guard let first = byte, depth < Self.deepest else { return false }
        switch first {
        case UInt8(ascii: "{"): return members(until: UInt8(ascii: "}"), areNamed: true, depth: depth)
        case UInt8(ascii: "["): return members(until: UInt8(ascii: "]"), areNamed: false, depth: depth)
        case UInt8(ascii: "\""): return text()
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    private mutating func members(until end: UInt8, areNamed: Bool, depth: Int) -> Bool {
        position += 1
        skipSpace()
        if byte == end {
            position += 1
            return true
        }
        while true {
            if areNamed {
                skipSpace()
                guard byte == UInt8(ascii: "\""), text() else { return false }
                skipSpace()
                guard byte == UInt8(ascii: ":") else { return false }
                position += 1
            }
            guard value(depth: depth + 1) else { return false }
            skipSpace()
            guard let next = byte, next == end || next == UInt8(ascii: ",") else { return false }
            position += 1
            if next == end { return true }
        }
    }

    private mutating func text() -> Bool {
        position += 1
        while let byte {
            if byte == UInt8(ascii: "\"") {
                position += 1
                return true
            }
            if byte < 0x20 { return false }
            if byte == UInt8(ascii: "\\") {
                position += 1
                guard let escaped = self.byte, "\"\\/bfnrtu".utf8.contains(escaped) else { return false }
                if escaped == UInt8(ascii: "u") {
                    for _ in 0..<4 {
                        position += 1
                        guard let digit = self.byte, Unicode.Scalar(digit).properties.isASCIIHexDigit else {
                            return false
                        }
                    }
                }
                position += 1
            } else if byte < 0x80 {
                position += 1
            } else if !scalar() {
                return false
            }
        }
        return false
    }

    private mutating func scalar() -> Bool {
        var decoder = UTF8()
        var iterator = bytes[position...].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return false }
        position += UTF8.width(scalar)
        return true
    }

    private mutating func word(_ word: StaticString) -> Bool {
        for index in 0..<word.utf8CodeUnitCount {
            guard byte == word.utf8Start[index] else { return false }
            position += 1
        }
        return true
    }

    private mutating func number() -> Bool {
        if byte == UInt8(ascii: "-") { position += 1 }
        if byte == UInt8(ascii: "0") { position += 1 } else if !digits() { return false }
        if byte == UInt8(ascii: ".") {
            position += 1
            guard digits() else { return false }
        }
        if let byte, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if self.byte == UInt8(ascii: "+") || self.byte == UInt8(ascii: "-") { position += 1 }
            return digits()
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte, byte &- 48 < 10 { position += 1 }
        return position > start
    }
}

extension UTF8 {
    static func width(_ scalar: Unicode.Scalar) -> Int {
        scalar.value < 0x80 ? 1 : scalar.value < 0x800 ? 2 : scalar.value < 0x10000 ? 3 : 4
    }
}
