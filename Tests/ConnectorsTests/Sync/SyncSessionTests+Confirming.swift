import Connectors
import Records
import Storage
import Synchronization
import TestSupport
import Testing

/// Messages to a system whose answers do not tell whether they are there.
extension SyncSessionTests {
    /// Runs a test with a session of such a system.
    private func run(
        _ manner: ScriptedSystem.Manner, pace: Double = 1, _ test: (ScriptedSystem) async throws -> Void
    ) async throws {
        let system = ScriptedSystem(Self.ticket, confirmsMessages: false)
        system.treat(manner)
        let session = try Self.session(system, store, pace: pace)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        try await test(system)
        running.cancel()
        try await running.value
    }

    private func send(_ keys: String...) throws {
        let time = Instant(seconds: 20_000)
        let entries = try keys.map { key in
            OutboxEntry(
                system: "desk", ticket: "desk:7", key: key,
                work: .message(Document(try Draft.text("restart it, \(key)")), isPublic: true), createdAt: time,
                actor: "ana")
        }
        try store.enqueue(entries, by: AuditEntry(time: time, actor: "ana", action: .synced))
    }

    private func outbox(_ state: OutboxEntry.State) throws -> [OutboxEntry] { try store.outbox([state], in: "desk") }

    @Test func `the feed shows that a message has arrived, and nothing is asked for its sake`() async throws {
        let system = ScriptedSystem(Self.ticket, confirmsMessages: false)
        let now = Mutex(Instant(seconds: 20_000))
        let session = try Self.session(system, store, clock: { now.withLock(\.self) })
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        try send("k")
        // The feed is not due before the clock goes on, which it does once the answer is noted.
        let unanswered = Instant(seconds: 20_000 + Sending.settling)
        try await eventually { try outbox(.sending).contains { $0.notBefore > unanswered } }
        now.withLock { $0 = Instant(seconds: 20_001) }
        try await eventually { try outbox(.done).count == 1 }
        #expect(system.writes == 1 && system.reads == 0)
        running.cancel()
        try await running.value
    }

    @Test func `what was answered and is not there is refused, and not sent again`() async throws {
        try await run(.ignored, pace: 10) { system in
            try send("k")
            try await eventually { try outbox(.dead).count == 1 }
            #expect(
                try outbox(.dead).map(\.fault.string) == ["the system answered that it was done, and did not do it"])
            #expect(system.writes == 1)
        }
    }

    @Test func `what waits behind a message goes out before that is seen`() async throws {
        try await run(.ignored) { system in
            try send("k", "l")
            try await eventually { system.writes == 2 }
            #expect(try outbox(.dead).isEmpty && outbox(.done).isEmpty)
        }
    }

    /// Has a process send a message and end when that is answered, before anything has shown it; the next one goes on.
    private func runAfterAnswer(
        _ manner: ScriptedSystem.Manner, mayLook: Bool = true, _ test: (ScriptedSystem) async throws -> Void
    ) async throws {
        let system = ScriptedSystem(Self.ticket, confirmsMessages: false)
        system.treat(manner)
        let first = try Self.session(system, store, clock: { Instant(seconds: 20_000) })
        let running = Task { try await first.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        try send("k")
        try await eventually { try outbox(.sending).contains { $0.isAnswered } }
        running.cancel()
        try await running.value
        let next = try Self.session(system, store, pace: 10)
        system.refuseMessages(!mayLook)
        let again = Task { try await next.run(from: Instant(seconds: 0)) }
        try await test(system)
        again.cancel()
        try await again.value
    }

    @Test func `what was answered when a process ended is looked for by the next one`() async throws {
        try await runAfterAnswer(.kept) { system in
            try await eventually { try outbox(.done).count == 1 }
            #expect(system.writes == 1)
        }
    }

    @Test func `what was answered when a process ended and is not there is refused, and not sent again`() async throws {
        try await runAfterAnswer(.ignored) { system in
            try await eventually { try outbox(.dead).count == 1 }
            #expect(system.writes == 1)
            #expect(try outbox(.dead).allSatisfy { !$0.isAnswered })
        }
    }

    @Test func `what was answered when a process ended and may not be looked for is refused in the end`() async throws {
        try await runAfterAnswer(.kept, mayLook: false) { system in
            try await eventually { try outbox(.dead).count == 1 }
            #expect(system.writes == 1)
            #expect(try outbox(.dead).allSatisfy { $0.fault.string.hasSuffix("not permitted: no") })
        }
    }

    @Test func `what was answered and may not be looked for is refused in the end`() async throws {
        try await run(.kept, pace: 10) { system in
            system.refuseMessages(true)
            try send("k")
            try await eventually { try outbox(.dead).count == 1 }
            #expect(try outbox(.dead).allSatisfy { $0.fault.string.hasSuffix("not permitted: no") })
        }
    }

    @Test(arguments: [true, false])
    func `a reply that is kept from customers has not arrived`(isPublic: Bool) async throws {
        let session = try Self.session(system, store, pace: 10)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        system.loseAnswers()
        try send("k")
        try await eventually { system.writes == 1 }
        system.say(
            RemoteMessage(
                id: "1", time: Instant(seconds: 10_000), author: "robot", isPublic: isPublic,
                text: RawText("restart it, k"), key: "k"))
        try await eventually { try store.outbox([.done, .dead], in: "desk").count == 1 }
        #expect(try outbox(isPublic ? .done : .dead).count == 1)
        #expect(try outbox(.dead).allSatisfy { $0.fault.string.hasPrefix("customers cannot read it") })
        // It is ours all the same.
        #expect(try store.interactions(ofTicket: "desk:7").isEmpty)
        running.cancel()
        try await running.value
    }
}
