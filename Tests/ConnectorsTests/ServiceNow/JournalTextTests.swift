import Records
import Testing

@testable import Connectors

/// Entries of journals, in which `[code]` makes markup of what follows.
@Suite struct JournalTextTests {
    @Test(arguments: [
        ("plain <b>text</b> & [/code]", "plain <b>text</b> & [/code]", false),
        ("[code] without an end", "[code] without an end", false),
        ("[code]<b>bold</b>[/code]", "<b>bold</b>", true),
        ("a < b\r\n[CODE]<i>c</i>[/Code] & [code]d[/code]\ne", "a &lt; b<br><i>c</i> &amp; d<br>e", true),
    ])
    func `what stands between the marks is read as HTML`(entry: String, text: String, isMarkup: Bool) {
        let read = JournalText.read(entry)
        #expect(read.text == text && read.isMarkup == isMarkup)
    }

    @Test(arguments: ["[code]<a href='http://x.test'>here</a>[/code]", "[CODE]a[/CODE]", "none"])
    func `nothing that is written is read as HTML`(text: String) {
        let written = JournalText.written(text)
        #expect(!JournalText.read(written).isMarkup)
        #expect(written.replacing("[ ", with: "[") == text)
    }

    @Test func `the words of an entry come in without their markup, and its mark is found`() throws {
        let row: JSON = [
            "sys_id": "1", "sys_created_on": "2026-11-22 10:00:00", "element": "comments",
            "value": "[code]<p>Restart <b>the worker</b>.</p>[/code]\n\nRef: casebook-abc1",
        ]
        let ticket = RemoteTicket(
            id: "7", number: "7", version: "1", createdAt: Instant(seconds: 0), updatedAt: Instant(seconds: 0))
        let message = try #require(RemoteMessage(journal: row, of: ticket, users: [:]))
        #expect(message.isMarkup && message.key == "abc1")
        let redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
        let words = redactor.redactMarkup(message.text).string
        #expect(words.contains("Restart the worker") && !words.contains("<"))
    }
}
