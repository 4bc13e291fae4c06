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

    private mutating func quote(_ value: String) {
        text += "\""
        if value.utf8.contains(where: { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 }) {
            for scalar in value.unicodeScalars {
                switch scalar {
                case "\"": text += "\\\""
                case "\\": text += "\\\\"
                case "\n": text += "\\n"
                case "\t": text += "\\t"
                case "\u{0}"..<" ":
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: text.unicodeScalars.append(scalar)
                }
            }
        } else {
            text += value
        }
        text += "\""
    }
}
