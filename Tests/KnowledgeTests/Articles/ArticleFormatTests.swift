import Knowledge
import Records
import Testing

struct ArticleFormatTests {
    private let small = Article(
        id: "K-1", version: 2, state: .validated, audience: .everyone, group: "1", createdAt: Instant(seconds: 0),
        updatedAt: Instant(seconds: 86_400), title: "Empty pages",
        issue: [
            .init(text: "The printer gives empty pages.", tickets: ["1", "2"]),
            .init(text: "Nothing is printed.", tickets: ["3"]),
        ],
        environment: [.init(field: "version", value: "4.1", cases: 2)],
        cause: [.init(text: "The driver is broken.", tickets: ["1"])],
        resolution: [.init(text: "Install the driver again.", tickets: ["2"])], keywords: ["printer", "pages"])

    private func titled(_ title: RedactedText) -> Article {
        Article(id: "K-1", createdAt: Instant(seconds: 0), title: title, issue: [.init(text: title, tickets: ["1"])])
    }

    private func lines(_ format: ArticleFormat, _ title: RedactedText) -> [String] {
        format.text(of: titled(title)).split(separator: "\n").map(String.init)
    }

    /// Whether a text is elements that end in order, entities of XML and characters that XML allows.
    private func isWellFormed(_ text: String) -> Bool {
        var open: [Substring] = []
        var rest = text[...]
        while let sign = rest.firstIndex(where: { "<&".contains($0) }) {
            rest = rest[sign...]
            guard let end = rest.firstIndex(where: { ">;".contains($0) }) else { return false }
            let inner = rest[rest.index(after: sign)..<end]
            if rest.first == "&" {
                guard ["amp", "lt", "gt", "quot"].contains(inner) else { return false }
            } else if inner.first == "/" {
                guard open.popLast() == inner.dropFirst() else { return false }
            } else {
                guard ["h1", "h2", "p", "ul", "li"].contains(inner) else { return false }
                open.append(inner)
            }
            rest = rest[rest.index(after: end)...]
        }
        return open.isEmpty
            && text.unicodeScalars.allSatisfy { ($0 == "\n" || $0.value >= 0x20) && $0.value & 0xFFFE != 0xFFFE }
    }

    @Test func `a small article in CommonMark`() {
        #expect(
            ArticleFormat.markdown.text(of: small) == """
                # Empty pages

                ## Issue

                The printer gives empty pages.

                Nothing is printed.

                ## Environment

                - version: 4.1 (2 cases)

                ## Cause

                The driver is broken.

                ## Resolution

                Install the driver again.

                ## Metadata

                - Article: K-1, version 2
                - State: validated
                - Audience: everyone
                - Updated: \(small.updatedAt.iso8601)
                - Keywords: printer, pages
                - Cases: 3


                """)
    }

    @Test(arguments: ArticleFormat.allCases)
    func `what resolved other cases is told below the resolution`(format: ArticleFormat) throws {
        var both = small
        both.otherResolution = [.init(text: "Buy another printer.", tickets: ["9"])]
        let text = format.text(of: both)
        let parts = ["Install the driver again.", "Other cases were resolved by", "Buy another printer."]
        let places = try parts.map { try #require(text.firstRange(of: $0)).lowerBound }
        #expect(places == places.sorted())
        #expect(text.contains("Cases: 4"))
    }

    @Test func `a small article in wiki text`() {
        #expect(
            ArticleFormat.mediawiki.text(of: small) == """
                = Empty pages =

                == Issue ==

                The printer gives empty pages.

                Nothing is printed.

                == Environment ==

                * version: 4.1 (2 cases)

                == Cause ==

                The driver is broken.

                == Resolution ==

                Install the driver again.

                == Metadata ==

                * Article: K-1, version 2
                * State: validated
                * Audience: everyone
                * Updated: \(small.updatedAt.iso8601)
                * Keywords: printer, pages
                * Cases: 3


                """)
    }

    @Test(arguments: ArticleFormat.allCases)
    func `the hours that cases cost are told where they are known`(format: ArticleFormat) {
        let text = format.text(of: small, hoursAWeek: 2.3456)
        #expect(text.contains("Hours a week: 2.3") && text.contains("Cases: 3"))
        #expect(!format.text(of: small).contains("Hours"))
    }

    @Test(arguments: [ArticleFormat.html, .confluence])
    func `a small article in HTML and in the storage format`(format: ArticleFormat) {
        #expect(
            format.text(of: small) == """
                <h1>Empty pages</h1>
                <h2>Issue</h2>
                <p>The printer gives empty pages.</p>
                <p>Nothing is printed.</p>
                <h2>Environment</h2>
                <ul>
                <li>version: 4.1 (2 cases)</li>
                </ul>
                <h2>Cause</h2>
                <p>The driver is broken.</p>
                <h2>Resolution</h2>
                <p>Install the driver again.</p>
                <h2>Metadata</h2>
                <ul>
                <li>Article: K-1, version 2</li>
                <li>State: validated</li>
                <li>Audience: everyone</li>
                <li>Updated: \(small.updatedAt.iso8601)</li>
                <li>Keywords: printer, pages</li>
                <li>Cases: 3</li>
                </ul>

                """)
    }

    @Test(arguments: ArticleFormat.allCases)
    func `an article without a resolution says so`(format: ArticleFormat) {
        let text = format.text(of: titled("Empty"))
        #expect(text.contains("No solution is known that two cases agree on."))
        #expect(!text.contains("Environment") && !text.contains("Cause") && !text.contains("Keywords"))
    }

    @Test(arguments: ArticleFormat.allCases)
    func `a script is text in every format`(format: ArticleFormat) {
        let text = format.text(of: titled("<script>alert(1)</script> & <b>more</b>"))
        #expect(!text.contains("<script") && !text.contains("</script") && !text.contains("<b>"))
        #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;more&lt;/b&gt;"))
    }

    @Test(arguments: [ArticleFormat.html, .confluence])
    func `HTML and the storage format are well-formed whatever stands in an article`(format: ArticleFormat) {
        var article = titled("a < b && c > \"d\" ]]> <!-- ' &amp; </p><p> \u{0}\u{B}\u{FFFE}\u{FFFF}")
        article.keywords = ["<i>"]
        article.environment = [.init(field: "a<b", value: "\"&", cases: 1)]
        #expect(isWellFormed(format.text(of: article)))
    }

    @Test func `links, emphasis, headings, lists and code are text in CommonMark`() {
        #expect(lines(.markdown, "[a](b) *c* _d_ `e` ~f~ |g|")[2] == #"\[a\](b) \*c\* \_d\_ \`e\` \~f\~ \|g\|"#)
        #expect(lines(.markdown, "# Heading")[2] == "\\# Heading")
        #expect(lines(.markdown, "> quote")[2] == "&gt; quote")
        #expect(lines(.markdown, "- item")[2] == #"\- item"#)
        #expect(lines(.markdown, "+ item")[2] == #"\+ item"#)
        #expect(lines(.markdown, "--- rule")[2] == #"\--- rule"#)
        #expect(lines(.markdown, "12. item")[2] == #"12\. item"#)
        #expect(lines(.markdown, "3) item")[2] == #"3\) item"#)
        #expect(lines(.markdown, "4.1 is a version, not - an item")[2] == "4.1 is a version, not - an item")
    }

    @Test func `links, templates, emphasis, headings, lists and rules are text in wiki text`() {
        let text = ArticleFormat.mediawiki.text(of: titled("[[File:x]] {{tpl}} ''i'' == h == * # : ; ~~~~ |"))
        #expect(!["[[", "]]", "{{", "}}", "''", "== h", "~~~~", "|"].contains { text.contains($0) })
        #expect(lines(.mediawiki, "* item")[2] == "&#42; item")
        #expect(lines(.mediawiki, "---- rule")[2] == "&#45;--- rule")
        #expect(lines(.mediawiki, " preformatted")[2] == "preformatted")
        #expect(!ArticleFormat.mediawiki.text(of: titled("__NOTOC__")).contains("__"))
    }

    @Test(arguments: ArticleFormat.allCases)
    func `lines are joined and control characters left out`(format: ArticleFormat) {
        let text = format.text(of: titled("one\ntwo\r\nthree\u{7}\u{1B}[0m\tfour\u{7F}\u{85}five"))
        #expect(text.contains("one two  three"))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        #expect(text.contains("fourfive"))
    }
}
