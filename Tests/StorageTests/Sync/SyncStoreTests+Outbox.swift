import GRDB
@_spi(Stored) import Records
import Storage
import Testing

/// What waits to be sent.
extension SyncStoreTests {
    @Test func `an entry whose row is damaged is not lost in silence`() throws {
        try store.enqueue(
            [entry("a", .field("status", value: "open")), entry("b", .link("8"))], by: StoredDesk.entry(.synced))
        #expect(try store.check().problems == [])
        try DatabaseQueue(path: folder.store).write { database in
            try database.execute(sql: "UPDATE outbox SET payload = '{\"kind\":\"reaction\"}' WHERE key = 'a'")
        }
        #expect(try store.outbox([.waiting], in: "desk").map(\.work) == [.unreadable, .link("8")])
        #expect(try store.outbox(of: "T1", in: "desk").count == 2)
        #expect(try store.check().problems == ["entries of the outbox that cannot be read: 1"])
        try DatabaseQueue(path: folder.store).write {
            try $0.execute(sql: "UPDATE outbox SET state = 'gone' WHERE key = 'b'")
        }
        #expect(try store.check().problems == ["entries of the outbox that cannot be read: 1, 2"])
    }

    @Test func `a document is read as it was kept`() throws {
        let works = [OutboxEntry.Work.message(document("x"), isPublic: true), .note(document("y"))]
        try store.enqueue([entry("k1", works[0]), entry("k2", works[1])], by: StoredDesk.entry(.synced))
        #expect(try store.outbox(of: "T1", in: "desk").map(\.work) == works)
    }

    @Test func `the same key is kept once, and of several notes the last`() throws {
        let first = entry("k1", .field("status", value: "open"))
        try store.enqueue([first, first], by: StoredDesk.entry(.synced))
        for key in ["n1", "n2"] { try store.enqueue([entry(key, .note(document(key)))], by: StoredDesk.entry(.synced)) }
        #expect(try store.outbox(of: "T1", in: "desk").map(\.key) == ["k1", "n2"])
    }

    @Test func `tickets are sent in the order in which they have waited, and not before their time`() throws {
        let later = Instant(seconds: StoredDesk.time.seconds + 60)
        try store.enqueue(
            [
                entry("a", .link("1"), ticket: "T2"), entry("b", .link("1")),
                entry("c", .link("2"), ticket: "T3", at: later),
            ], by: StoredDesk.entry(.synced))
        #expect(try store.ticketsToSend(to: "desk", at: StoredDesk.time, limit: 9) == ["T2", "T1"])
        #expect(try store.ticketsToSend(to: "desk", at: StoredDesk.time, limit: 1) == ["T2"])
        let number = try #require(try store.outbox(of: "T2", in: "desk").first?.number)
        try keep { $0.progress = [.init(number: number, state: .done)] }
        #expect(try store.ticketsToSend(to: "desk", at: later, limit: 9) == ["T1", "T3"])
        #expect(try store.nextSending(to: "desk") == StoredDesk.time)
    }

    @Test func `what has come to its end does not begin again by what an older reading shows`() throws {
        try store.enqueue([entry("a", .link("1"))], by: StoredDesk.entry(.synced))
        let number = try #require(try store.outbox(of: "T1", in: "desk").first?.number)
        for state in [OutboxEntry.State.done, .waiting, .dead] {
            try keep { $0.progress = [.init(number: number, state: state)] }
            #expect(try store.outbox([.done], in: "desk").map(\.number) == [number])
        }
    }

    @Test func `what was refused waits again when somebody says so`() throws {
        try store.enqueue([entry("a", .link("1")), entry("b", .link("2"))], by: StoredDesk.entry(.synced))
        let numbers = try store.outbox(of: "T1", in: "desk").map(\.number)
        try keep {
            $0.progress = numbers.map { .init(number: $0, state: .dead, fault: RedactedText(stored: "no")) }
        }
        #expect(try store.outbox([.dead], in: "desk").map(\.fault.string) == ["no", "no"])
        #expect(try store.replay([numbers[0]], in: "desk", by: StoredDesk.entry(.synced)).waiting == 1)
        #expect(try store.replay([numbers[0]], in: "desk", by: StoredDesk.entry(.synced)).waiting == 0)
        #expect(try store.replay(nil, in: "desk", by: StoredDesk.entry(.synced)).waiting == 1)
        #expect(try store.outbox(of: "T1", in: "desk").count == 2)
    }

    @Test func `what was refused is not sent again over what was said since`() throws {
        let dead = [
            entry("a", .field("priority", value: "low")), entry("b", .field("category", value: "x")),
            entry("c", .note(document("old"))),
        ]
        try store.enqueue(dead, by: StoredDesk.entry(.synced))
        let numbers = try store.outbox(of: "T1", in: "desk").map(\.number)
        try keep { $0.progress = numbers.map { .init(number: $0, state: .dead) } }
        let later = [
            entry("d", .field("priority", value: "urgent")), entry("e", .note(document("new"))),
            entry("f", .field("category", value: "y"), ticket: "T2"),
        ]
        try store.enqueue(later, by: StoredDesk.entry(.synced))
        let count = try store.replay(nil, in: "desk", by: StoredDesk.entry(.synced))
        #expect(count == (1, 2))
        #expect(try store.outbox([.overruled], in: "desk").map(\.key) == ["a", "c"])
        #expect(Set(try store.outbox([.waiting], in: "desk").map(\.key)) == ["b", "d", "e", "f"])
    }

    @Test func `what is sent again after it was refused begins anew`() throws {
        try store.enqueue([entry("k", .link("9"))], by: StoredDesk.entry(.synced))
        let number = try #require(try store.outbox([.waiting], in: "desk").first?.number)
        for _ in 1...3 { try keep { $0.progress = [.init(number: number, state: .sending)] } }
        try keep { $0.progress = [.init(number: number, state: .dead)] }
        #expect(try store.outbox([.dead], in: "desk").first?.attempts ?? 0 > 0)
        #expect(try store.replay(nil, in: "desk", by: StoredDesk.entry(.synced)).waiting == 1)
        #expect(try store.outbox([.waiting], in: "desk").first?.attempts == 0)
    }

    @Test func `a ticket whose next entry must wait keeps no other ticket back`() throws {
        let tickets = try #require(StoredDesk.tickets.count > 2 ? StoredDesk.tickets.prefix(3).map(\.id) : nil)
        let now = StoredDesk.time
        let later = Instant(seconds: now.seconds + 60)
        try store.enqueue(
            [
                entry("a1", .link("1"), ticket: tickets[0]), entry("a2", .link("2"), ticket: tickets[0]),
                entry("b1", .link("1"), ticket: tickets[1]), entry("b2", .link("2"), ticket: tickets[1]),
                entry("c1", .link("1"), ticket: tickets[2]),
            ], by: StoredDesk.entry(.synced))
        let numbers = try store.outbox([.waiting], in: "desk").map(\.number)
        #expect(try store.ticketsToSend(to: "desk", at: now, limit: 9) == tickets)
        try keep {
            $0.progress = [
                .init(number: numbers[0], state: .waiting, notBefore: later),
                // What was being sent is looked for before anything else, wherever it stands.
                .init(number: numbers[3], state: .sending, notBefore: later),
            ]
        }
        #expect(try store.ticketsToSend(to: "desk", at: now, limit: 9) == [tickets[2]])
        #expect(try store.nextSending(to: "desk") == now)
        try keep { $0.progress = [.init(number: numbers[4], state: .done)] }
        #expect(try store.nextSending(to: "desk") == later)
        #expect(try store.ticketsToSend(to: "desk", at: later, limit: 1) == [tickets[0]])
    }
}
