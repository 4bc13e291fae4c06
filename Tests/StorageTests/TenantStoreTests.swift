import Foundation
import GRDB
@_spi(Stored) import Records
import Storage
import Testing

@Suite("A tenant's store")
final class TenantStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private var path: String { folder.appending(path: "store").path }

    private func key(_ minute: Int32, shape: Int32 = 0, scope: Int32 = 0) -> EventCount.Key {
        EventCount.Key(minute: minute, shape: shape, scope: scope, severity: 9)
    }

    private func events(_ shapes: [String], _ counts: [(EventCount.Key, Int64)]) -> IngestedEvents {
        var events = IngestedEvents()
        events.shapes = shapes.map(RedactedText.init(stored:))
        events.scopes = shapes.map { RedactedText(stored: "{\"a\":\"\($0)\"}") }
        events.counts = counts.map { EventCount(key: $0.0, records: $0.1) }
        return events
    }

    private func source(position: Int64) -> LogSource {
        var checkpoint = LogCheckpoint(format: "json")
        checkpoint.position = position
        checkpoint.stampedShare = 0.5
        return LogSource(
            path: "/var/log/a", device: .max, inode: 1 << 63, head: LogSource.Head([1, 2, 3]), checkpoint: checkpoint)
    }

    @Test("adds counts up and keeps everything over a restart")
    func adds() throws {
        var sources = try TenantStore(path: path).keep(
            events(["a", "b"], [(key(1), 2), (key(1, shape: 1), 3)]), [source(position: 7)])
        #expect(sources.map(\.id) == [1])
        sources[0].checkpoint.position = 9
        let store = try TenantStore(path: path)
        sources = try store.keep(events(["c"], [(key(1), 5), (key(-2, shape: -1, scope: -1), 1)]), sources)
        #expect(try store.shapes().map(\.shape.string) == ["a", "b", "c"])
        #expect(try store.shapes().map(\.lines) == [7, 3, 0])
        #expect(try store.scopes().map(\.string) == ["{\"a\":\"a\"}", "{\"a\":\"b\"}", "{\"a\":\"c\"}"])
        #expect(try store.counts().map(\.key.minute) == [-2, 1, 1])
        #expect(try store.counts(minutes: 1...1).map(\.records) == [7, 3])
        #expect(try store.sources() == sources)
        #expect(try store.recordsWithoutShape() == 1)
    }

    @Test("a store in memory is nobody else's, and leaves no file")
    func inMemory() throws {
        let stores = try (0..<2).map { _ in try TenantStore(inMemoryWith: nil) }
        for store in stores { try store.claimWriting() }
        #expect(!FileManager.default.fileExists(atPath: stores[0].path + "-writer"))
    }

    @Test("reads what an earlier version wrote only after it was brought up to date")
    func older() throws {
        _ = try TenantStore(path: path)
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'desk'; DROP TABLE erasure")
        }
        #expect(throws: StorageError.older(file: path)) { try TenantStore(path: path, access: .reading) }
    }

    @Test("keeps all or nothing")
    func transaction() throws {
        let store = try TenantStore(path: path)
        _ = try store.keep(events(["a"], [(key(1), 2)]), [])
        let database = try DatabaseQueue(path: path)
        try database.write {
            try $0.execute(sql: "CREATE TRIGGER no BEFORE INSERT ON source BEGIN SELECT RAISE(ABORT, 'no'); END")
        }
        #expect(throws: StorageError.failed(file: path, reason: "no")) {
            try store.keep(events(["b"], [(key(1), 5)]), [source(position: 7)])
        }
        #expect(try store.shapes().map(\.lines) == [2])
        #expect(try store.counts().map(\.records) == [2])
    }

    @Test("refuses what is no store, and what a later version wrote")
    func refuses() throws {
        let text = folder.appending(path: "text").path
        try Data(String(repeating: "no database ", count: 400).utf8).write(to: URL(filePath: text))
        #expect(throws: StorageError.self) { try TenantStore(path: text) }
        #expect(throws: StorageError.self) { try TenantStore(path: folder.path) }
        _ = try TenantStore(path: path)
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('of tomorrow')")
        }
        #expect(throws: StorageError.newer(file: path)) { try TenantStore(path: path) }
        #expect(
            StorageError.newer(file: "x").description == "x: the store was written by a later version of this program")
    }

    @Test("has one writer at a time")
    func writer() throws {
        var first: TenantStore? = try TenantStore(path: path)
        try first?.claimWriting()
        let second = try TenantStore(path: path)
        #expect(throws: StorageError.busy(file: path)) { try second.claimWriting() }
        #expect(try second.shapes().isEmpty)
        first = nil
        try second.claimWriting()
    }

    @Test("says which read failed")
    func damaged() throws {
        let store = try TenantStore(path: path)
        try DatabaseQueue(path: path).write { try $0.execute(sql: "DROP TABLE eventCount") }
        #expect(throws: StorageError.failed(file: path, reason: "no such table: eventCount")) { try store.counts() }
    }
}
