import Foundation
import Records
import Service
import Storage
import Synchronization
import Testing

@Suite("Logs are counted into a store", .timeLimit(.minutes(1)))
final class IngestServiceTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "logs-\(UUID().uuidString)")
    private let store: TenantStore

    init() throws {
        store = try TenantStore(inMemoryWith: nil)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func write(_ lines: [String], to name: String) throws {
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: folder.appending(path: name))
    }

    private func ingest(
        into store: TenantStore, at nanoseconds: Int64, unless isAskedToEnd: @escaping @Sendable () -> Bool = { false }
    ) throws -> IngestReport {
        let redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
        let service = try IngestService(into: store, clock: { nanoseconds }, isAskedToEnd: isAskedToEnd)
        return try service.run(
            .init([folder.path], zone: try ZoneRules(identifier: "UTC")), redactor: redactor,
            by: AuditEntry(time: Instant(seconds: 0), actor: "ana", action: .ingested))
    }

    private func records(in store: TenantStore) throws -> Int64 { try store.counts().map(\.records).reduce(0, +) }

    @Test func `whenever it is asked to end, the next run counts what is left, and nothing twice`() throws {
        for name in ["a", "b", "c"] {
            try write((0..<5).map { "the worker \(name) has begun with job \($0)" }, to: "\(name).log")
        }
        let minute: Int32 = 29_000_000
        var counted: Set<Int64> = []
        for most in 0..<20 {
            let store = try TenantStore(inMemoryWith: nil)
            let asked = Asked()
            _ = try ingest(into: store, at: Int64(minute) * 60_000_000_000) { asked.next() >= most }
            counted.insert(try records(in: store))
            _ = try ingest(into: store, at: Int64(minute) * 60_000_000_000)
            #expect(try records(in: store) == 15)
            // Lines that say no time came when they were read.
            #expect(try store.counts().allSatisfy { $0.key.minute == minute })
        }
        // It did end before, between and after the logs.
        #expect(counted.isSuperset(of: [0, 15]) && counted.count > 2)
    }

    @Test func `shapes lose the names of companies, and no ordinary word that is an alias`() throws {
        let store = try TenantStore(inMemoryWith: TenantKey(Array("a key of twenty bytes".utf8)))
        _ = try store.keep(
            CustomerContext(
                accounts: [Account(id: "a-1", name: "Fjordbank AS")],
                aliases: [AccountAlias(account: "a-1", kind: "workspace", value: "checkout")]),
            source: "crm", date: Instant(seconds: 0),
            by: AuditEntry(time: Instant(seconds: 0), actor: "ana", action: .imported))
        try write(Array(repeating: "the worker of fjordbank-net lost its checkout.api", count: 5), to: "a.log")
        #expect(try ingest(into: store, at: 1_740_000_000_000_000_000).records == 5)
        let shapes = try store.shapes().map(\.shape.string)
        #expect(!shapes.isEmpty && shapes.allSatisfy { $0.contains("checkout.api") && !$0.contains("fjordbank") })
    }

    @Test func `a copy of a log waits, and is known as read a minute after its last change`() throws {
        try write((0..<60).map { "the worker \($0) has begun with what it was asked for" }, to: "service.log")
        let now = Int64(Date().timeIntervalSince1970) * 1_000_000_000
        #expect(try ingest(into: store, at: now).records == 60)
        try FileManager.default.copyItem(
            at: folder.appending(path: "service.log"), to: folder.appending(path: "service.log.1"))
        #expect(try ingest(into: store, at: now).copies == 1)
        #expect(try store.sources().count == 1)
        #expect(try ingest(into: store, at: now + 3_600_000_000_000).copies == 1)
        #expect(try store.sources().count == 2)
        #expect(try records(in: store) == 60)
    }
}

/// How often something was asked.
private final class Asked: Sendable {
    private let count = Atomic(0)

    /// The number of questions before this one.
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}
