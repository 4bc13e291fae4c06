import Foundation
@_spi(Stored) import Records
import Storage
import Testing

@Suite("Tickets and incidents in a store")
struct TicketStoreTests {
    @Test func `tickets come back as they were kept, in the order of their opening`() throws {
        let store = try StoredDesk.store()
        let tickets = StoredDesk.tickets
        #expect(try store.tickets() == [tickets[2], tickets[0], tickets[1]])
        #expect(try store.tickets(.open) == [tickets[2], tickets[0]])
        #expect(try store.tickets(.account("acct-2")) == [tickets[1]])
        #expect(try store.tickets(.openedSince(StoredDesk.time)) == [tickets[0], tickets[1]])
    }

    @Test func `what differs from the last time goes into the history`() throws {
        let store = try StoredDesk.store()
        let later = Instant(seconds: StoredDesk.time.seconds + 3_600)
        var ticket = StoredDesk.tickets[0]
        (ticket.priority, ticket.resolvedAt) = ("low", later)
        try store.keep(CustomerContext(), tickets: [ticket], source: "desk", date: later, by: StoredDesk.entry())
        // The same once more, and what was before, change nothing.
        try store.keep(CustomerContext(), tickets: [ticket], source: "desk", date: later, by: StoredDesk.entry())
        try store.keep(
            CustomerContext(), tickets: StoredDesk.tickets, source: "crm", date: StoredDesk.time, by: StoredDesk.entry()
        )
        #expect(try store.tickets(.account("acct-1")) == [ticket])
        ticket.resolvedAt = nil
        try store.keep(CustomerContext(), tickets: [ticket], source: "desk", date: later, by: StoredDesk.entry())
        #expect(
            try store.history(of: "T1") == [
                TicketEvent(
                    ticket: "T1", time: later, kind: .resolved, field: "resolvedAt", to: later.iso8601, actor: "desk"),
                TicketEvent(
                    ticket: "T1", time: later, kind: .changed, field: "priority", from: "high", to: "low", actor: "desk"
                ),
                TicketEvent(
                    ticket: "T1", time: later, kind: .reopened, field: "resolvedAt", from: later.iso8601, actor: "desk"),
            ])
        #expect(try store.history(of: "none").isEmpty)
    }

    @Test func `incidents come back with signatures, tickets, links and their history`() throws {
        let store = try StoredDesk.store()
        let opened = IncidentEvent(incident: "inc-1", time: StoredDesk.time, kind: .opened)
        let split = IncidentEvent(incident: "inc-1", time: StoredDesk.time, kind: .splitFrom, other: "inc-0")
        try store.keep([StoredDesk.incident], events: [opened], by: StoredDesk.entry(.foundIncidents))
        var grown = StoredDesk.incident
        grown.end = Instant(seconds: grown.end.seconds + 60)
        grown.links[1].probability = 0.75
        try store.keep([grown], events: [split], by: StoredDesk.entry(.foundIncidents))
        #expect(try store.incidents() == [grown])
        #expect(try store.incidents(endingSince: grown.end) == [grown])
        #expect(try store.incidents(endingSince: Instant(seconds: grown.end.seconds + 1)).isEmpty)
        #expect(try store.history(ofIncident: "inc-1") == [opened, split])
        // An event of an incident that nobody knows keeps nothing.
        let stray = IncidentEvent(incident: "inc-7", time: StoredDesk.time, kind: .closed)
        #expect(throws: StorageError.self) {
            try store.keep([], events: [stray], by: StoredDesk.entry(.foundIncidents))
        }
    }

    @Test func `a ticket has the signatures of all incidents that it is about, each once`() throws {
        let store = try StoredDesk.store()
        #expect(try store.ticketSignatures().isEmpty)
        var other = StoredDesk.incident
        (other.id, other.signatures, other.tickets) = ("inc-2", ["cc", "aa"], ["T2"])
        try store.keep([StoredDesk.incident, other], by: StoredDesk.entry(.foundIncidents))
        #expect(try store.ticketSignatures() == ["T1": ["aa", "bb"], "T2": ["aa", "bb", "cc"]])
    }

    @Test func `of what people say of a link the last word counts`() throws {
        let store = try StoredDesk.store()
        try store.keep([StoredDesk.incident], by: StoredDesk.entry(.foundIncidents))
        func decide(_ account: String, _ isConfirmed: Bool, _ seconds: Double) throws -> LinkDecision {
            let decision = LinkDecision(
                incident: "inc-1", account: account, isConfirmed: isConfirmed,
                time: Instant(seconds: StoredDesk.time.seconds + seconds))
            try store.keep(decision, by: StoredDesk.entry(.decided))
            return decision
        }
        _ = try decide("acct-2", true, 0)
        let rejected = try decide("acct-2", false, 1)
        let confirmed = try decide("acct-1", true, 0)
        #expect(try store.decisions() == [confirmed, rejected])
        let stray = LinkDecision(incident: "inc-7", account: "acct-1", isConfirmed: true, time: StoredDesk.time)
        #expect(throws: StorageError.unknown(file: "memory", kind: "incident", id: "inc-7")) {
            try store.keep(stray, by: StoredDesk.entry(.decided))
        }
        #expect(try store.audit(of: .incident, "inc-1") == Array(repeating: StoredDesk.entry(.decided), count: 3))
        #expect(try store.audit().map(\.action) == [.imported, .foundIncidents, .decided, .decided, .decided])
        // What was said outlives that the incident is found anew.
        try store.keep([StoredDesk.incident], by: StoredDesk.entry(.foundIncidents))
        #expect(try store.decisions().count == 2)
    }
}
