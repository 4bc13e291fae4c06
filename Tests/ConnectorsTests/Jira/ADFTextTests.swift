import Records
import Testing

@testable import Connectors

struct ADFTextTests {
    @Test func `who is mentioned is told by id and name, however deep`() {
        let mention: JSON = ["type": "mention", "attrs": ["id": "7", "text": "@Ana Zuvenko"]]
        let cell: JSON = ["type": "tableCell", "content": [["type": "paragraph", "content": [mention]]]]
        #expect(ADFText.mentions(["type": "doc", "content": [cell]]) == ["7": RawText("Ana Zuvenko")])
        #expect(ADFText.mentions("plain").isEmpty)
    }

    private static func node(_ type: String, _ content: [JSON] = [], _ attributes: JSON = .null) -> JSON {
        ["type": .text(type), "content": .list(content), "attrs": attributes]
    }

    private static func text(_ text: String, link: String? = nil) -> JSON {
        guard let link else { return ["type": "text", "text": .text(text)] }
        return [
            "type": "text", "text": .text(text),
            "marks": [["type": "strong"], ["type": "link", "attrs": ["href": .text(link)]]],
        ]
    }

    private static func paragraph(_ content: JSON...) -> JSON { node("paragraph", content) }

    private static func item(_ content: JSON...) -> JSON { node("listItem", content) }

    private static let documents: [(json: JSON, text: String)] = [
        (node("doc"), ""),
        (node("doc", [paragraph(text("one"), text(" line")), paragraph(text("two"))]), "one line\n\ntwo"),
        (node("doc", [paragraph(text("a"), node("hardBreak"), text("b"))]), "a\nb"),
        (
            node("doc", [node("heading", [text("Cause")], ["level": 2]), node("rule"), paragraph(text("x"))]),
            "Cause\n\nx"
        ),
        (node("doc", [node("codeBlock", [text("a\nb")], ["language": "swift"])]), "    a\n    b"),
        (
            node(
                "doc",
                [
                    paragraph(text("do")),
                    node(
                        "orderedList",
                        [
                            item(paragraph(text("first")), node("bulletList", [item(paragraph(text("inner")))])),
                            item(paragraph(text("second"))),
                        ]),
                    paragraph(text("done")),
                ]), "do\n\n- first\n  - inner\n- second\n\ndone"
        ),
        (
            node(
                "doc",
                [
                    node(
                        "table",
                        [
                            node(
                                "tableRow",
                                [
                                    node("tableHeader", [paragraph(text("k"))]),
                                    node("tableHeader", [paragraph(text("v"))]),
                                ]),
                            node(
                                "tableRow",
                                [node("tableCell", [paragraph(text("1"))]), node("tableCell", [paragraph(text("2"))])]),
                        ])
                ]), "k | v\n1 | 2"
        ),
        (
            node(
                "doc",
                [
                    node("panel", [paragraph(text("note"))], ["panelType": "info"]),
                    node("blockquote", [paragraph(text("said"))]),
                ]),
            "note\n\nsaid"
        ),
        (
            node(
                "doc",
                [
                    paragraph(
                        text("see", link: "https://example.com/a"), text(" "),
                        text("https://example.com", link: "https://example.com"),
                        node("mention", [], ["id": "7", "text": "@Ana"]), node("emoji", [], ["shortName": ":tada:"]),
                        node("inlineCard", [], ["url": "https://example.com/c"]))
                ]), "see (https://example.com/a) https://example.com@Ana:tada:https://example.com/c"
        ),
        (
            node(
                "doc",
                [paragraph(node("date", [], ["timestamp": "1795341600000"]), node("status", [], ["text": "DONE"]))]),
            "2026-11-22DONE"
        ),
        (node("doc", [node("mediaSingle", [node("media", [], ["alt": "screen.png"])])]), "[screen.png]"),
        (node("doc", [node("expand", [paragraph(text("in"))], ["title": "More"])]), "More\n\nin"),
        (node("doc", [node("somethingNew", [paragraph(text("kept"))])]), "kept"),
    ]

    @Test("A document gives its text", arguments: 0..<13)
    func document(number: Int) throws {
        try #require(Self.documents.count == 13)
        let (json, text) = Self.documents[number]
        #expect(ADFText.text(json) == text)
    }

    @Test("What is sent as a document reads back as its plain text")
    func roundTrip() throws {
        let document = Document([
            .heading(try Draft.text("Known here")),
            .paragraph([try Draft.text("line one"), try Draft.text("line two")]),
            .list([try Draft.text("first"), try Draft.text("second")]),
            .code([try Draft.text("let x = 1"), try Draft.text("  return")]),
        ])
        #expect(ADFText.text(document.adf) == document.plainText)
    }

    @Test("Whatever is sent in place of a document is no error")
    func tolerant() {
        #expect(ADFText.text("plain") == "plain")
        for json: JSON in [.null, 7, [], ["type": 7, "content": "x"], ["content": [7, "x", ["type": "text"]]]] {
            #expect(ADFText.text(json) == "")
        }
        var deep: JSON = Self.paragraph(Self.text("too deep"))
        for _ in 0..<500 { deep = Self.node("blockquote", [deep]) }
        #expect(ADFText.text(deep) == "")
    }
}
