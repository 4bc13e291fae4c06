/// Strings as they stand in a model file: one text with line feeds between them, which is read in one piece.
///
/// Where a string has a line feed of its own, or there is none, the coded form is a list.
struct StringList: Sendable, Codable, Equatable {
    var strings: [String]

    init(_ strings: [String]) {
        self.strings = strings
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        do {
            strings = Self.lines(of: try value.decode(String.self))
        } catch DecodingError.typeMismatch {
            strings = try value.decode([String].self)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        let isJoined = strings != [] && !strings.contains { $0.utf8.contains(Self.separator) }
        if isJoined { try value.encode(strings.joined(separator: "\n")) } else { try value.encode(strings) }
    }

    private static func lines(of text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            var lines: [String] = []
            var start = 0
            for end in bytes.indices where bytes[end] == separator {
                lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
                start = end + 1
            }
            lines.append(String(decoding: bytes[start...], as: UTF8.self))
            return lines
        }
    }

    private static let separator = UInt8(ascii: "\n")
}
