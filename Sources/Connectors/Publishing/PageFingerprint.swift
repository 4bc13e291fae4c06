internal import Crypto
internal import Records

/// What tells two texts of a page apart; of the texts themselves nothing is kept, as people may have written anything into them.
public struct PageFingerprint: Sendable, Hashable {
    /// The SHA-256 of the text to the letter.
    public var exact: String
    /// The SHA-256 of its words in lower case: knowledge bases rewrite markup, and leave the words.
    public var words: String

    /// Takes the fingerprint of a page.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - body: The text in the markup of the knowledge base.
    public init(title: String, body: String) {
        exact = Self.hash(title + "\u{0}" + body)
        words = Self.hash(Self.words(title).joined(separator: " ") + "\u{0}" + Self.words(body).joined(separator: " "))
    }

    /// The words of a text, without tags and character references.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        func end() {
            if !word.isEmpty { words.append(word.lowercased()) }
            word = ""
        }
        let scalars = text.unicodeScalars
        var place = scalars.startIndex
        while place < scalars.endIndex {
            let scalar = scalars[place]
            if scalar == "<" || scalar == "&", let last = Self.end(of: scalar, in: scalars[place...]) {
                end()
                place = last
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                word.unicodeScalars.append(scalar)
            } else {
                end()
            }
            place = scalars.index(after: place)
        }
        end()
        return words
    }

    /// The last scalar of a tag or a character reference that begins a text; nil where none does.
    private static func end(of first: Unicode.Scalar, in text: Substring.UnicodeScalarView) -> String.Index? {
        let (last, most): (Unicode.Scalar, Int) = first == "<" ? (">", 1_000) : (";", 12)
        guard let end = text.prefix(most).firstIndex(of: last) else { return nil }
        let inside = text[text.startIndex..<end].dropFirst()
        if first == "<" {
            let isName = inside.first.map { $0 == "/" || $0 == "!" || $0.properties.isAlphabetic } ?? false
            return isName && !inside.contains("<") ? end : nil
        }
        let isReference =
            !inside.isEmpty
            && inside.allSatisfy {
                $0 == "#" || ($0.isASCII && $0.properties.isAlphabetic) || $0.properties.numericType != nil
            }
        return isReference ? end : nil
    }

    private static func hash(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).hexadecimal
    }
}
