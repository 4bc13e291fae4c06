/// JSON that grows member by member (RFC 8259).
struct JSONText {
    private(set) var text = ""
    private var isFirst = true

    mutating func open() {
        text += "{"
        isFirst = true
    }

    /// Opens an object that is a member.
    mutating func open(_ key: String) {
        name(key)
        text += "{"
        isFirst = true
    }

    mutating func close() {
        text += "}"
        isFirst = false
    }

    mutating func endLine() {
        text += "\n"
        isFirst = true
    }

    mutating func member(_ key: String, _ value: String) {
        name(key)
        quote(value)
    }

    /// A member whose value is JSON already.
    mutating func member(_ key: String, json: String) {
        name(key)
        text += json
    }

    mutating func member(_ key: String, _ values: [String]) {
        name(key)
        text += "["
        for (index, value) in values.enumerated() {
            if index > 0 { text += "," }
            quote(value)
        }
        text += "]"
    }

    private mutating func name(_ key: String) {
        if !isFirst { text += "," }
        isFirst = false
        quote(key)
        text += ":"
    }

    /// Escapes byte by byte and copies the runs between, because bodies of tickets are long.
    private mutating func quote(_ value: String) {
        text += "\""
        let bytes = value.utf8
        var copied = bytes.startIndex
        for index in bytes.indices where bytes[index] == 0x22 || bytes[index] == 0x5C || bytes[index] < 0x20 {
            text += value[copied..<index]
            text += Self.escape(bytes[index])
            copied = bytes.index(after: index)
        }
        text += value[copied...]
        text += "\""
    }

    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case 0x22: return "\\\""
        case 0x5C: return "\\\\"
        case 0x0A: return "\\n"
        case 0x09: return "\\t"
        default:
            let digits = String(byte, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
