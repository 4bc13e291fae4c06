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
            "Duplikat zu 30",
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
        ] as [RedactedText])
    func `a solution that speaks of duplicates or of another case is one`(note: RedactedText) {
        let cases = [DeskOfTests.supportCase("2", note: note), DeskOfTests.supportCase("30", note: restart)]
        let solutions = Solutions(cases, CaseIndex(cases.map(CaseText.init)))
        #expect(solutions.told(0)?.sentences == [note])
    }
}
