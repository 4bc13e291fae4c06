import Connectors
import Records
import Testing

/// Values that a system spells in its own way.
extension TicketArrivalTests {
    private func step(
        _ wanted: String, _ state: OutboxEntry.State, there: String, before: String, isAnswered: Bool = false
    ) -> SyncStep {
        let entry = entry(1, .field("custom:1", value: wanted), state, notBefore: 10)
        return arrival().step(
            remote([.custom("1"): there]), messages: nil,
            known: .init(
                link: link(["custom:1": before]), ticket: ticket, outbox: [entry], answered: isAnswered ? [1] : []),
            people: .init())
    }

    @Test(arguments: [
        ("2026-03-04T10:00:00Z", "2026-03-04T12:00:00.000+0200"), ("2026-03-04T10:00:00Z", "2026-03-04 10:00:00"),
        ("12.50", "12.5"), ("+12", "12.0"), ("-0.0", "0"), ("007", "7"), ("  two words ", "two words"),
    ])
    func `a value that reads back in another spelling has arrived`(wanted: String, there: String) {
        let step = step(wanted, .sending, there: there, before: "before")
        #expect(states(step) == [1: .done] && step.events.isEmpty)
        #expect(step.links.first?.values["custom:1"] == there)
    }

    @Test(arguments: [
        ("2026-03-04T10:00:00Z", "2026-03-04T12:00:00.000+0300"), ("12.50", "12.51"), ("-1", "1"), ("1.1.0", "1.1"),
        ("1e2", "100"), ("two words", "twowords"),
    ])
    func `another value is another one`(wanted: String, there: String) {
        #expect(states(step(wanted, .sending, there: there, before: "before")) == [1: .overruled])
    }

    @Test func `of two spellings of what may be two versions only one that was sent arrives`() {
        #expect(states(step("1.10", .waiting, there: "1.1", before: "1.1")).isEmpty)
        #expect(states(step("1.10", .sending, there: "1.1", before: "1.1")) == [1: .waiting])
        #expect(states(step("1.10", .sending, there: "1.1", before: "1.1", isAnswered: true)) == [1: .done])
    }

    @Test func `a time that is shown in another zone has not changed, and another version has`() {
        func events(_ before: String, _ there: String) -> [TicketEvent] {
            arrival().step(
                remote([.custom("1"): there]), messages: nil,
                known: .init(link: link(["custom:1": before]), ticket: ticket), people: .init()
            ).events
        }
        #expect(events("2026-03-04T12:00:00.000+0200", "2026-03-04T11:00:00.000+0100").isEmpty)
        #expect(events("1.1", "1.10").map(\.to) == ["1.10"])
    }
}
