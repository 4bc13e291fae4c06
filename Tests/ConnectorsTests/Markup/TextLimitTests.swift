import Records
import Testing

@testable import Connectors

/// Texts that are longer than what a system takes.
struct TextLimitTests {
    private let redactor: Redactor

    init() throws {
        redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
    }

    private func document(_ line: String, lines: Int) -> Document {
        let text = redactor.redact(RawText(line))
        return Document([
            .heading(redactor.redact(RawText("Known"))), .paragraph(Array(repeating: text, count: lines)),
            .code([text]),
        ])
    }

    @Test func `what is short enough stays whole`() {
        let limit = TextLimit(units: 200, form: .text)
        #expect(limit.cut(document("it fails", lines: 10), redactor: redactor) == nil)
    }

    @Test(
        "of a long text the beginning fits, and it says how much is missing",
        arguments: ["it fails at once", "ERROR <b> & \"x\"", "не работает 👩‍👩‍👧 é"], [Markup.text, .html])
    func cuts(line: String, form: Markup) throws {
        let (whole, limit) = (document(line, lines: 300), TextLimit(units: 2_000, form: form))
        let cut = try #require(limit.cut(whole, redactor: redactor))
        #expect(limit.holds(cut) && !TextLimit(units: 1_900, form: form).holds(cut))
        let parts = cut.text.string.split(separator: "\n(")
        #expect(whole.text.string.hasPrefix(parts[0]))
        let left = whole.text.string.utf16.count - parts[0].utf16.count
        #expect(parts.count == 2 && parts[1] == "\(left) characters left out)")
    }

    @Test func `one line of ten million characters is cut as well`() throws {
        let long = Document(redactor.redact(RawText(String(repeating: "it fails ", count: 1_100_000))))
        let limit = TextLimit(units: 32_767, form: .text)
        #expect(limit.holds(try #require(limit.cut(long, redactor: redactor))))
    }
}
