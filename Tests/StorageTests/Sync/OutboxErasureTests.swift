import Foundation
import GRDB
@_spi(Stored) import Records
import Storage
import Testing

@Suite("What an outbox holds of people's words")
struct OutboxErasureTests {
    private let folder: StoreFolder
    private let store: TenantStore

    init() throws {
        folder = try StoreFolder()
        store = try StoredDesk.store(at: folder.store)
    }

    private func message(_ text: String) -> OutboxEntry.Work { .message(document(text), isPublic: true) }

    private func document(_ text: String) -> Document { Document([.paragraph([RedactedText(stored: text)])]) }

    /// Puts work into the outbox and has it come so far; nothing changes what has come to its end.
    private func enqueue(_ key: String, _ work: OutboxEntry.Work, for ticket: String, _ state: OutboxEntry.State) throws
    {
        let entry = OutboxEntry(
            system: "desk", ticket: ticket, key: key, work: work, createdAt: StoredDesk.time, actor: "casebook")
        try store.enqueue([entry], by: StoredDesk.entry(.synced))
        guard state != .waiting else { return }
        let number = try #require(try store.outbox(keyed: [key], in: "desk").first?.number)
        var step = SyncStep()
        step.progress = [.init(number: number, state: state, fault: RedactedText(stored: "not \(key)"))]
        try store.keep(step, of: "desk", by: nil)
    }

    private func entries(_ states: OutboxEntry.State...) throws -> [String: OutboxEntry.Work] {
        let entries = try store.outbox(Set(states), in: "desk")
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.work) })
    }

    private func erase(_ subject: ErasureSubject) throws -> ErasureReceipt {
        try store.erase(subject, redactor: try #require(StoredDesk.redactor()), by: StoredDesk.entry(.erased))
    }

    @Test func `what was said is kept until it has come to its end, and what was set goes on being known`() throws {
        let field = OutboxEntry.Work.field("status", value: "open")
        for state in [OutboxEntry.State.done, .overruled, .dead] {
            try enqueue("m-\(state)", message("plumbago"), for: "T1", state)
            try enqueue("n-\(state)", .note(document("obsidian")), for: "T1", state)
            try enqueue("f-\(state)", field, for: "T1", state)
        }
        let empty = OutboxEntry.Work.message(Document([]), isPublic: false)
        #expect(try entries(.done) == ["m-done": empty, "n-done": .note(Document([])), "f-done": field])
        #expect(
            try entries(.overruled) == [
                "m-overruled": empty, "n-overruled": .note(Document([])), "f-overruled": field,
            ])
        // A person may have it sent again.
        #expect(
            try entries(.dead) == [
                "m-dead": message("plumbago"), "n-dead": .note(document("obsidian")), "f-dead": field,
            ])
    }

    @Test func `with a person goes what is still to be said in the tickets in which the person wrote`() throws {
        try store.keep(
            [
                Interaction(
                    ticket: "T2", time: StoredDesk.time, side: .customer, author: "person-1",
                    text: RedactedText(stored: "mine too"))
            ], source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        for (ticket, state) in [("T1", OutboxEntry.State.waiting), ("T2", .sending), ("T1", .dead), ("T1", .done)] {
            try enqueue("m-\(state)", message("plumbago"), for: ticket, state)
        }
        try enqueue("other", message("quartzite"), for: "T3", .waiting)
        try enqueue("field", .field("status", value: "open"), for: "T1", .waiting)
        for (ticket, state) in [("T1", OutboxEntry.State.dead), ("T2", .sending), ("T3", .waiting)] {
            try enqueue("n-\(state)", .note(document("as in T1: plumbago")), for: ticket, state)
        }
        let receipt = try erase(.contact("person-1"))
        #expect(receipt.removed["outbox"] == 6)
        #expect(
            try entries(.waiting, .sending, .dead) == [
                "other": message("quartzite"), "field": .field("status", value: "open"),
            ])
        // What is under way is still known by its key.
        let ended = ["m-waiting", "m-sending", "m-dead", "n-dead", "n-sending"]
        #expect(try Set(entries(.overruled).keys) == Set(ended))
        #expect(try store.outbox([.overruled], in: "desk").allSatisfy(\.fault.isEmpty))
        #expect(try !folder.holds("plumbago") && folder.holds("quartzite"))
        _ = try store.replay(nil, in: "desk", by: StoredDesk.entry(.synced))
        #expect(try entries(.waiting).count == 2)
        #expect(try store.check().problems == [])
    }

    @Test func `with an account go the notes that may cite it in the tickets of others`() throws {
        try enqueue("m", message("quartzite"), for: "T2", .waiting)
        try enqueue("done", .note(document("as in T1: plumbago")), for: "T2", .done)
        try enqueue("dead", .note(document("as in T1: plumbago")), for: "T3", .dead)
        try enqueue("waiting", .note(document("as in T1: plumbago")), for: "T2", .waiting)
        _ = try erase(.account("acct-1"))
        #expect(try entries(.waiting, .sending, .dead) == ["m": message("quartzite")])
        #expect(try Set(entries(.done, .overruled).keys) == ["done", "dead"])
        #expect(try !folder.holds("plumbago"))
    }

    @Test func `a store of before loses what it has said when it is opened`() throws {
        try enqueue("m", message("plumbago"), for: "T1", .done)
        try enqueue("open", message("quartzite"), for: "T1", .waiting)
        try DatabaseQueue(path: folder.store).write { database in
            try database.execute(
                sql: """
                    DROP TRIGGER outboxTextGoes; DELETE FROM grdb_migrations WHERE identifier = 'sent';
                    UPDATE outbox SET payload = replace(payload, 'quartzite', 'plumbago')
                        WHERE key = 'open';
                    UPDATE outbox SET payload = (SELECT payload FROM outbox WHERE key = 'open') WHERE key = 'm';
                    """)
        }
        #expect(try entries(.done) == ["m": message("plumbago")])
        _ = try TenantStore(path: folder.store, key: StoredDesk.key())
        #expect(try entries(.done) == ["m": .message(Document([]), isPublic: false)])
        #expect(try entries(.waiting) == ["open": message("plumbago")])
    }
}
