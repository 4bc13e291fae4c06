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
            let text = try value.decode(String.self)
            strings = text.utf8.split(separator: Self.separator, omittingEmptySubsequences: false).map {
                String(Substring($0))
            }
        } catch DecodingError.typeMismatch {
            strings = try value.decode([String].self)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        let isJoined = strings != [] && !strings.contains { $0.utf8.contains(Self.separator) }
        if isJoined { try value.encode(strings.joined(separator: "\n")) } else { try value.encode(strings) }
    }

    private static let separator = UInt8(ascii: "\n")
}
