import Connectors
import Records
import Testing

/// The forms in which systems take text.
struct DocumentMarkupTests {
    private let document: Document

    init() throws {
        let redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
        func text(_ words: String) -> RedactedText { redactor.redact(RawText(words)) }
        document = Document([
            .heading(text("Known")), .paragraph([text("a < b & c"), text("")]), .list([text("one"), text("two")]),
            .list([]),
            .code([text("at foo()"), text("at bar()")]),
        ])
    }

    @Test("markup is escaped, and nothing is lost in any form")
    func writes() {
        #expect(document.plainText.contains("a < b & c") && document.plainText.contains("- one\n- two"))
        #expect(document.html.contains("<p>a &lt; b &amp; c<br></p>") && document.html.contains("<li>two</li>"))
        #expect(document.html.contains("<pre>at foo()\nat bar()</pre>"))
    }

    @Test("the document format of Atlassian holds no empty list and no empty text")
    func writesADF() {
        let types = document.adf["content"].items.map { $0["type"].text ?? "" }
        #expect(types == ["heading", "paragraph", "bulletList", "codeBlock"])
        #expect(
            document.adf["content"].items[1]["content"].items.map { $0["type"].text ?? "" } == ["text", "hardBreak"])
        #expect(!document.adf.string.contains(#""text":"""#))
    }

    @Test("a mark is found at the end and nowhere else")
    func findsMark() {
        let line = MessageMark.line("a1b2")
        #expect(MessageMark.parted("hello\n\n" + line + "\n").key == "a1b2")
        #expect(MessageMark.parted("hello\n\n" + line).text == "hello")
        for text in ["hello", line + "\nmore", "> " + line, line + " x", MessageMark.line(""), MessageMark.line("A!")] {
            #expect(MessageMark.parted(text).key == nil)
            #expect(MessageMark.parted(text).text == text)
        }
    }
}
