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
}
