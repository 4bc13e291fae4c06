import Connectors
import Records
import Storage
import TestSupport
import Testing

extension SyncSessionTests {
    @Test func `a ticket that cannot be read does not keep the feed back, and is read by the next session`()
        async throws
    {
        system.failMessages(true)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { system.looks > 1 }
        try await end(running)
        #expect(try store.syncCursor(of: "desk") != nil)
        #expect(try store.ticket("desk:7") == nil)
        let unread = try store.unreadTickets(of: "desk", limit: 9)
        #expect(unread.map(\.remote) == ["7"])
        #expect(unread.map(\.fault.string) == ["the system cannot answer now (500)"])
        system.failMessages(false)
        // Nothing but what is kept tells of it: the feed does not show it any more.
        system.hold(.feed)
        let next = try Self.session(system, store, pace: 20)
        let again = Task { try await next.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        try await eventually { try store.unreadCount(of: "desk") == 0 }
        again.cancel()
        system.release()
        try await again.value
    }

    @Test func `catching up ends though a ticket can never be read, and says that it is left`() async throws {
        system.failMessages(true)
        let session = try Self.session(system, store, pace: 50)
        try await session.catchUp(from: Instant(seconds: 0), until: Instant(seconds: 1e9))
        #expect(await session.takeReport().isRead)
        let unread = try store.unreadTickets(of: "desk", limit: 9)
        #expect(unread.map(\.remote) == ["7"])
        #expect(unread.allSatisfy { $0.attempts > 3 && $0.notBefore > $0.since })
    }

    @Test func `each session tries once what earlier ones could not read`() async throws {
        let once = UnreadTicket(
            remote: "7", since: Instant(seconds: 1), attempts: 9, notBefore: Instant(seconds: 2))
        var step = SyncStep()
        step.unread = [once]
        try store.keep(step, of: "desk", by: nil)
        system.hold(.feed)
        let catching = Task { try await session.catchUp(from: Instant(seconds: 0), until: Instant(seconds: 20_060)) }
        try await eventually { system.waiting == 1 }
        system.release()
        try await catching.value
        #expect(system.reads > 0)
        #expect(try store.unreadCount(of: "desk") == 0)
    }

    @Test func `what a web hook has named and could not be read is kept`() async throws {
        let running = try await begin()
        try await holdFeed()
        system.failMessages(true)
        system.change { $0.version = "2" }
        await session.touch("7")
        try await eventually { try store.unreadCount(of: "desk") == 1 }
        try await end(running)
        #expect(try store.unreadTickets(of: "desk", limit: 9).map(\.remote) == ["7"])
    }

    @Test func `what became of a request is asked for ever more seldom while it cannot be seen`() async throws {
        let running = try await begin()
        try await end(running)
        let session = try Self.session(system, store, pace: 20)
        let again = Task { try await session.run(from: Instant(seconds: 0)) }
        system.loseAnswers()
        try setPriority("high")
        try await eventually { try store.outbox([.sending], in: "desk").count == 1 }
        system.failMessages(true)
        let reads = system.reads
        try await eventually { try store.outbox([.sending], in: "desk").first.map { $0.attempts > 3 } ?? false }
        // Once for each attempt here, and for each that the feed has left.
        #expect(system.reads - reads < 20)
        again.cancel()
        system.release()
        try await again.value
    }

    @Test func `all open tickets are read again when a day has gone by since they were, whoever has looked`()
        async throws
    {
        let running = try await begin()
        try await end(running)
        let reads = system.reads
        // Two days of the clock of the second session.
        _ = try store.lastReconciliation(of: "desk", at: Instant(seconds: 0))
        try store.readOpenTicketsAgain(of: "other", at: Instant(seconds: 20_000))
        let session = try Self.session(system, store, pace: 200_000)
        let again = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { system.reads > reads }
        again.cancel()
        try await again.value
    }

    @Test func `a ticket is not gone as long as nobody else can be read either`() async throws {
        system.change { $0.updatedAt = Instant(seconds: 5_000) }
        let running = try await begin()
        // From then on the feed shows nothing new.
        try await eventually { system.looks > 3 }
        try store.keep(
            {
                var step = SyncStep()
                step.tickets = [(Ticket(id: "desk:8", openedAt: Instant(seconds: 1)), Instant(seconds: 20_000))]
                step.links = [
                    LinkedTicket(
                        system: "desk", remote: "8", number: "8", ticket: "desk:8", version: "1",
                        updatedAt: Instant(seconds: 1), readAt: Instant(seconds: 2))
                ]
                return step
            }(), of: "desk", by: nil)
        // The system has neither of both.
        system.remove(true)
        await session.touch("7")
        try await eventually { try store.unreadCount(of: "desk") == 1 }
        #expect(try store.links(to: ["7"], in: "desk")["7"]?.fate == .present)
        try await end(running)
    }
}
