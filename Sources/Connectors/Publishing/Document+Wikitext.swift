internal import Records

extension Document {
    /// The document in the markup of MediaWiki; nothing that came from people is read as markup.
    var wikitext: String {
        blocks.map { block in
            switch block {
            case .heading(let text): "== \(Self.wikiEscaped(text)) =="
            case .paragraph(let lines): lines.map(Self.wikiEscaped).joined(separator: "<br />")
            case .list(let items): items.map { "* " + Self.wikiEscaped($0) }.joined(separator: "\n")
            case .code(let lines): "<pre>\(lines.map(Self.wikiEscaped).joined(separator: "\n"))</pre>"
            }
        }.joined(separator: "\n\n")
    }

    /// A text on one line, in which every sign of the markup is a character reference.
    static func wikiEscaped(_ text: RedactedText) -> String {
        var result = ""
        for scalar in text.string.trimmed.unicodeScalars {
            if scalar.properties.isWhitespace {
                result += " "
            } else if "<>&\"'[]{}|=*#:;~_-!".unicodeScalars.contains(scalar) {
                result += "&#\(scalar.value);"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
