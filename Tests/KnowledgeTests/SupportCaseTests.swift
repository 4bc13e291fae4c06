import Knowledge
import Records
import Testing

struct SupportCaseTests {
    @Test func `a ticket alone is a case of which nothing else is known`() {
        let some = SupportCase(ticket: Ticket(id: "1", openedAt: Instant(seconds: 0)))
        #expect(some.messages.isEmpty && some.signatures.isEmpty && some.environment.isEmpty && !some.isReopened)
    }

    @Test func `a case as it was known at a moment tells nothing of later`() throws {
        let whole = DeskOfTests.supportCase(
            "T", day: 1, note: "Restart it.",
            messages: [
                DeskOfTests.message(.agent, hours: 30, "Wait."), DeskOfTests.message(.agent, hours: 60, "Done."),
            ])
        #expect(whole.known(at: DeskOfTests.day(0.9)) == nil)
        let open = try #require(whole.known(at: DeskOfTests.day(1.5)))
        #expect(open.ticket.resolvedAt == nil && open.ticket.resolution.isEmpty)
        #expect(open.messages == [whole.messages[0]] && open.ticket.body == whole.ticket.body)
        let resolved = try #require(whole.known(at: DeskOfTests.day(2)))
        #expect(resolved.ticket == whole.ticket && resolved.messages.count == 1)
        #expect(whole.known(at: DeskOfTests.day(3)) == whole)
    }

    @Test func `the last time of a case is that of its resolution or of a message`() {
        #expect(DeskOfTests.supportCase("T", day: 1).lastAt == DeskOfTests.day(2))
        let later = DeskOfTests.supportCase("T", messages: [DeskOfTests.message(.customer, hours: 48, "Again.")])
        #expect(later.lastAt == DeskOfTests.day(2))
        #expect(SupportCase(ticket: Ticket(id: "1", openedAt: DeskOfTests.day(5))).lastAt == DeskOfTests.day(5))
    }

    @Test func `a ticket, a resolution and a message of the future make nothing later than it is`() {
        var resolved = DeskOfTests.supportCase("1", day: 1)
        resolved.ticket.resolvedAt = DeskOfTests.day(40_000)
        let said = DeskOfTests.supportCase("2", day: 3, messages: [DeskOfTests.message(.agent, hours: 120, "Done.")])
        let opened = SupportCase(ticket: Ticket(id: "3", openedAt: DeskOfTests.day(40_000)))
        let now = DeskOfTests.day(20)
        #expect(SupportCase.lastAt(of: [resolved, opened], by: now) == DeskOfTests.day(1))
        #expect(SupportCase.lastAt(of: [said, resolved, opened], by: now) == DeskOfTests.day(5))
        #expect(SupportCase.lastAt(of: [opened], by: now) == nil)
        #expect(SupportCase.lastAt(of: [opened], by: DeskOfTests.day(40_000)) == DeskOfTests.day(40_000))
    }
}
