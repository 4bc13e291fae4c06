internal import Crypto
public import Records

/// An article as it is sent to a knowledge base.
public struct PageText: Sendable, Hashable {
    /// The title, on one line.
    public let title: String
    /// The text in the markup of the knowledge base; its last line says what Casebook calls the article.
    public let body: String
    /// What the page is found by: 24 small letters and digits that stand for the id of the article.
    public let key: String
    /// What tells it from other texts.
    public let fingerprint: PageFingerprint

    /// Writes an article down.
    ///
    /// - Parameters:
    ///   - article: The article; all of it goes through the redactor once more, as its facts and keywords are no redacted text.
    ///   - markup: HTML that is XHTML too, or wiki text, in which the title is the first line.
    ///   - redactor: The tenant's.
    public init(_ article: Article, in markup: Markup, redactor: Redactor) {
        let document = Document(article, redactor: redactor)
        let title = redactor.redact(RawText(article.title.string))
        let key = Self.key(of: article.id)
        let mark = MessageMark.line(key)
        self.title = Self.plain(title.string.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        self.key = key
        switch markup {
        case .wikitext:
            body = Self.plain("'''\(Document.wikiEscaped(title))'''\n\n\(document.wikitext)\n\n\(mark)")
            fingerprint = PageFingerprint(title: "", body: body)
        default:
            body = Self.plain("\(document.html)<p>\(mark)</p>")
            fingerprint = PageFingerprint(title: self.title, body: body)
        }
    }

    /// What the page of an article is found by.
    static func key(of article: String) -> String {
        SHA256.hash(data: Array(article.utf8)).prefix(12).hexadecimal
    }

    /// Whether a text has the line by which a page of ours is known.
    static func isMarked(_ body: String, _ key: String) -> Bool { body.contains(MessageMark.line(key)) }

    /// Without the characters that XML has no form for.
    private static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars
        where scalar == "\n" || (scalar.properties.generalCategory != .control && scalar.value & 0xFFFE != 0xFFFE) {
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
