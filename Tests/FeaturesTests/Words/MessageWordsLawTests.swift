import Features
@_spi(Stored) import Records
import Statistics
import Testing

/// Laws that hold for whatever is put into a message.
struct MessageWordsLawTests {
    private static let fragments = [
        "Hello team,", "It fails with größe. ", "> quoted line", ">> older", "-- ", "--", "Best regards,", "Ada",
        "Thanks",
        "On Mon, Mar 4, 2024 at 10:11 AM Ada wrote:", "-----Original Message-----", "From: a", "Sent: b", "To: c",
        "Subject: d", "---------- Forwarded message ---------", "2024-03-04 10:11:12 ERROR disk full", "```", "{code}",
        "\tat a.b.C.d(E.java:12)", "-----BEGIN KEY-----", "-----END KEY-----", "<email:0123456789abcdef0123>",
        "<div>", "</div>", "<br>", "<p>", "&uuml;", "&#64;", "<style>", "<!--", "-->", "<blockquote>", "。", "！", "…",
        "\u{A0}",
        "\n", "\n", "\n\n", " ", ".", "?!", "e.g. ", "- item", "1. item", "{\"a\": 1}", "}", "日本語", "\u{1F600}",
        "a=1 b=2 c=3",
        "confidential and intended recipient in error ", "Sent from my phone", "\r\n", "\0", "é", "aGVsbG8gd29ybGQ=",
    ]

    @Test(arguments: 1...40)
    func `ranges are in order, disjoint, and of whole characters and tokens`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for length in 1...60 {
            let message = (0..<length).map { _ in Self.fragments.randomElement(using: &generator) ?? "" }.joined()
            let read = ReadMessage(message)
            for stretch in read.said + read.pasted {
                #expect(
                    !stretch.isEmpty
                        && stretch.contains { $0.isLetter || $0.isNumber || $0 >= "\u{80}" || $0.isPunctuation })
            }
            // A token is cut nowhere: each beginning has its end.
            for sentence in read.said {
                #expect(
                    sentence.split(separator: "<email:", omittingEmptySubsequences: false).dropFirst()
                        .allSatisfy { $0.hasPrefix("0123456789abcdef0123>") }, "\(sentence)")
            }
        }
    }

    @Test func `a message of what was said is said again`() {
        var generator = SplitMix64(seed: 99)
        for _ in 0..<200 {
            let words = ["the", "export", "fails", "since", "noon", "größer", "again"].shuffled(using: &generator)
            let sentences = (1...5).map { words.prefix($0 + 2).joined(separator: " ") + "." }
            #expect(ReadMessage(sentences.joined(separator: " ")).said == sentences)
            #expect(ReadMessage(sentences.joined(separator: "\n")).said == sentences)
        }
    }

    @Test func `slices of a text are texts`() {
        let words = MessageWords(RedactedText(stored: "Ask größe. Then wait."))
        #expect(words.sentences.map { words.text[bytes: $0].string } == ["Ask größe.", "Then wait."])
        #expect(words.text[bytes: 100..<200].isEmpty)
        #expect(words.text[bytes: 4..<100].string == "größe. Then wait.")
    }
}
