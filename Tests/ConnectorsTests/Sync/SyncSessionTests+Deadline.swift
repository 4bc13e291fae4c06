import Connectors
import Records
import Storage
import TestSupport
import Testing

/// What becomes of a write whose answer takes its time.
extension SyncSessionTests {
    /// Has a session with a deadline write a priority, whose answer comes when `isTime`.
    ///
    /// - Parameter seconds: The seconds to the deadline.
    private func write(within seconds: Double, answeredWhen isTime: (ScriptedSystem) async throws -> Void) async throws
    {
        let system = ScriptedSystem(Self.ticket, longestRequest: 120)
        let first = try Self.session(system, store)
        try await first.catchUp(from: Instant(seconds: 0), until: Instant(seconds: 20_060))
        try setPriority("high")
        system.hold(.write)
        // Its clock begins anew.
        let session = try Self.session(system, store)
        let catching = Task {
            try await session.catchUp(from: Instant(seconds: 0), until: Instant(seconds: 20_000 + seconds))
        }
        try await eventually { system.waiting == 1 }
        try await isTime(system)
        system.release()
        try await catching.value
    }

    @Test func `a write is waited for though it need not be visible before the deadline`() async throws {
        try await write(within: 10) { system in
            // A session that is over looks at nothing any more.
            let looks = system.looks
            try await eventually { system.looks > looks + 2 }
        }
        #expect(try store.outbox([.done], in: "desk").count == 1)
    }

    @Test func `a write that has begun before the deadline is let finish`() async throws {
        try await write(within: 3) { _ in try await Task.sleep(for: .milliseconds(3_200)) }
        #expect(try store.outbox([.done], in: "desk").count == 1)
    }
}
