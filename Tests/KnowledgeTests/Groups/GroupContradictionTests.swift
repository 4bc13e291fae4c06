import Records
import Testing

@testable import Knowledge

struct GroupContradictionTests {
    private func decision(_ kind: GroupDecision.Kind, _ first: String, _ second: String) -> GroupDecision {
        GroupDecision(kind: kind, first, second, time: Instant(seconds: 0))
    }

    private func contradictions(_ decisions: [GroupDecision]) -> [GroupContradiction] {
        GroupContradiction.all(in: decisions)
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

    @Test func `one word on two tickets contradicts the other, whichever came first`() {
        let (one, two) = (decision(.mustLink, "1", "2"), decision(.cannotLink, "2", "1"))
        let found = [GroupContradiction(apart: two, together: [one])]
        #expect(contradictions([one, two]) == found && contradictions([two, one]) == found)
        #expect(contradictions([one, two, one]) == found && contradictions([one, one]) == [])
        #expect(found[0].description == "2,1 are two issues, but by 1,2 they are one")
    }

    @Test func `what was taken back contradicts nothing`() {
        let one = [decision(.mustLink, "1", "2"), decision(.mustLink, "2", "3")]
        #expect(contradictions(one + [decision(.undo, "3", "2"), decision(.cannotLink, "1", "3")]) == [])
        #expect(contradictions(one + [decision(.undo, "3", "2"), decision(.cannotLink, "2", "3")]) == [])
        #expect(contradictions(one + [decision(.cannotLink, "3", "1"), decision(.undo, "1", "3")]) == [])
    }
}
