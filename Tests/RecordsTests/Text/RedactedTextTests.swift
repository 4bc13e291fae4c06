import Records
import Statistics
import Testing

struct RedactedTextTests {
    private static let token = "<email:0123456789abcdef0123>"

    @Test(arguments: ["\(token)", "ask \(token) again", "a < b \(token)", "<<\(token)>", "é \(token)"])
    func `a token is seen wherever it stands`(text: String) { #expect(RedactedText(stringLiteral: text).holdsToken) }

    @Test(arguments: [
        "", "plain words", "<b>bold</b>", "<email>", "<email:0123>", "<:0123456789abcdef0123>",
        "<email:0123456789ABCDEF0123>", "<Email:0123456789abcdef0123>", "<email:0123456789abcdef0123",
        "<email:0123456789abcdef01234>",
    ])
    func `what only looks like a token is none`(text: String) {
        #expect(!RedactedText(stringLiteral: text).holdsToken)
    }

    @Test func `what a redactor took out is a token`() throws {
        let redactor = try Redactors.plain()
        #expect(redactor.redact(RawText("write to ada@example.org today")).holdsToken)
        #expect(!redactor.redact(RawText("write to us today")).holdsToken)
    }

    @Test func `joined texts stand one after the other with a blank between them`() {
        #expect(RedactedText(joining: ["a b", "c", "d"]).string == "a b c d")
        #expect(RedactedText(joining: ["alone"]).string == "alone")
        #expect(RedactedText(joining: []).isEmpty)
        #expect(RedactedText(joining: ["", "x", ""]).string == " x ")
    }

    @Test func `joining keeps tokens and makes none`() {
        #expect(RedactedText(joining: ["mail", RedactedText(stringLiteral: Self.token)]).holdsToken)
        // The two halves of a token stay apart.
        #expect(!RedactedText(joining: ["<email:", "0123456789abcdef0123>"]).holdsToken)
    }

    @Test(arguments: [
        ("the export fails", "export", true), ("the export fails", "the", true), ("the export fails", "fails", true),
        ("the export fails", "the export fails", true), ("the export fails", "the export fails.", false),
        ("the export fails", "Export", false), ("aab", "ab", true), ("aaab", "aab", true), ("abac", "abc", false),
        ("short", "longer than it", false), ("", "", true), ("x", "", true), ("", "x", false),
        ("Größe falsch", "röße", true), ("Größe falsch", "rosse", false), ("tests test", "tests tests", false),
    ])
    func `a text holds another word for word`(whole: String, part: String, holds: Bool) {
        #expect(RedactedText(stringLiteral: whole).holds(RedactedText(stringLiteral: part)) == holds)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `holding agrees with looking at every place`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        func word(_ longest: Int) -> [UInt8] {
            (0..<Int.random(in: 0...longest, using: &generator)).map { _ in UInt8.random(in: 97...98, using: &generator)
            }
        }
        for _ in 0..<200 {
            let (whole, part) = (word(12), word(4))
            let found =
                whole.count >= part.count
                && (0...whole.count - part.count).contains { whole[$0...].starts(with: part) }
            let texts = [whole, part].map { RedactedText(stringLiteral: String(decoding: $0, as: UTF8.self)) }
            #expect(texts[0].holds(texts[1]) == found, "\(texts)")
        }
    }
}
