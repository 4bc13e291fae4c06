public import Records

/// How an article is written down for people and for the platforms that keep knowledge.
public enum ArticleFormat: String, Sendable, CaseIterable {
    /// CommonMark.
    case markdown
    /// HTML 5 without a head, as help centres take it.
    case html
    /// The storage format of Confluence, an XHTML.
    case confluence
    /// MediaWiki's wiki text.
    case mediawiki

    /// The article in this format; everything that came from people is escaped.
    ///
    /// - Parameters:
    ///   - article: The article.
    ///   - hoursAWeek: The hours a week that cases like its own cost lately; not written when nil.
    public func text(of article: Article, hoursAWeek: Double? = nil) -> String {
        var text = heading(1, article.title)
        text += section("Issue", article.issue)
        if !article.readEnvironment.isEmpty {
            text += heading(2, "Environment")
            text += list(
                article.readEnvironment.map { "\(escaped($0.field)): \(escaped($0.value)) (\($0.cases) cases)" })
        }
        text += section("Cause", article.cause)
        text += section("Resolution", article.resolution)
        if !article.otherResolution.isEmpty {
            text += paragraph(escaped("Other cases were resolved by:")) + paragraphs(article.otherResolution)
        }
        if article.resolution.isEmpty { text += paragraph(escaped("No solution is known that two cases agree on.")) }
        text += heading(2, "Metadata")
        var facts = [
            "Article: \(escaped(article.id)), version \(article.version)", "State: \(article.state.rawValue)",
            "Audience: \(article.audience.rawValue)",
            "Updated: \(article.updatedAt.iso8601)",
        ]
        if !article.keywords.isEmpty { facts.append("Keywords: \(escaped(article.keywords.joined(separator: ", ")))") }
        let cited = Set(article.sentences.flatMap(\.tickets))
        facts.append("Cases: \(cited.count)")
        if let hoursAWeek { facts.append("Hours a week: \(hoursAWeek.rounded(places: 1))") }
        return text + list(facts)
    }

    private func section(_ title: String, _ sentences: [Article.Sentence]) -> String {
        sentences.isEmpty ? "" : heading(2, title) + paragraphs(sentences)
    }

    private func paragraphs(_ sentences: [Article.Sentence]) -> String {
        sentences.map { paragraph(escaped($0.text.string)) }.joined()
    }

    private func heading(_ level: Int, _ text: RedactedText) -> String { heading(level, text.string) }

    private func heading(_ level: Int, _ text: String) -> String {
        switch self {
        case .markdown: String(repeating: "#", count: level) + " " + escaped(text) + "\n\n"
        case .mediawiki:
            String(repeating: "=", count: level) + " " + escaped(text) + " " + String(repeating: "=", count: level)
                + "\n\n"
        case .html, .confluence: "<h\(level)>\(escaped(text))</h\(level)>\n"
        }
    }

    private func paragraph(_ text: String) -> String {
        switch self {
        case .markdown, .mediawiki: text + "\n\n"
        case .html, .confluence: "<p>\(text)</p>\n"
        }
    }

    private func list(_ items: [String]) -> String {
        switch self {
        case .markdown: items.map { "- " + $0 + "\n" }.joined() + "\n"
        case .mediawiki: items.map { "* " + $0 + "\n" }.joined() + "\n"
        case .html, .confluence: "<ul>\n" + items.map { "<li>\($0)</li>\n" }.joined() + "</ul>\n"
        }
    }

    /// Text in which nothing is read as markup, on one line.
    private func escaped(_ text: String) -> String {
        // Lines that begin with blanks are code.
        let text = text.drop(while: \.isWhitespace)
        var result = ""
        for (place, character) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
            switch (self, character) {
            case (_, "\n"), (_, "\r"), (_, "\t"), (_, "\u{2028}"), (_, "\u{2029}"): result += " "
            // Lists and rules, which begin a line.
            case (.markdown, "-"), (.markdown, "+"):
                result += (place == text.startIndex ? "\\" : "") + String(character)
            case (.markdown, "."), (.markdown, ")"):
                let (before, after) = (text[..<place], text[place...].dropFirst())
                let isItem =
                    !before.isEmpty && before.allSatisfy(\.isWholeNumber) && after.first?.isWhitespace ?? true
                result += (isItem ? "\\" : "") + String(character)
            case (.mediawiki, "-") where place == text.startIndex: result += "&#45;"
            case (.html, "<"), (.confluence, "<"), (.markdown, "<"), (.mediawiki, "<"): result += "&lt;"
            case (.html, ">"), (.confluence, ">"), (.markdown, ">"), (.mediawiki, ">"): result += "&gt;"
            case (_, "&"): result += "&amp;"
            case (.html, "\""), (.confluence, "\""): result += "&quot;"
            case (.markdown, let sign) where "\\`*_[]#|~".unicodeScalars.contains(sign): result += "\\" + String(sign)
            case (.mediawiki, let sign) where "'[]{}|=*#:;~_".unicodeScalars.contains(sign):
                result += "&#\(sign.value);"
            case (_, let sign) where sign.properties.generalCategory == .control || sign.value & 0xFFFE == 0xFFFE:
                continue
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
