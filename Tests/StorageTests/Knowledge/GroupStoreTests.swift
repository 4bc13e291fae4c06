@_spi(Stored) import Records
import Storage
import Testing

@Suite("Issue groups and outcomes in a store")
struct GroupStoreTests {
    @Test func `what people say of groups is appended, the same word once`() throws {
        let store = try StoredKnowledge.store()
        let decisions = StoredKnowledge.decisions
        #expect(try store.groupDecisions() == decisions)
        let undo = GroupDecision(kind: .undo, "T1", "T2", time: StoredKnowledge.after(450))
        // What was kept before does not come to count again after what was said since.
        try store.keep([undo, decisions[0]], by: StoredDesk.entry(.decided))
        #expect(try store.groupDecisions() == decisions + [undo])
        let again = GroupDecision(kind: .mustLink, "T1", "T2", time: StoredKnowledge.after(501), actor: "agent-4")
        try store.keep([again], by: StoredDesk.entry(.decided))
        #expect(try store.groupDecisions().last == again)
    }

    @Test func `a ticket is in the group that it was put into last`() throws {
        let store = try StoredKnowledge.store()
        let earlier = GroupMembership(ticket: "T1", group: "g-2", time: StoredKnowledge.after(99))
        let later = GroupMembership(ticket: "T2", group: "g-3", time: StoredKnowledge.after(101))
        try store.keep([earlier, later], by: StoredDesk.entry(.grouped))
        #expect(try store.memberships() == [StoredKnowledge.memberships[1], later])
    }

    @Test func `what a model said first of a ticket at one time stays`() throws {
        let store = try StoredKnowledge.store()
        let outcomes = StoredKnowledge.outcomes
        var changed = outcomes[1]
        changed.hours = 5
        try store.keep([changed], by: StoredDesk.entry(.predicted))
        #expect(try store.outcomes() == [outcomes[2], outcomes[1], outcomes[0]])
        changed.version = 3
        try store.keep([changed], by: StoredDesk.entry(.predicted))
        #expect(try store.outcomes().count == 4)
    }

    @Test func `of tickets that nobody knows nothing is kept`() throws {
        let store = try StoredDesk.store()
        let stray = StorageError.unknown(file: "memory", kind: "ticket", id: "T9")
        var outcome = StoredKnowledge.outcomes[0]
        outcome.ticket = "T9"
        #expect(throws: stray) {
            try store.keep([StoredKnowledge.outcomes[1], outcome], by: StoredDesk.entry(.predicted))
        }
        #expect(throws: stray) {
            try store.keep(
                [GroupMembership(ticket: "T9", group: "g", time: StoredDesk.time)], by: StoredDesk.entry(.grouped))
        }
        for pair in [("T1", "T9"), ("T9", "T1")] {
            let decision = GroupDecision(kind: .mustLink, pair.0, pair.1, time: StoredDesk.time)
            #expect(throws: stray) { try store.keep([decision], by: StoredDesk.entry(.decided)) }
        }
        #expect(try store.outcomes().isEmpty && store.memberships().isEmpty && store.groupDecisions().isEmpty)
        #expect(try store.audit().map(\.action) == [.imported])
    }
}
