import Knowledge
import Records
import Testing

struct CaseTextTests {
    @Test func `quotes, greetings and signatures are left out of a message`() {
        let text = CaseText(
            title: "Printer",
            message: """
                Hello all,

                The printer gives empty pages.

                Best regards,
                Ingrid

                On Mon, Jan 5, 2026 at 9:00 AM Support <support@example.com> wrote:
                > Which scanner do you have?
                """)
        #expect(text.title == "Printer" && text.body == "The printer gives empty pages." && text.pasted == "")
    }

    @Test func `a title is read without what mail programs put before it`() {
        #expect(CaseText(title: "[EXTERNAL] Fwd: Printer", message: "It is broken.").title == "Printer")
        #expect(CaseText(DeskOfTests.supportCase("1", title: "RE: AW: Printer")).title == "Printer")
    }

    @Test func `what a machine wrote is apart and weighs less than what was said`() {
        let log = """
            2026-01-05 09:00:01,120 ERROR [main] com.example.Spooler - driver crashed
            2026-01-05 09:00:02,120 ERROR [main] com.example.Spooler - driver crashed
            """
        let text = CaseText(title: "", message: RedactedText(joining: ["Nothing is printed.\n\n"]).followed(by: log))
        #expect(text.body == "Nothing is printed." && text.pasted.string.contains("crashed"))
        #expect(!text.body.string.contains("crashed"))
        var index = CaseIndex()
        index.add(CaseText(body: "green", pasted: "crashed"))
        index.add(CaseText(body: "crashed", pasted: "green"))
        #expect(index.search(CaseText(body: "crashed"), count: 2).map(\.number) == [1, 0])
    }

    @Test func `a long log does not outweigh what was said, in a case or in a question`() throws {
        let log = (0..<300).map {
            "2026-01-05 09:00:01,\($0 + 100) INFO [worker-\($0)] Store - block \($0 * 7_919) read"
        }
        func score(_ asked: [String], _ held: [String]) throws -> Double {
            var index = CaseIndex()
            for text in DeskOfTests.texts { index.add(text) }
            let body = "The plotter draws crooked lines."
            index.add(
                CaseText(title: "Plotter", message: .init(stringLiteral: ([body] + held).joined(separator: "\n"))))
            let question = CaseText(
                title: "Plotter", message: .init(stringLiteral: ([body] + asked).joined(separator: "\n")))
            let best = try #require(index.search(question, count: 1).first)
            return best.number == DeskOfTests.count ? best.score : 0
        }
        let alone = try score([], [])
        #expect(try score(log, []) > 0.6 * alone)
        #expect(try score([], log) > 0.6 * alone)
    }

    @Test func `a case is compared by what its customer said, its signatures and its environment`() {
        var some = DeskOfTests.supportCase("1", note: "Restart the spooler.")
        some.signatures = ["E1"]
        some.environment = [Article.EnvironmentFact(field: "version", value: "4.1", cases: 1)]
        let text = CaseText(some)
        #expect(text.title == some.ticket.subject && text.body == some.ticket.body)
        #expect(text.signatures == ["E1"] && text.environment == ["version=4.1"])
    }
}

extension RedactedText {
    fileprivate func followed(by text: String) -> RedactedText { RedactedText(stringLiteral: string + text) }
}
