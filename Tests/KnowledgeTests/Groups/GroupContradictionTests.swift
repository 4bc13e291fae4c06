import Records
import Testing

@testable import Knowledge

struct GroupContradictionTests {
    private func decision(_ kind: GroupDecision.Kind, _ first: String, _ second: String) -> GroupDecision {
        GroupDecision(kind: kind, first, second, time: Instant(seconds: 0))
    }

    private func contradictions(_ decisions: [GroupDecision]) -> [GroupContradiction] {
        GroupContradiction.all(in: GroupDecision.standing(decisions))
    }

    @Test func `two issues that are one through others contradict the words that make them one`() {
        let found = contradictions([
            decision(.mustLink, "1", "2"), decision(.mustLink, "3", "2"), decision(.mustLink, "7", "8"),
            decision(.cannotLink, "1", "3"), decision(.cannotLink, "1", "7"),
        ])
        #expect(
            found == [
                GroupContradiction(
                    apart: decision(.cannotLink, "1", "3"),
                    together: [decision(.mustLink, "1", "2"), decision(.mustLink, "3", "2")])
            ])
        #expect(found.map(\.description) == ["1,3 are two issues, but by 1,2 3,2 they are one"])
    }

    @Test func `what was taken back or replaced contradicts nothing`() {
        let one = [decision(.mustLink, "1", "2"), decision(.mustLink, "2", "3")]
        #expect(contradictions(one + [decision(.undo, "3", "2"), decision(.cannotLink, "1", "3")]) == [])
        #expect(contradictions([decision(.cannotLink, "2", "1")] + one) == [])
        #expect(contradictions(one + [decision(.cannotLink, "3", "1"), decision(.undo, "1", "3")]) == [])
    }
}
