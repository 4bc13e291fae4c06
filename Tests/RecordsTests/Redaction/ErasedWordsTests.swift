@_spi(Stored) import Records
import Testing

@Suite("Names that are taken out of texts")
struct ErasedWordsTests {
    private func erased(_ names: [String], _ text: String, redactor: Redactor? = nil) -> String? {
        ErasedWords(names.map { RawText($0) }, redactor: redactor).erased(from: RedactedText(stored: text))?.string
    }

    @Test(
        arguments: [
            ("at Acme it fails", "at <erased> it fails"), ("ACME", "<erased>"),
            ("acme-prod/acme", "<erased>-prod/<erased>"),
            ("acme corp, acme", "<erased>, <erased>"), ("Müller GmbH & acme", "<erased> & <erased>"),
        ])
    func `go whatever their case`(text: String, expected: String) {
        #expect(erased(["acme", "Acme Corp.", "Müller GmbH"], text) == expected)
    }

    @Test(arguments: ["", "acm", "acmes and placme", "acme1", "éacme", "a cme"])
    func `stay where they are parts of other words`(text: String) {
        #expect(erased(["acme"], text) == nil)
    }

    @Test func `are left alone when they are too short`() {
        let words = ErasedWords([RawText("abc"), RawText("--"), RawText(""), RawText("-abcd-")], redactor: nil)
        #expect(words.tooShort == 1)
        #expect(words.erased(from: RedactedText(stored: "abc abcd"))?.string == "abc <erased>")
        #expect(erased([], "abcd") == nil)
    }

    @Test func `go in the form of their tokens too`() throws {
        let redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
        let text = redactor.redact(RawText("mail zelda@yachts.example or bob@plain.example"))
        let left = ErasedWords([RawText("zelda@yachts.example")], redactor: redactor).erased(from: text)
        #expect(left?.string.hasPrefix("mail <<erased>> or <email:") == true)
    }
}
