import Records
import Testing

@testable import Knowledge

struct ToldSolutionTests {
    private let restart: RedactedText = "Restart the spooler and install the printer driver again."

    private func told(_ cases: SupportCase...) -> ToldSolution? {
        Solutions(cases, CaseIndex(cases.map(CaseText.init))).told(0)
    }

    @Test func `the resolution note tells the solution, as soon as an agent had said it`() {
        let late = told(DeskOfTests.supportCase("1", note: restart))
        #expect(late?.sentences == [restart] && late?.saidAt == DeskOfTests.day(1))
        let early = told(
            DeskOfTests.supportCase(
                "1", note: restart,
                messages: [
                    DeskOfTests.message(.agent, hours: 1, "Which model of the device is it exactly?"),
                    DeskOfTests.message(.agent, hours: 2, "Please install the driver again and restart the spooler."),
                ]))
        #expect(early?.sentences == [restart] && early?.saidAt == Instant(seconds: 7_200))
    }

    @Test(arguments: ["", "done", "Fixed, closing.", "ok"] as [RedactedText])
    func `a note that says nothing leaves it to the last message of an agent before the resolution`(
        note: RedactedText
    ) {
        let some = told(
            DeskOfTests.supportCase(
                "1", note: note,
                messages: [
                    DeskOfTests.message(.agent, hours: 1, "Which model of the device is it exactly?"),
                    DeskOfTests.message(.agent, hours: 2, restart),
                    DeskOfTests.message(.customer, hours: 3, "Wonderful, that printed all documents correctly."),
                    DeskOfTests.message(.agent, hours: 30, "Have a look at the survey about our service today."),
                ]))
        #expect(some?.sentences == [restart] && some?.saidAt == Instant(seconds: 7_200))
    }

    @Test func `a message that arrives just after the state tells the solution, until the customer writes again`() {
        let resolved = DeskOfTests.day(1)
        func late(_ seconds: Double, _ more: [Interaction] = []) -> ToldSolution? {
            let message = DeskOfTests.message(.agent, hours: 24 + seconds / 3_600, restart)
            return told(DeskOfTests.supportCase("1", note: "done", messages: more + [message]))
        }
        #expect(late(1)?.sentences == [restart] && late(1)?.saidAt == Instant(seconds: resolved.seconds + 1))
        #expect(late(7_200) == nil, "a day's newsletter")
        #expect(late(60, [DeskOfTests.message(.customer, hours: 24.001, "It is back again, the same trouble.")]) == nil)
    }

    @Test func `what was told after a case was resolved is recommended from then on`() throws {
        let cases = [
            DeskOfTests.supportCase(
                "1", note: "done", messages: [DeskOfTests.message(.agent, hours: 24.5, restart)])
        ]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        let question = CaseText(cases[0])
        #expect(solutions.recommend(for: question, at: Instant(seconds: 24.25 * 3_600), count: 1).isEmpty)
        let later = solutions.recommend(for: question, at: Instant(seconds: 24.5 * 3_600), count: 1)
        #expect(later.first?.sentences == [restart])
    }

    /// The cases of the printer, of which nothing is told but what a change adds.
    private func silent(answer: RedactedText = "ok", _ change: (inout SupportCase, Int) -> Void) -> Solutions {
        var cases = DeskOfTests.cases
        for number in DeskOfTests.members(0) {
            cases[number].ticket.resolution = "done"
            cases[number].messages = [DeskOfTests.message(.agent, hours: 2, answer)]
            change(&cases[number], number)
        }
        return Solutions(cases, CaseIndex(cases.map(CaseText.init)))
    }

    @Test func `an internal message tells the team alone, where the customer was told nothing`() {
        let note: RedactedText = "Restarted the spooler of the customer on the second print server."
        let message = DeskOfTests.message(.agent, hours: 1, isPublic: false, note)
        let untold = silent { one, _ in one.messages.insert(message, at: 0) }
        let open = silent(answer: restart) { one, _ in one.messages.insert(message, at: 0) }
        for number in DeskOfTests.members(0) {
            #expect(untold.told(number)?.sentences == [note] && untold.told(number)?.isForTeamAlone == true)
            #expect(untold.toldPublicly(number) == nil)
            #expect(open.told(number)?.sentences == [restart] && open.told(number)?.isForTeamAlone == false)
        }
    }

    @Test func `what the team said among itself in the cases of one customer is no solution, be they repeated or not`()
    {
        let note: RedactedText = "The customer of the second print server pays late, answer slowly."
        let members = DeskOfTests.members(0)
        let message = DeskOfTests.message(.agent, hours: 1, isPublic: false, note)
        let repeated = silent { one, number in
            if number == members[0] { one.messages.insert(message, at: 0) }
            if number == members[1] {
                one.ticket.resolution = RedactedText(stringLiteral: "Duplicate of T\(members[0])")
            }
        }
        let same = silent { one, number in
            guard members.prefix(2).contains(number) else { return }
            one.customer = "the same"
            one.messages.insert(message, at: 0)
        }
        for solutions in [repeated, same] {
            for number in members.prefix(2) {
                #expect(solutions.text(number) == nil && solutions.ofCase[number] == nil)
            }
        }
    }

    @Test func `the remedy of a desk with one issue is told by its notes`() {
        let cases = DeskOfTests.members(0).map { number in
            var one = DeskOfTests.cases[number]
            one.ticket.resolution = restart
            one.messages = [DeskOfTests.message(.agent, hours: 1, "Thank you for writing to our printing team today.")]
            return one
        }
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(cases.indices.allSatisfy { solutions.told($0)?.sentences == [restart] })
    }

    @Test func `the remedy of most issues is told, and what agents say about all of them is not`() {
        /// A word that shares no piece with others.
        func word(_ number: Int) -> String {
            var rest = UInt32(truncatingIfNeeded: number + 1) &* 2_654_435_761
            return (0..<6).map { _ in
                defer { rest /= 26 }
                return String(UnicodeScalar(UInt8(97 + rest % 26)))
            }.joined()
        }
        let update: RedactedText = "Update the client to the newest version from the portal."
        // Eight issues in turn, ten cases each.
        let cases = (0..<80).map { number in
            DeskOfTests.supportCase(
                "\(number)", day: Double(number),
                title: RedactedText(stringLiteral: "\(word(number % 8)) \(word(100 + number))"), body: "",
                note: number % 8 < 5
                    ? update : RedactedText(stringLiteral: "Set \((0..<4).map { word(200 + number % 8 * 4 + $0) })"),
                messages: [DeskOfTests.message(.agent, hours: 1, "Many greetings from the printing team today.")])
        }
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(cases.indices.allSatisfy { ($0 % 8 < 5) == (solutions.told($0)?.sentences == [update]) })
    }

    @Test func `a note of two words is a solution where cases about one issue have it`() {
        let short: [RedactedText] = ["Restart spooler.", "Unblock address.", "Reconnect calendar."]
        var cases = DeskOfTests.cases
        for number in cases.indices {
            cases[number].ticket.resolution = number / 3 % 2 == 0 ? "Closed now" : short[number % 3]
        }
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        for number in cases.indices {
            #expect(solutions.told(number)?.sentences == (number / 3 % 2 == 0 ? nil : [short[number % 3]]))
        }
    }

    @Test func `a note of one word is no solution, be it that of all cases about an issue`() {
        var cases = DeskOfTests.cases
        for number in DeskOfTests.members(0) { cases[number].ticket.resolution = "Done." }
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(DeskOfTests.members(0).allSatisfy { solutions.told($0) == nil })
        #expect(DeskOfTests.members(1).allSatisfy { solutions.told($0) != nil })
    }

    @Test func `what customers, machines and internal notes say is no solution`() {
        #expect(
            told(
                DeskOfTests.supportCase(
                    "1", note: "done",
                    messages: [
                        DeskOfTests.message(.customer, hours: 1, restart),
                        DeskOfTests.message(.system, hours: 2, "Your request was assigned to the printing team."),
                        DeskOfTests.message(.agent, hours: 3, isPublic: false, "Customer pays late, answer slowly."),
                    ])) == nil)
    }

    @Test func `what ends every message in any language is no step, and neither is a line that only names somebody`() {
        // Every third case is about something of its own, and nobody answers it: those that agents answer are more alike than any.
        let own = (0..<27).map { number in
            DeskOfTests.supportCase(
                "own \(number)",
                title: RedactedText(
                    stringLiteral: "\(["alpha", "bravo", "charly"][number % 3])\(number) order\(number)"),
                body: RedactedText(stringLiteral: "item\(number) of\(number)"), note: "done")
        }
        let answered = DeskOfTests.cases.enumerated().map { number, one in
            var one = one
            let note = one.ticket.resolution.string
            one.ticket.resolution = ""
            let text = "eve@example.com,\n\n\(note)\n\nよろしくお願いいたします。\n"
            one.messages = [DeskOfTests.message(.agent, hours: 24 * Double(number) + 1, EffectDesk.text(text))]
            return one
        }
        let cases = answered + own
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        for (number, one) in DeskOfTests.cases.enumerated() {
            #expect(solutions.told(number)?.sentences.map(\.string) == [one.ticket.resolution.string])
        }
    }

    @Test func `an open case tells nothing`() {
        var open = DeskOfTests.supportCase("1", note: restart)
        open.ticket.resolvedAt = nil
        #expect(told(open) == nil)
    }

    @Test func `a case that repeats another has the solution of that one`() {
        let cases = [
            DeskOfTests.supportCase("4711", note: restart), DeskOfTests.supportCase("2", note: "Duplicate of 4711"),
            DeskOfTests.supportCase("3", note: "Duplicate of #4711."),
        ]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(solutions.ofCase[0] != nil)
        #expect(solutions.ofCase == [Int?](repeating: solutions.ofCase[0], count: 3))
        #expect(solutions.told(1) == nil && solutions.told(2) == nil)
    }

    @Test func `a case that repeats a deleted one or itself has no solution`() {
        let cases = [
            DeskOfTests.supportCase("1", note: "Duplicate of 9999"),
            DeskOfTests.supportCase("2", note: "Duplicate of 2"), DeskOfTests.supportCase("3", note: restart),
            DeskOfTests.supportCase("4", note: "Closed as a duplicate of ticket 9999."),
        ]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(solutions.ofCase.map { $0 != nil } == [false, false, true, false])
    }

    @Test func `a case that repeats one that repeats another has the solution of the last`() {
        let cases = [
            DeskOfTests.supportCase("1001", note: "Duplicate of 1002"),
            DeskOfTests.supportCase("1002", note: "Duplicate of 1003"),
            DeskOfTests.supportCase("1003", note: restart),
        ]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(solutions.ofCase[2] != nil && solutions.ofCase == [Int?](repeating: solutions.ofCase[2], count: 3))
    }

    @Test func `cases that repeat each other have none`() {
        let cases = [
            DeskOfTests.supportCase("1001", note: "Duplicate of 1002"),
            DeskOfTests.supportCase("1002", note: "Duplicate of 1001"),
        ]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(solutions.ofCase == [nil, nil])
    }

    @Test func `a note with the number of a case among other words tells its own solution`() {
        let raised: RedactedText = "Raised the memory limit to 30"
        let cases = [
            DeskOfTests.supportCase("30", note: restart), DeskOfTests.supportCase("2", note: raised),
            DeskOfTests.supportCase("3", note: "Removed 30 duplicate rows from the table."),
        ]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(solutions.told(1)?.sentences == [raised] && solutions.told(2) != nil)
    }

    @Test(
        arguments: [
            "30", "#30", "#30.", "Duplicate: 30", "See 30.", "See ticket #30", "Same as 30",
            "Same problem as in case 30",
            "Closing as a duplicate of #30, see there for the fix.", "Thank you for the report. This is a dup of 30.",
            "Duplikat zu 30", "Merged into 30", "This ticket was merged with case 30 and closed.",
            "This request was closed and merged into request #30 \"Printer gives empty pages\".",
            "Diese Anfrage wurde mit 30 zusammengeführt.", "Cette demande a été fusionnée avec la demande #30.",
        ] as [RedactedText])
    func `a note that points to a case has its solution`(note: RedactedText) {
        let cases = [DeskOfTests.supportCase("30", note: restart), DeskOfTests.supportCase("2", note: note)]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(solutions.ofCase[0] != nil && solutions.ofCase[1] == solutions.ofCase[0])
    }

    @Test(
        arguments: [
            "Closing as a duplicate of #4237, see there for the fix.", "Duplicate: INC-4237.",
            "We close this request as we have the same one already, it is a duplicate of ticket 4237.",
            "This request was closed and merged into request #4237 \"Printer gives empty pages\".",
        ] as [RedactedText])
    func `that a case repeats one which is gone is no solution at any length`(note: RedactedText) {
        #expect(told(DeskOfTests.supportCase("1", note: note)) == nil)
        let message = DeskOfTests.message(.agent, hours: 1, note)
        #expect(told(DeskOfTests.supportCase("1", note: "done", messages: [message])) == nil)
        let more = RedactedText(joining: [note, restart])
        #expect(told(DeskOfTests.supportCase("1", note: more))?.sentences == [restart])
    }

    @Test(
        arguments: [
            "Removed the duplicate IPv4 address from the interface.", "Deleted 30 duplicate rows of the table.",
            "Restart the spooler as ticket 30 says and see whether it prints.",
            "Merged the tables of the spooler with 30 columns.", "Merged pull request #30 into the main branch.",
        ] as [RedactedText])
    func `a solution that speaks of duplicates or of another case is one`(note: RedactedText) {
        let cases = [DeskOfTests.supportCase("2", note: note), DeskOfTests.supportCase("30", note: restart)]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(solutions.told(0)?.sentences == [note])
    }
}
