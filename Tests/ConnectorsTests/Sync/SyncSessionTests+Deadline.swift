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
    ) async throws {
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
    }

    @Test func `a write is waited for though it need not be visible before the deadline`() async throws {
        try await write { system, _ in
            // A session that is over looks at nothing any more.
            let looks = system.looks
            try await eventually { system.looks > looks + 2 }
        }
        #expect(try store.outbox([.done], in: "desk").count == 1)
    }

    @Test func `a write that has begun before the deadline is let finish`() async throws {
        try await write { _, pass in
            pass()
            // Longer than it takes to notice.
            try await Task.sleep(for: .milliseconds(500))
        }
        #expect(try store.outbox([.done], in: "desk").count == 1)
    }
}
