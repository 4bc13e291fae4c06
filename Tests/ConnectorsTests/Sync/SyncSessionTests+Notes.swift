import Connectors
import Records
import Storage
import Synchronization
import TestSupport
import Testing

extension SyncSessionTests {
    @Test func `a note goes back to what it said before, and says when nothing of it holds any more`() async throws {
        let known = Mutex(TicketBriefing(similar: [.init(ticket: "3", subject: RedactedText())]))
        let session = try Self.session(system, store) { _ in known.withLock { $0 } }
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        func notes() throws -> [OutboxEntry.Work] {
            try store.saidByItself(of: "desk:7", in: "desk").filter { $0.state == .done }.map(\.work)
        }
        func tell(_ briefing: TicketBriefing, _ count: Int) async throws {
            known.withLock { $0 = briefing }
            try await session.review()
            try await eventually { try notes().count == count }
            // The same is not said twice.
            try await session.review()
            try await Task.sleep(for: .milliseconds(100))
            #expect(try notes().count == count)
        }
        let cases = known.withLock { $0 }
        try await eventually { try notes().count == 1 }
        try await tell(TicketBriefing(agent: "ana"), 2)
        try await tell(cases, 3)
        try await tell(TicketBriefing(), 4)
        let said = system.texts
        #expect(said.count == 4 && said[0] == said[2] && said[0] != said[1])
        #expect(said.last == "What was told here before is not held any more.")
        // What was said stands there, and is not kept here for the sake of comparing.
        #expect(try notes() == Array(repeating: .note(Document([])), count: 4))
        try await end(running)
    }

    @Test func `a note that took the place of one that waited is not said twice`() async throws {
        let known = Mutex(TicketBriefing(agent: "ana"))
        let session = try Self.session(system, store) { _ in known.withLock { $0 } }
        system.hold(.write)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { system.waiting == 1 }
        func notes() throws -> [OutboxEntry] { try store.saidByItself(of: "desk:7", in: "desk") }
        var keys = Set(try notes().map(\.key))
        for agent in ["bo", "cleo"] {
            known.withLock { $0 = TicketBriefing(agent: agent) }
            try await session.review()
            try await eventually { try notes().count == 2 && notes().contains { !keys.contains($0.key) } }
            keys.formUnion(try notes().map(\.key))
        }
        system.release()
        try await eventually { try store.outbox([.done], in: "desk").count == 2 }
        try await session.review()
        try await Task.sleep(for: .milliseconds(100))
        #expect(try notes().map(\.state) == [.done, .done])
        #expect(system.texts.map { $0.split(separator: " ").last } == ["ana", "cleo"])
        try await end(running)
    }

    @Test func `a note that an erasure has ended is written anew`() async throws {
        system.fail(.refused(reason: "no", fields: []))
        let session = try Self.session(system, store) { _ in TicketBriefing(agent: "ana") }
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.outbox([.dead], in: "desk").count == 1 }
        let entry = AuditEntry(time: Instant(seconds: 20_000), actor: "ana", action: .erased)
        try store.keep(CustomerContext(contacts: [Contact(id: "jan")]), source: "crm", date: entry.time, by: entry)
        let redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
        _ = try store.erase(.contact("jan"), redactor: redactor, by: entry)
        func states() throws -> [OutboxEntry.State] {
            try store.saidByItself(of: "desk:7", in: "desk").map(\.state)
        }
        try await session.review()
        try await eventually { try states() == [.overruled, .dead] }
        try await end(running)
    }

    @Test func `where customers can read everything nothing is written that is for the team`() async throws {
        let open = ScriptedSystem(Self.ticket, hidesInternalMessages: false)
        let session = try Self.session(open, store) { _ in TicketBriefing(agent: "ana") }
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        let document = Document(try Draft.text("they pay late"))
        for (key, isPublic) in [("a", false), ("b", true)] {
            let entry = OutboxEntry(
                system: "desk", ticket: "desk:7", key: key, work: .message(document, isPublic: isPublic),
                createdAt: Instant(seconds: 20_000), actor: "ana")
            try store.enqueue(
                [entry], by: AuditEntry(time: Instant(seconds: 20_000), actor: "ana", action: .synced))
        }
        try await eventually { try store.outbox([.done], in: "desk").count == 1 }
        let refused = try store.outbox([.dead], in: "desk")
        #expect(
            refused.map(\.key) == ["a"] && refused.allSatisfy { $0.fault.string.hasPrefix("customers could read it") })
        #expect(try store.saidByItself(of: "desk:7", in: "desk").isEmpty)
        running.cancel()
        try await running.value
    }
}
