import Knowledge
import Records
import Testing

struct SupportCaseTests {
    @Test func `a ticket alone is a case of which nothing else is known`() {
        let some = SupportCase(ticket: Ticket(id: "1", openedAt: Instant(seconds: 0)))
        #expect(some.messages.isEmpty && some.signatures.isEmpty && some.environment.isEmpty && !some.isReopened)
    }
}
