import Connectors
import Records
import Storage
import Synchronization
import TestSupport
import Testing

/// What becomes of a write whose answer takes its time.
extension SyncSessionTests {
    /// Has a session write a priority before its deadline, whose answer comes when `isTime`.
    private func write(
        answeredWhen isTime: (ScriptedSystem, _ pass: () -> Void) async throws -> Void
    ) async throws -> ScriptedSystem {
        let system = ScriptedSystem(Self.ticket, longestRequest: 120)
        let first = try Self.session(system, store)
        try await first.catchUp(from: Instant(seconds: 0), until: Instant(seconds: 20_060))
        try setPriority("high")
        system.hold(.write)
        let (start, begin, deadline) = (ContinuousClock.now, 30_000.0, Instant(seconds: 34_000))
        let passed = Mutex(0.0)
        let session = try Self.session(
            system, store,
            clock: {
                Instant(seconds: begin + (ContinuousClock.now - start) / .seconds(1) + passed.withLock(\.self))
            })
        let catching = Task { try await session.catchUp(from: Instant(seconds: 0), until: deadline) }
        try await eventually { system.waiting == 1 }
        try await isTime(system) { passed.withLock { $0 = deadline.seconds - begin } }
        system.release()
        try await catching.value
        return system
    }

    @Test func `a write is waited for though it need not be visible before the deadline`() async throws {
        _ = try await write { system, _ in
            // A session that is over looks at nothing any more.
            let looks = system.looks
            try await eventually { system.looks > looks + 2 }
        }
        #expect(try store.outbox([.done], in: "desk").count == 1)
    }

    @Test func `a write that has begun before the deadline is let finish`() async throws {
        let system = try await write { _, pass in
            pass()
            // Longer than it takes to notice.
            try await Task.sleep(for: .milliseconds(500))
        }
        // What the feed has shown meanwhile is read by whoever comes next, who has nothing to send.
        let (start, begin) = (ContinuousClock.now, 40_000.0)
        let next = try Self.session(
            system, store, clock: { Instant(seconds: begin + (ContinuousClock.now - start) / .seconds(1)) })
        try await next.catchUp(from: Instant(seconds: 0), until: Instant(seconds: begin + 600))
        #expect(try store.outbox([.done], in: "desk").count == 1 && system.writes == 1)
    }
}
