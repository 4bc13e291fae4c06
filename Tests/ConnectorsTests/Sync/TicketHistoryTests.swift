import Connectors
import Records
import Testing

/// What had happened to a ticket before it was read for the first time.
struct TicketHistoryTests {
    private static let now = Instant(seconds: 9_000)
    private let redactor: Redactor

    init() throws {
        redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
    }

    private func remote(_ status: String, resolvedAt: Double? = nil) -> RemoteTicket {
        RemoteTicket(
            id: "7", number: "7", version: "v", createdAt: Instant(seconds: 100), updatedAt: Instant(seconds: 8_000),
            fields: [.status: status], resolvedAt: resolvedAt.map(Instant.init(seconds:)))
    }

    private func change(_ time: Double, _ field: TicketField, _ from: String, _ to: String) -> RemoteChange {
        RemoteChange(time: Instant(seconds: time), field: field, from: from, to: to)
    }

    private func step(
        _ remote: RemoteTicket, _ past: [RemoteChange], known: TicketArrival.Known = .init()
    ) -> SyncStep {
        let system = SystemDescription(
            name: "desk", kind: .zendesk, address: "http://127.0.0.1", secret: .environment("X"),
            priorities: [("urgent", "P1")], fields: ["version": "42"])
        return TicketArrival(system, redactor: redactor, at: Self.now, begunAt: Self.now, readAt: Self.now)
            .step(remote, messages: [], past: past, known: known, people: .init())
    }

    private func told(_ step: SyncStep) -> [String] {
        step.events.map { "\(Int($0.time.seconds)) \($0.kind.rawValue) \($0.field) \($0.from)>\($0.to)" }
    }

    @Test func `each change has its own time and Casebook's words`() {
        let step = step(
            remote("open"),
            [
                change(300, .priority, "normal", "urgent"), change(200, .status, "new", "pending"),
                change(400, .custom("42"), "", "mail jan@bakery.example"),
            ])
        let events = told(step)
        #expect(events.prefix(2) == ["200 changed status new>waiting", "300 changed priority normal>P1"])
        #expect(events[2].hasPrefix("400 changed version >") && !events[2].contains("jan@"))
        #expect(step.tickets.first?.ticket.resolvedAt == nil)
    }

    @Test func `the last resolution counts, and not what was closed or said after it`() {
        let step = step(
            remote("closed"),
            [
                change(200, .status, "new", "solved"), change(300, .status, "solved", "open"),
                change(400, .status, "open", "solved"), change(500, .status, "solved", "closed"),
            ])
        #expect(step.tickets.first?.ticket.resolvedAt == Instant(seconds: 400))
        #expect(step.events.filter { $0.kind != .changed }.map(\.kind) == [.resolved, .reopened, .resolved])
    }

    @Test func `what was solved from the beginning was not solved when it was closed`() {
        let closing = [change(500, .status, "solved", "closed")]
        let closed = step(remote("closed", resolvedAt: 300), closing)
        #expect(closed.tickets.first?.ticket.resolvedAt == Instant(seconds: 300))
        #expect(closed.events.map(\.kind) == [.changed])
        let reopened = step(remote("open"), [change(500, .status, "solved", "open")])
        #expect(reopened.tickets.first?.ticket.resolvedAt == nil)
        #expect(reopened.events.map(\.kind) == [.changed, .reopened])
    }

    @Test(
        "without a history the system's own time counts, then that of the last change, never one before the opening",
        arguments: [(500.0, 500.0), (nil, 8_000), (50, 100)])
    func resolvedAt(told: Double?, resolved: Double) {
        let step = step(remote("solved", resolvedAt: told), [])
        #expect(step.tickets.first?.ticket.resolvedAt == Instant(seconds: resolved))
    }

    @Test func `what is known here is not told again`() {
        let known = Ticket(
            id: "desk:7", openedAt: Instant(seconds: 100), subject: RedactedText(), body: RedactedText())
        let link = LinkedTicket(
            system: "desk", remote: "7", number: "7", ticket: "desk:7", version: "u", updatedAt: Instant(seconds: 100),
            readAt: Instant(seconds: 100), values: ["status": "open"])
        let step = step(
            remote("open"), [change(200, .status, "new", "open")], known: .init(link: link, ticket: known))
        #expect(step.events.isEmpty)
    }
}
