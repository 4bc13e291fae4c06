import Connectors
import Records
import Storage
import Testing

extension SyncSessionTests {
    private func message(_ text: String, isMarkup: Bool = false, key: String? = nil) -> RemoteMessage {
        RemoteMessage(
            id: "1", time: Instant(seconds: 6_000), author: "c", text: RawText(text), isMarkup: isMarkup, key: key)
    }

    private func said() throws -> [Interaction] { try store.interactions(ofTicket: "desk:7") }

    @Test func `of a message in HTML the words are kept, and names are found in them`() async throws {
        system.tell(.success([RemotePerson(id: "c", name: RawText("Olmira Zuvenko"), isAgent: false)]))
        system.say(message("<p>It fails, says Olmira&nbsp;<b>Zuvenko</b></p>", isMarkup: true))
        let running = try await begin()
        let text = try #require(try said().first?.text.string)
        #expect(text.hasPrefix("It fails, says <person:") && !text.contains("Zuvenko") && !text.contains("<p>"))
        try await end(running)
    }

    @Test func `addresses that were not asked for stay, and others follow`() async throws {
        system.change { $0.links = ["https://issues.example/7", "5"] }
        let running = try await begin()
        system.change { ticket in
            (ticket.links, ticket.tellsAddresses, ticket.version) = (["6"], false, "2")
            ticket.updatedAt = Instant(seconds: 10_001)
        }
        try await eventually {
            try store.links(of: "desk:7").first?.links == ["https://issues.example/7", "6"]
        }
        try await end(running)
    }

    @Test func `what a system is still at when it is given up is not asked for a second time`() async throws {
        let slow = ScriptedSystem(Self.ticket, longestRequest: 30)
        let session = try Self.session(slow, store, pace: 10)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        slow.fail(.unanswered("nobody waits any more", mayGoOn: true))
        let entry = OutboxEntry(
            system: "desk", ticket: "desk:7", key: "k",
            work: .message(Document(try Draft.text("restart it")), isPublic: true), createdAt: Instant(seconds: 20_000),
            actor: "ana")
        try store.enqueue([entry], by: AuditEntry(time: Instant(seconds: 20_000), actor: "ana", action: .synced))
        try await eventually { slow.writes == 1 }
        // It comes to its end long after the answer to any other request would have been seen.
        try await Task.sleep(for: .milliseconds(1_500))
        slow.say(message("restart it", key: "k"))
        try await eventually { try store.outbox([.done], in: "desk").count == 1 }
        #expect(slow.writes == 1)
        running.cancel()
        try await running.value
    }
}
