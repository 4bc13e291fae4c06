import Features
import Testing

/// Sentences of messages worked by hand.
struct SentenceTests {
    private static let token = "<email:0123456789abcdef0123>"

    private func expect(_ message: String, _ said: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(ReadMessage(message, sourceLocation: sourceLocation).said == said, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [
            "Open config.yaml in version 2.10.3 first.", "See e.g. the log, i.e. the last lines.",
            "It takes 3.5 s, approx. 4 s.",
            "Look at https://example.com/a.b?c=d. It", "Dr. Who and J. Smith saw it.", "Am 3. Mai fiel er aus.",
            "Mail <email:0123456789abcdef0123> about it.", "Wait... what", "Das ist z. B. ggf. die Platte.",
            "See no. 5 of the list.", "It is tags v.s. metrics at 10 p.m. sharp.",
            "Use a.b.c or x.y etc. when it fails.",
        ])
    func `points within sentences`(sentence: String) {
        let parts = sentence.hasSuffix(". It") ? [String(sentence.dropLast(3)), "It"] : [sentence]
        expect(sentence, parts)
    }

    @Test func `ends of sentences`() {
        expect(
            "It fails. it is slow! Why?! We use version 17. Error 404. I did (twice.) So did I. Then \"no.\" No.",
            [
                "It fails.", "it is slow!", "Why?!", "We use version 17.", "Error 404.", "I did (twice.)", "So did I.",
                "Then \"no.\"", "No.",
            ])
        expect("Ask \(Self.token). Then wait.", ["Ask \(Self.token).", "Then wait."])
        expect("ログインできません。助けてください！", ["ログインできません。", "助けてください！"])
        expect("「保存できない。」と出ます！？助けて。", ["「保存できない。」", "と出ます！？", "助けて。"])
        expect("无法登录？请帮助｡谢谢", ["无法登录？", "请帮助｡", "谢谢"])
        expect(
            "Il dit « non. » Puis rien.",
            ["Il dit « non. »", "Puis rien."])
    }

    @Test func `a line that is drawn says nothing`() {
        expect("It fails.\n————————\n• • •\nAgain.", ["It fails.", "Again."])
    }

    @Test func `items of lists are sentences`() {
        expect(
            "Steps:\n- open the page\n* press save\n1. wait\n2) it fails\n• nothing is saved\nb) really",
            ["Steps:", "open the page", "press save", "wait", "it fails", "nothing is saved", "really"])
    }

    @Test func `a line that was broken by its width goes on`() {
        expect(
            "Since the last update of the server in our office nobody\ncan log in any more. It is\nurgent",
            ["Since the last update of the server in our office nobody\ncan log in any more.", "It is", "urgent"])
    }

    @Test func `a mail in HTML`() {
        expect(
            """
            <html><head><style>p { color: red }</style></head><body><p>Hello,</p><p>the <b>export</b> to <i>PDF</i> fails &amp; <b>hangs</b>.<br>
            Gr&ouml;&szlig;e: 12&nbsp;MB</p><ul><li>first step</li><li>second &lt;step&gt;</li></ul>
            <!-- hidden. --><blockquote>Please try again.</blockquote><p>mail \(Self.token)</p></body></html>
            """,
            [
                "the export to PDF fails & hangs.", "Größe: 12 MB", "first step", "second <step>", "mail \(Self.token)",
            ])
    }

    @Test func `what is no HTML stays`() {
        expect("The type List<String> is <b>wrong.", ["The type List<String> is <b>wrong."])
    }

    @Test func `nothing comes together that no redactor has read`() {
        let read = ReadMessage("<p>ada@exam<b>ple</b>.com or ada&#64;example.com or &#97;da</p>")
        #expect(read.said == ["ada@exam ple .com or ada example.com or da"])
    }
}
