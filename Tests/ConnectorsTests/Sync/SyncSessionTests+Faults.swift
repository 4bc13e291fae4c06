import Connectors
import Records
import Storage
import Synchronization
import TestSupport
import Testing

extension SyncSessionTests {
    @Test(arguments: [SystemFault.credentials("expired"), .forbidden("no"), .gone("use the new one")])
    func `who goes on for good tells once what keeps it out, and ends with it`(fault: SystemFault) async throws {
        let told = Mutex<[String]>([])
        let session = try Self.session(system, store, pace: 100, onFault: { line in told.withLock { $0.append(line) } })
        system.refuseFeed(fault)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { system.looks > 3 }
        #expect(told.withLock { $0 } == ["desk: \(fault)"])
        running.cancel()
        let result = await running.result
        #expect(throws: SyncSession.Stop.self) { try result.get() }
    }

    @Test(arguments: [SystemFault.credentials("expired"), .forbidden("no")])
    func `who was let in again ends with nothing`(fault: SystemFault) async throws {
        let session = try Self.session(system, store, pace: 100)
        system.refuseFeed(fault)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { system.looks > 1 }
        system.refuseFeed(nil)
        try await eventually { try store.ticket("desk:7") != nil }
        try await end(running)
    }

    @Test(arguments: [true, false])
    func `words that nobody has named are told once, those of priorities where others are named`(
        namesPriorities: Bool
    ) async throws {
        let told = Mutex<[String]>([])
        let session = try Self.session(
            system, store, priorities: namesPriorities ? [("urgent", "P1")] : [],
            onFault: { line in told.withLock { $0.append(line) } })
        system.change { $0.fields[.status] = "on-ice" }
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        system.change { ticket in
            (ticket.updatedAt, ticket.version) = (Instant(seconds: 10_001), "2")
            ticket.fields[.category] = "fault"
        }
        try await eventually { try store.ticket("desk:7")?.category == "fault" }
        try await end(running)
        let words = ["status: on-ice"] + (namesPriorities ? ["priority: low"] : [])
        #expect(told.withLock { $0 } == words.map { "desk: nobody has said what \"\($0)\" means" })
        #expect(await session.takeReport().unknownWords == Set(words))
    }

    @Test func `who goes on for good tells that a change was refused, and why`() async throws {
        let told = Mutex<[String]>([])
        let session = try Self.session(system, store, onFault: { line in told.withLock { $0.append(line) } })
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        system.fail(.refused(reason: "no such priority", fields: []))
        try setPriority("bogus")
        let time = Instant(seconds: 20_000)
        let entry = OutboxEntry(
            system: "desk", ticket: "desk:7", key: "l", work: .field("nothing", value: "1"), createdAt: time,
            actor: "ana")
        try store.enqueue([entry], by: AuditEntry(time: time, actor: "ana", action: .synced))
        try await eventually { try store.outbox([.dead], in: "desk").count == 2 }
        #expect(
            Set(told.withLock { $0 }) == [
                "desk: refused: no such priority",
                "desk: the system has no such field, as far as its description says",
            ])
        try await end(running)
    }

    @Test func `one ticket that is gone does not stop the others`() async throws {
        let running = try await begin()
        system.fail(.gone("it was removed"))
        try setPriority("high")
        try await eventually {
            try store.outbox([.waiting], in: "desk").contains { $0.fault.string.hasPrefix("not there") }
        }
        let looks = system.looks
        try await eventually { system.looks > looks + 1 }
        // Who was kept out to the last would end with that.
        try await end(running)
    }
}
