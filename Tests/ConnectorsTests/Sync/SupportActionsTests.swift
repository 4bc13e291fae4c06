import Connectors
import Records
import Storage
import Testing

/// What an action of a person leaves in the history of a ticket.
struct SupportActionsTests {
    @Test func `the same values in another order are no change, and are sent all the same`() throws {
        let store = try TenantStore(inMemoryWith: TenantKey(Array("a key of twenty bytes".utf8)))
        let time = Instant(seconds: 1_000)
        var step = SyncStep()
        step.tickets = [(Ticket(id: "desk:7", openedAt: Instant(seconds: 1)), time)]
        step.links = [
            LinkedTicket(
                system: "desk", remote: "7", number: "7", ticket: "desk:7", version: "1", updatedAt: time, readAt: time,
                values: ["os": "Linux, Mac"])
        ]
        try store.keep(step, of: "desk", by: AuditEntry(time: time, actor: "desk", action: .synced))
        var keys = 0
        for value in ["Mac,Linux", "Mac, Windows"] {
            keys += 1
            let key = "k\(keys)"
            try SupportActions(store, newKey: { key })
                .perform([.field("os", value: value)], on: "desk:7", by: "ana", at: time)
        }
        let changes = try store.history(of: "desk:7").filter { $0.field == "os" }
        #expect(changes.map(\.to) == ["Mac, Windows"])
        #expect(try store.outbox([.waiting], in: "desk").count == 2)
    }
}
