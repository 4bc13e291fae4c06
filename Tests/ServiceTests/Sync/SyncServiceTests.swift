import Connectors
import Records
import Service
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("Several systems are kept the same side by side", .timeLimit(.minutes(1)))
struct SyncServiceTests {
    let first = ScriptedSystem(Self.ticket)
    let second = ScriptedSystem(Self.ticket)
    let store: TenantStore
    let customers: KnownCustomers
    let systems: [SyncService.System]

    static let start = Instant(seconds: 0)
    static let clock: @Sendable () -> Instant = {
        [begin = ContinuousClock.now] in Instant(seconds: 20_000 + (ContinuousClock.now - begin) / .seconds(1))
    }

    static var ticket: RemoteTicket {
        var ticket = RemoteTicket(
            id: "7", number: "7", version: "1", createdAt: Instant(seconds: 1), updatedAt: Instant(seconds: 10_000),
            fields: [.priority: "low"])
        ticket.subject = RawText("upload fails")
        return ticket
    }

    init() throws {
        let store = try TenantStore(inMemoryWith: TenantKey(Array("a key of twenty bytes".utf8)))
        let customers = KnownCustomers(try #require(Redactor(key: Array("0123456789abcdef".utf8))))
        systems = [("first", first), ("second", second)].map { name, system in
            let description = SystemDescription(
                name: name, kind: .zendesk, address: "http://127.0.0.1", secret: .environment("X"))
            return SyncService.System(
                name: name,
                session: SyncSession(
                    description, system: system, store: store, customers: customers, clock: Self.clock,
                    random: { 0.5 }))
        }
        (self.store, self.customers) = (store, customers)
    }

    func service(
        isAskedToEnd: @escaping @Sendable () -> Bool = { false },
        tell: @escaping @Sendable (SyncService.News) -> Void = { _ in }
    ) -> SyncService {
        SyncService(
            systems, store: store, customers: customers, clock: Self.clock, isAskedToEnd: isAskedToEnd, tell: tell)
    }

    @Test func `a system that refuses everything keeps no other from being read to its end`() async throws {
        first.refuseFeed(.credentials("expired"))
        let service = service()
        let stops = try await service.catchUp(from: Self.start, seconds: nil, reconciling: false)
        #expect(Array(stops.keys) == ["first"])
        #expect(try store.ticket("second:7") != nil)
        let outcomes = [
            try await service.outcome(of: systems[0], stoppedBy: stops["first"]),
            try await service.outcome(of: systems[1], stoppedBy: stops["second"]),
        ]
        #expect(outcomes.map(\.isComplete) == [false, true])
        #expect(outcomes.map(\.report.ticketsNew) == [0, 1])
        #expect(outcomes.map { $0.stop == nil } == [false, true])
    }

    @Test func `what comes late for a system that is done already is sent too`() async throws {
        second.hold(.feed)
        let service = service()
        let stops = Task { try await service.catchUp(from: Self.start, seconds: nil, reconciling: false) }
        try await eventually { try store.ticket("first:7") != nil && second.waiting == 1 }
        // Time to be done; if it takes longer, it is sent in the same round.
        try await Task.sleep(for: .milliseconds(500))
        let entry = OutboxEntry(
            system: "first", ticket: "first:7", key: "k", work: .field("priority", value: "high"),
            createdAt: Self.clock(), actor: "ana")
        try store.enqueue([entry], by: AuditEntry(time: Self.clock(), actor: "ana", action: .synced))
        second.release()
        #expect(try await stops.value.isEmpty)
        #expect(try store.outbox([.done], in: "first").count == 1)
        #expect(try await service.outcome(of: systems[0], stoppedBy: nil).isComplete)
    }

    @Test func `systems are followed, and web hooks listened to, until it is asked to end`() async throws {
        let isOver = Mutex(false)
        let ports = Mutex<[Int]>([])
        let service = service(
            isAskedToEnd: { isOver.withLock { $0 } },
            tell: { news in if case .listening(let port) = news { ports.withLock { $0.append(port) } } })
        async let stops = service.follow(from: Self.start, seconds: nil, reconciling: false, listeningAt: 0)
        try await eventually {
            try ["first:7", "second:7"].allSatisfy { try store.ticket($0) != nil } && !ports.withLock(\.isEmpty)
        }
        isOver.withLock { $0 = true }
        #expect(try await stops.isEmpty)
        #expect(ports.withLock { $0.count == 1 && $0[0] > 0 })
    }

    func eventually(_ isSo: () throws -> Bool) async throws {
        while try !isSo() { try await Task.sleep(for: .milliseconds(2)) }
    }
}
