import Connectors
import Records
import Storage
import TestSupport
import Testing

/// Readings that go on at the same time, as the feed of a system may have to be waited for.
@Suite("A session reads the feed beside everything else", .timeLimit(.minutes(1)))
struct SyncSessionTests {
    let system: ScriptedSystem
    let store: TenantStore
    let session: SyncSession

    static let description = SystemDescription(
        name: "desk", kind: .zendesk, address: "http://127.0.0.1", secret: .environment("X"))

    /// A session whose clock goes so many times as fast.
    static func session(
        _ system: ScriptedSystem, _ store: TenantStore, named name: String = "desk", pace: Double = 1,
        priorities: [(theirs: String, ours: String)] = [], customers: KnownCustomers? = nil,
        briefing: SyncSession.Briefing? = nil, clock: (@Sendable () -> Instant)? = nil,
        onFault: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> SyncSession {
        let start = ContinuousClock.now
        let paced: @Sendable () -> Instant = {
            Instant(seconds: 20_000 + pace * ((ContinuousClock.now - start) / .seconds(1)))
        }
        var description = description
        description.name = name
        description.priorities = WordMap(priorities)
        return SyncSession(
            description, system: system, store: store,
            customers: try customers ?? Self.customers(), briefing: briefing,
            clock: clock ?? paced, random: { 0.5 }, onFault: onFault)
    }

    static func customers(_ context: CustomerContext = CustomerContext()) throws -> KnownCustomers {
        KnownCustomers(try #require(Redactor(key: Array("0123456789abcdef".utf8))), context)
    }

    static var ticket: RemoteTicket {
        var ticket = RemoteTicket(
            id: "7", number: "7", version: "1", createdAt: Instant(seconds: 1), updatedAt: Instant(seconds: 10_000),
            fields: [.priority: "low"])
        ticket.subject = RawText("upload fails")
        return ticket
    }

    init() throws {
        system = ScriptedSystem(Self.ticket)
        store = try TenantStore(inMemoryWith: TenantKey(Array("a key of twenty bytes".utf8)))
        session = try Self.session(system, store)
    }

    func eventually(_ isSo: () throws -> Bool) async throws {
        while try !isSo() { try await Task.sleep(for: .milliseconds(2)) }
    }

    func begin() async throws -> Task<Void, any Error> {
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        return running
    }

    func end(_ running: Task<Void, any Error>) async throws {
        running.cancel()
        system.release()
        try await running.value
    }

    /// Has the next page of the feed show the ticket as it is now, whatever happens until it comes.
    func holdFeed() async throws {
        system.hold(.feed)
        try await eventually { system.waiting == 1 }
    }

    /// Lets the page come, and waits until it was taken in.
    func releaseFeed() async throws {
        let looks = system.looks
        system.release()
        try await eventually { system.looks > looks }
    }

    func setPriority(_ value: String) throws {
        var ticket = try #require(try store.ticket("desk:7"))
        ticket.priority = value
        let time = Instant(seconds: 20_000)
        let entry = OutboxEntry(
            system: "desk", ticket: "desk:7", key: "k", work: .field("priority", value: value), createdAt: time,
            actor: "ana")
        try store.enqueue([entry], tickets: [ticket], by: AuditEntry(time: time, actor: "ana", action: .synced))
    }

    func priorities() throws -> [String] {
        try store.history(of: "desk:7").filter { $0.field == "priority" && $0.kind == .changed }.map(\.to)
    }

    @Test func `a web hook is read while the feed is waited for`() async throws {
        system.hold(.feed)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { system.waiting == 1 }
        await session.touch("7")
        try await eventually { try store.ticket("desk:7") != nil }
        #expect(system.looks == 1)
        try await end(running)
    }

    @Test func `an old page of the feed does not undo what a web hook has brought`() async throws {
        let running = try await begin()
        try await holdFeed()
        system.change { ticket in
            ticket.fields[.priority] = "urgent"
            ticket.version = "2"
        }
        await session.touch("7")
        try await eventually { try priorities() == ["urgent"] }
        try await releaseFeed()
        #expect(try priorities() == ["urgent"])
        try await end(running)
    }

    @Test func `an old page of the feed does not undo what was sent`() async throws {
        let running = try await begin()
        try await holdFeed()
        try setPriority("high")
        try await eventually { try store.outbox([.done], in: "desk").count == 1 }
        try await releaseFeed()
        #expect(try store.ticket("desk:7")?.priority == "high")
        #expect(try priorities() == ["high"])
        try await end(running)
    }

    @Test func `the feed does not go on before what its page may have shown as it was has been read again`()
        async throws
    {
        let running = try await begin()
        try await holdFeed()
        let cursor = try store.syncCursor(of: "desk")
        system.change { $0.version = "2" }
        await session.touch("7")
        try await eventually { try store.links(to: ["7"], in: "desk")["7"]?.version == "2" }
        let reads = system.reads
        system.breakDown()
        system.release()
        try await eventually { system.reads > reads }
        #expect(try store.syncCursor(of: "desk") == cursor)
        try await end(running)
    }

    /// Goes on with a session whose clock is fast until something holds.
    func fast(_ pace: Double, until isSo: () throws -> Bool) async throws {
        let session = try Self.session(system, store, pace: pace)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually(isSo)
        running.cancel()
        system.release()
        try await running.value
    }

    @Test(arguments: [(1, ["low", "high"]), (1_000_000, [])])
    func `a history that fails is asked for for minutes, and its ticket comes in either way`(
        failures: Int, told: [String]
    ) async throws {
        system.change { ticket in
            ticket.fields[.priority] = "high"
        }
        system.tell(RemoteChange(time: Instant(seconds: 5_000), field: .priority, from: "low", to: "high"))
        system.refuseHistory(times: failures)
        try await fast(1_000) { try store.ticket("desk:7") != nil }
        let changes = try store.history(of: "desk:7").filter { $0.field == "priority" && $0.kind == .changed }
        #expect(changes.flatMap { [$0.from, $0.to] } == told)
    }

    func say(_ text: String, by author: String) {
        system.say(RemoteMessage(id: "1", time: Instant(seconds: 6_000), author: author, text: RawText(text)))
    }

    @Test func `a ticket waits until it is known who has written in it`() async throws {
        say("look at the settings", by: "ana")
        system.tell(.failure(.unavailable(status: 500, retryAfter: nil)))
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.unreadCount(of: "desk") == 1 }
        #expect(try store.ticket("desk:7") == nil)
        system.tell(.success([RemotePerson(id: "ana", name: RawText("Ana Zuvenko"), isAgent: true)]))
        try await eventually { try store.ticket("desk:7") != nil }
        #expect(try store.interactions(ofTicket: "desk:7").map(\.side) == [.agent])
        try await end(running)
    }

    @Test func `names of customers whom the system tells are kept out of texts`() async throws {
        say("Regards, Olmira Zuvenko", by: "c")
        system.tell(.success([RemotePerson(id: "c", name: RawText("Olmira Zuvenko"), isAgent: false)]))
        let running = try await begin()
        let text = try #require(try store.interactions(ofTicket: "desk:7").first?.text.string)
        #expect(text.hasPrefix("Regards, <person:"))
        try await end(running)
    }

    @Test func `a ticket whose messages are refused comes in, and they do when they may be read`() async throws {
        say("look at the settings", by: "ana")
        system.refuseMessages(true)
        let running = try await begin()
        try await eventually { try store.unreadCount(of: "desk") == 1 }
        #expect(try store.interactions(ofTicket: "desk:7").isEmpty)
        #expect(try store.unreadTickets(of: "desk", limit: 9).map(\.fault.string).allSatisfy { $0.contains("no") })
        try await end(running)
        system.refuseMessages(false)
        try await fast(20_000) { try store.interactions(ofTicket: "desk:7").count == 1 }
    }

    @Test func `a ticket without a version is taken in`() async throws {
        system.change { $0.version = "" }
        let running = try await begin()
        #expect(system.reads == 1)
        try await end(running)
    }

    @Test func `what waits for a ticket that came back is sent`() async throws {
        let running = try await begin()
        system.remove(true)
        await session.touch("7")
        try await eventually { try store.links(to: ["7"], in: "desk")["7"]?.fate == .deleted }
        system.remove(false)
        try setPriority("high")
        try await eventually { try store.outbox([.done, .dead], in: "desk").count == 1 }
        #expect(try store.outbox([.done], in: "desk").count == 1)
        try await end(running)
    }

    @Test func `a web hook is read while a write is waited for`() async throws {
        let running = try await begin()
        system.hold(.write)
        try setPriority("high")
        try await eventually { system.waiting == 1 }
        let reads = system.reads
        await session.touch("7")
        try await eventually { system.reads > reads }
        #expect(system.waiting == 1)
        try await end(running)
    }

    @Test func `what the feed has shown to have arrived is not taken for refused when the answer comes`() async throws {
        let running = try await begin()
        system.hold(.write)
        try setPriority("high")
        try await eventually { try store.outbox([.done], in: "desk").count == 1 }
        #expect(system.waiting == 1)
        system.release()
        // The session reads it after it has looked at the answer.
        await session.touch("7")
        try await eventually { system.reads > 0 }
        #expect(try store.outbox([.done], in: "desk").count == 1)
        #expect(try priorities() == ["high"])
        try await end(running)
    }

    @Test(arguments: [ScriptedSystem.Manner.undone, .ignored])
    func `a value that somebody undid at once is overruled, and one that never arrived is refused`(
        manner: ScriptedSystem.Manner
    ) async throws {
        let running = try await begin()
        system.treat(manner)
        try setPriority("high")
        let state = manner == .undone ? OutboxEntry.State.overruled : .dead
        try await eventually { try store.outbox([state], in: "desk").count == 1 }
        if manner == .undone { #expect(try store.ticket("desk:7")?.priority == "low") }
        try await end(running)
    }

    @Test func `a system that is left alone for a while does not keep the session from anything else`() async throws {
        let running = try await begin()
        system.breakDown()
        await session.touch("7")
        try await eventually { system.reads > 0 }
        // Whatever it waits for, it answers.
        var faults: [String] = []
        while faults.isEmpty {
            try await Task.sleep(for: .milliseconds(20))
            faults = await session.takeReport().faults
        }
        #expect(faults == ["desk: the system cannot answer now (503)"])
        try await end(running)
    }

    @Test func `catching up ends with the feed read and nothing left to send`() async throws {
        try await session.catchUp(from: Instant(seconds: 0), until: Instant(seconds: 20_060))
        try setPriority("high")
        try await session.catchUp(from: Instant(seconds: 0), until: Instant(seconds: 20_060))
        #expect(await session.takeReport().isRead)
        #expect(try store.outbox([.waiting, .sending], in: "desk").isEmpty)
        #expect(try store.outbox([.done], in: "desk").count == 1)
    }

    @Test func `catching up ends at its deadline though the feed does not answer`() async throws {
        system.hold(.feed)
        let catching = Task { try await session.catchUp(from: Instant(seconds: 0), until: Instant(seconds: 20_003)) }
        try await eventually { system.waiting == 1 }
        try await Task.sleep(for: .milliseconds(3_100))
        system.release()
        try await catching.value
        #expect(system.looks == 1)
    }

    @Test func `names that one system tells are hidden in what another one says`() async throws {
        let customers = try Self.customers()
        system.say(RemoteMessage(id: "1", time: Instant(seconds: 6_000), author: "c", text: RawText("hello")))
        system.tell(.success([RemotePerson(id: "c", name: RawText("Olmira Zuvenko"), isAgent: false)]))
        let first = try Self.session(system, store, customers: customers)
        let running = Task { try await first.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        try await end(running)
        let other = ScriptedSystem(Self.ticket)
        other.say(
            RemoteMessage(id: "1", time: Instant(seconds: 6_000), author: "e", text: RawText("Olmira Zuvenko says no")))
        let second = try Self.session(other, store, named: "issues", customers: customers)
        let also = Task { try await second.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("issues:7") != nil }
        also.cancel()
        try await also.value
        let text = try #require(try store.interactions(ofTicket: "issues:7").first?.text.string)
        #expect(text.hasPrefix("<person:") && text.hasSuffix("> says no"))
    }

    @Test func `what changes after a wrong clock was set right is read`() async throws {
        system.change { $0.updatedAt = Instant(seconds: 13_600) }
        let running = try await begin()
        system.change { ticket in
            (ticket.updatedAt, ticket.version) = (Instant(seconds: 9_999), "2")
            ticket.fields[.priority] = "high"
        }
        try await eventually { try priorities() == ["high"] }
        try await end(running)
    }
}
