import Connectors
import Records
import Testing

/// What is to be done so that a system has a ticket of another one.
struct TicketMoveTests {
    private let redactor: Redactor
    private let ticket: Ticket
    private let link = LinkedTicket(
        system: "old", remote: "7", number: "7", ticket: "old:7", version: "v", updatedAt: Instant(seconds: 9),
        readAt: Instant(seconds: 9), values: ["status": "solved", "priority": "high", "category": "billing"],
        tags: ["a b"], links: ["8"])

    init() throws {
        redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
        ticket = Ticket(
            id: "old:7", openedAt: Instant(seconds: 1), subject: redactor.redact(RawText("upload fails")),
            body: redactor.redact(RawText("it stops")))
    }

    private func entries(hasTags: Bool = true) -> [OutboxEntry] {
        let from = SystemDescription(
            name: "old", kind: .zendesk, address: "https://old.example", secret: .environment("X"))
        let to = SystemDescription(
            name: "new", kind: .jira, address: "https://new.example", secret: .environment("X"),
            statuses: [("Done", .solved)])
        let words = SystemVocabulary(statuses: ["Done": "Done"], priorities: ["high": "High"], fields: [:])
        let move = TicketMove(
            from: from, to: to, map: ValueMap(from: from, to: to, vocabulary: words, agents: []), hasTags: hasTags,
            redactor: redactor)
        let messages = [("it stops", true), ("where?", false), ("there", true)].enumerated().map { place, said in
            Interaction(
                ticket: "old:7", time: Instant(seconds: Double(place + 1)), side: place == 1 ? .agent : .customer,
                isPublic: said.1, text: redactor.redact(RawText(said.0)))
        }
        return move.entries(ticket, link, messages: messages, at: Instant(seconds: 50), by: "bo")
    }

    private func says(_ work: OutboxEntry.Work) -> (text: String, isPublic: Bool)? {
        guard case .message(let document, let isPublic) = work else { return nil }
        return (document.text.string, isPublic)
    }

    @Test(
        "the opening comes first, then the origin, fields, messages in order and as private as they were, the status last"
    )
    func orders() {
        let work = entries().map(\.work)
        #expect(work.first == .opening(place: ""))
        #expect(work.last == .field("status", value: "solved"))
        let said = work.compactMap { says($0) }
        #expect(said.map(\.isPublic) == [false, false, true])
        #expect(said[0].text.contains("https://old.example/agent/tickets/7"))
        #expect(said[1].text.hasPrefix("agent") && said[1].text.hasSuffix("where?"))
        #expect(said[2].text.hasPrefix("customer") && said[2].text.hasSuffix("there"))
        #expect(work.contains(.field("priority", value: "high")))
        #expect(work.contains(.tags(added: ["a_b"], removed: [])))
    }

    @Test("what has no place of its own stands in words")
    func putsInWords() throws {
        let work = entries(hasTags: false).map(\.work)
        let origin = try #require(work.compactMap { says($0) }.first).text
        #expect(
            origin.contains("category: billing") && origin.contains("tags: a b") && origin.contains("linked with: 8"))
        #expect(!work.contains { if case .tags = $0 { true } else { false } })
        #expect(!work.contains { if case .field("category", _) = $0 { true } else { false } })
    }

    @Test("the same move has the same keys, and no two of its parts share one")
    func keys() {
        let keys = entries().map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(keys == entries().map(\.key))
    }
}
