import Incidents
import Records
import Testing

struct IncidentHistoryTests {
    private static let hour = 3_600.0
    private static let now = Instant(seconds: 20 * hour)

    /// - Parameter hours: When it was, in hours.
    private func incident(
        _ id: String, _ hours: ClosedRange<Double>, _ signatures: [String] = ["s"], accounts: [String] = ["a"]
    ) -> IncidentRecord {
        IncidentRecord(
            id: id, start: Instant(seconds: hours.lowerBound * Self.hour),
            end: Instant(seconds: hours.upperBound * Self.hour),
            detectedAt: Instant(seconds: (hours.lowerBound + 0.1) * Self.hour), priority: 3, signatures: signatures,
            links: accounts.map { AccountLink(account: $0, probability: 0.9) })
    }

    private func events(_ before: [IncidentRecord], _ now: [IncidentRecord]) -> [String] {
        IncidentHistory.events(from: before, to: now, at: Self.now).map {
            "\($0.incident) \($0.kind.rawValue)" + ($0.other.map { " \($0)" } ?? "")
        }
    }

    @Test func `a new incident is opened when it was detected, and closed when it is over`() throws {
        #expect(events([], [incident("i", 18...19)]) == ["i opened"])
        #expect(events([], [incident("i", 3...4)]) == ["i opened", "i closed"])
        let opened = try #require(
            IncidentHistory.events(from: [], to: [incident("i", 18...19)], at: Self.now).first)
        #expect(abs(opened.time.seconds - 18.1 * Self.hour) < 1)
    }

    @Test func `an incident of which more is seen is extended, and one of which nothing is new has no event`() {
        let before = [incident("i", 18...19)]
        #expect(events(before, before).isEmpty)
        #expect(events(before, [incident("i", 18...19.5)]) == ["i extended"])
        #expect(events(before, [incident("i", 18...19, accounts: ["a", "b"])]) == ["i extended"])
        let over = [incident("i", 3...4)]
        #expect(events(over, over).isEmpty)
    }

    @Test func `two that turn out to be one are merged, and one that turns out to be two is split`() {
        let one = incident("i", 15...19, ["s", "t"])
        let parts = [incident("i", 15...19, ["s"]), incident("j", 16...18, ["t", "s"])]
        #expect(events(parts, [one]) == ["j mergedInto i"])
        #expect(events([one], parts) == ["j splitFrom i"])
    }

    @Test func `what is another time or says other things is another incident`() {
        #expect(events([incident("i", 3...4)], [incident("j", 18...19)]) == ["j opened"])
        #expect(events([incident("i", 18...19)], [incident("j", 18...19, ["u"])]) == ["j opened"])
    }
}
