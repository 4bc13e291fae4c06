import Connectors
import Records
import Testing

/// What the values of one system become in another one.
struct ValueMapTests {
    private static let from = SystemDescription(
        name: "old", kind: .zendesk, address: "https://old.example", secret: .environment("X"),
        agents: [("17", "ana")], groups: [("5", "support")])

    private func map(
        statuses: [(theirs: String, ours: TicketStatus)] = [], fields: [String: String] = [:],
        words: SystemVocabulary = SystemVocabulary(
            statuses: ["To Do": "To Do", "Done": "Done"], priorities: ["High": "High"], fields: ["f1": "Version"],
            readOnlyFields: ["f2"])
    ) -> ValueMap {
        let to = SystemDescription(
            name: "new", kind: .jira, address: "https://new.example", secret: .environment("X"), statuses: statuses,
            priorities: [("High", "high")], agents: [("acc-1", "ana")], fields: fields)
        return ValueMap(from: Self.from, to: to, vocabulary: words, agents: ["acc-1"])
    }

    private func isMissing(_ outcome: ValueMap.Outcome) -> Bool {
        if case .missing = outcome { true } else { false }
    }

    @Test("a closed ticket is solved where nothing is closed, and no other state stands for another one")
    func mapsStatus() {
        let map = map(statuses: [("To Do", .new), ("Done", .solved)])
        #expect(map.outcome("closed", of: "status") == .becomes("solved", theirs: "Done"))
        #expect(map.outcome("new", of: "status") == .becomes("new", theirs: "To Do"))
        #expect(isMissing(map.outcome("waiting", of: "status")))
    }

    @Test("a state that the description names and the system has no more is missing")
    func wantsLiveStatus() {
        #expect(isMissing(map(statuses: [("Parked", .waiting)]).outcome("waiting", of: "status")))
    }

    @Test("a priority has to exist there")
    func mapsPriority() {
        #expect(map().outcome("high", of: "priority") == .becomes("high", theirs: "High"))
        #expect(isMissing(map().outcome("urgent", of: "priority")))
    }

    @Test(
        "an agent is found by either word of the first system, and has to exist in the second",
        arguments: ["ana", "17"])
    func mapsAgent(value: String) {
        #expect(map().outcome(value, of: "assignee") == .becomes("ana", theirs: "acc-1"))
        #expect(isMissing(map().outcome("18", of: "assignee")))
    }

    @Test("a field that is named for another one gets its word; without one it is missing")
    func mapsFields() {
        #expect(isMissing(map().outcome("5", of: "group")))
        #expect(map(fields: ["group": "f1"]).outcome("5", of: "group") == .becomes("support", theirs: "support"))
        #expect(isMissing(map().outcome("1.2", of: "version")))
        #expect(isMissing(map(fields: ["version": "f3"]).outcome("1.2", of: "version")))
        #expect(isMissing(map(fields: ["version": "f2"]).outcome("1.2", of: "version")))
        // Where nobody may see which fields there are, the description is believed.
        let unseen = SystemVocabulary(statuses: [:], priorities: [:], fields: [:])
        let outcome = map(fields: ["version": "f3"], words: unseen).outcome("1.2", of: "version")
        #expect(outcome == .becomes("1.2", theirs: "1.2"))
    }
}
