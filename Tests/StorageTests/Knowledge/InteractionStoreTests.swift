import Foundation
import GRDB
@_spi(Stored) import Records
import Testing

@testable import Storage

@Suite("Messages and agents in a store")
struct InteractionStoreTests {
    @Test func `messages come back as they were kept, in the order of tickets and times`() throws {
        let store = try StoredDesk.store()
        let interactions = StoredKnowledge.interactions
        try store.keep(Array(interactions.reversed()), source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        #expect(try store.interactions() == interactions)
        #expect(try store.interactions(ofTicket: "T2") == Array(interactions[2...]))
        #expect(try store.interactions(ofTicket: "T3").isEmpty)
    }

    @Test func `the messages of one ticket are found without a look at those of the others`() throws {
        let folder = try StoreFolder()
        _ = try StoredKnowledge.store(at: folder.store)
        let plan = try DatabaseQueue(path: folder.store).read { database in
            try Row.fetchAll(
                database, sql: "EXPLAIN QUERY PLAN " + TenantStore.interactionsOfTicket, arguments: ["T2"]
            ).map { $0["detail"] as String }
        }
        #expect(!plan.isEmpty && !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    }

    @Test func `the same message is kept once, and one that differs in text, side or time is another`() throws {
        let store = try StoredKnowledge.store()
        let first = StoredKnowledge.interactions[0]
        var others = [first, first, first, first]
        others[1].text = RedactedText(stored: "and the import")
        others[2].side = .agent
        others[3].time = StoredKnowledge.after(11)
        for _ in 1...2 {
            try store.keep(
                StoredKnowledge.interactions + others, source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        }
        #expect(try store.interactions().count == StoredKnowledge.interactions.count + 3)
        #expect(try Set(store.interactions(ofTicket: "T1")).isSuperset(of: others))
    }

    @Test func `messages of one time stay in the order in which they were kept`() throws {
        let store = try StoredDesk.store()
        let said = ["b", "c", "a"].map { StoredKnowledge.message("T1", 10, .agent, "agent-3", $0) }
        try store.keep(said, source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        #expect(try store.interactions() == said)
    }

    @Test func `a message of a ticket that nobody knows is left out and counted`() throws {
        let store = try StoredDesk.store()
        let stray = StoredKnowledge.message("T9", 10, .customer, "person-8", "hello")
        let leftOut = try store.keep(
            [stray] + StoredKnowledge.interactions, source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        #expect(leftOut == 1)
        #expect(try store.interactions() == StoredKnowledge.interactions)
        // Nor is its author known.
        #expect(try !store.customers().contacts.contains { $0.id == "person-8" })
    }

    @Test func `messages and agents are kept together with the tickets that they need`() throws {
        let store = try TenantStore(inMemoryWith: StoredDesk.key())
        let leftOut = try store.keep(
            CustomerContext(), tickets: StoredDesk.tickets, interactions: StoredKnowledge.interactions,
            agents: StoredKnowledge.agents, source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        #expect(leftOut == LeftOut())
        #expect(try store.interactions() == StoredKnowledge.interactions)
        #expect(try store.agents().count == 3)
        #expect(try store.audit().count == 1)
    }

    @Test func `no customer who writes stands in the file, and agents do`() throws {
        let folder = try StoreFolder()
        let store = try StoredKnowledge.store(at: folder.store)
        let said = [
            StoredKnowledge.message("T1", 30, .customer, "person-7", "hi"),
            StoredKnowledge.message("T1", 40, .agent, "agent-9", "hi"),
        ]
        try store.keep(said, source: "desk", date: StoredDesk.time, by: StoredDesk.entry())
        #expect(try !folder.holds("person-7"))
        #expect(try folder.holds("agent-9"))
        #expect(try store.customers().contacts.contains(Contact(id: "person-7")))
        let blind = try TenantStore(path: folder.store)
        #expect(throws: StorageError.noKey(file: folder.store)) { try blind.interactions() }
    }

    @Test func `of an agent's stretch in a group the end that was said last counts`() throws {
        let store = try StoredDesk.store()
        func say(_ agents: [Agent], _ days: Double) throws {
            try store.keep(agents, date: StoredKnowledge.after(days * 86_400), by: StoredDesk.entry())
        }
        try say(StoredKnowledge.agents, 0)
        try say(StoredKnowledge.agents, 0)
        #expect(try Set(store.agents()) == Set(StoredKnowledge.agents))
        #expect(try store.agents().map(\.id) == ["agent-3", "agent-3", "agent-4"])
        let left = Agent(id: "agent-4", until: StoredKnowledge.after(60))
        try say([left], 2)
        try say([Agent(id: "agent-4")], 1)
        #expect(try store.agents().last == left)
        #expect(try store.agents().count == 3)
    }

    @Test func `a store of before is brought up to date with all it holds`() throws {
        let folder = try StoreFolder()
        _ = try StoredDesk.store(at: folder.store)
        try DatabaseQueue(path: folder.store).write { database in
            for table in [
                "interaction", "agent", "articleCitation", "articleSentence", "articleFact", "articleKeyword",
                "article", "articleUse", "groupMember", "groupDecision", "outcome",
            ] {
                try database.execute(sql: "DROP TABLE \(table)")
            }
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'knowledge'")
        }
        #expect(throws: StorageError.older(file: folder.store)) {
            try TenantStore(path: folder.store, access: .reading)
        }
        let store = try StoredKnowledge.store(at: folder.store)
        #expect(try store.tickets().count == 3 && store.interactions().count == 5)
        #expect(try store.check().problems == [])
    }
}
