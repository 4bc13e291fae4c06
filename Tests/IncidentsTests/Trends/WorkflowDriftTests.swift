import Incidents
import Records
import Testing

struct WorkflowDriftTests {
    private let nothing: (tickets: Int, values: [String: [String: Int]]) = (0, [:])

    private func lines(_ tickets: Int, _ before: [String: [String: Int]], _ after: [String: [String: Int]]) -> [String]
    {
        WorkflowDrift(seen: [], words: [], before: (tickets, before), after: (tickets, after)).lines
    }

    @Test func `words that are new, gone or renamed are told`() {
        let seen: Set = [
            SeenWord(.status, "open", name: "Open"), SeenWord(.priority, "p1", name: "Urgent"),
            SeenWord(.field, "f1", name: "Region"),
        ]
        let words: Set = [
            SeenWord(.status, "open", name: "Open"), SeenWord(.status, "held", name: "On hold"),
            SeenWord(.field, "f1", name: "Area"),
        ]
        #expect(
            WorkflowDrift(seen: seen, words: words, before: nothing, after: nothing).lines == [
                "status \"held\" (On hold) is new", "priority \"p1\" (Urgent) is gone",
                "field \"f1\" was called \"Region\" and is called \"Area\" now",
            ])
        #expect(WorkflowDrift(seen: words, words: words, before: nothing, after: nothing).lines.isEmpty)
        #expect(WorkflowDrift(seen: [], words: words, before: nothing, after: nothing).lines.isEmpty)
    }

    @Test func `a field that tickets use in another way is told`() {
        #expect(
            lines(100, ["category": ["a": 100]], ["category": ["a": 20, "b": 80]]) == [
                "category is used in another way: of the last 100 tickets 80 % have moved to other values"
            ])
        // Tickets without a value count as well.
        #expect(lines(100, ["category": ["a": 100]], ["category": ["a": 20]]).count == 1)
        #expect(lines(100, ["category": ["a": 50, "b": 50]], ["category": ["a": 55, "b": 45]]).isEmpty)
    }

    @Test func `few tickets tell nothing, nor do fields that follow from age`() {
        #expect(lines(49, ["category": ["a": 49]], ["category": ["b": 49]]).isEmpty)
        #expect(lines(50, ["category": ["a": 50]], ["category": ["b": 50]]).count == 1)
        #expect(lines(100, ["status": ["open": 100]], ["status": ["closed": 100]]).isEmpty)
    }
}
