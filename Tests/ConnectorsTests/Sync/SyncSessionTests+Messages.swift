import Connectors
import Records
import Storage
import TestSupport
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

    @Test func `what an erasure ends while it is about to be sent does not go out`() async throws {
        let running = try await begin()
        let by = AuditEntry(time: Instant(seconds: 20_000), actor: "ana", action: .erased)
        system.interrupt { [store] in
            #expect(throws: Never.self) {
                // As an erasure does with what waits for the tickets of a person.
                var step = SyncStep()
                step.progress = try store.outbox([.waiting], in: "desk").map {
                    .init(number: $0.number, state: .overruled)
                }
                try store.keep(step, of: "desk", by: by)
            }
        }
        let entry = OutboxEntry(
            system: "desk", ticket: "desk:7", key: "k",
            work: .message(Document(try Draft.text("jan says plumbago")), isPublic: false), createdAt: by.time,
            actor: "ana")
        try store.enqueue([entry], by: by)
        try await eventually { try store.outbox([.overruled], in: "desk").count == 1 }
        let looks = system.looks
        try await eventually { system.looks > looks + 1 }
        #expect(system.texts == [] && system.writes == 0)
        try await end(running)
    }

    @Test func `who is mentioned has a name that is kept out of texts, and an agent keeps it`() async throws {
        system.tell(.success([RemotePerson(id: "a", name: RawText("Ana Zuvenko"), isAgent: true)]))
        var said = message("@Olmira Grobnik asked, says Olmira Grobnik to Ana Zuvenko")
        said.mentioned = ["m": RawText("Olmira Grobnik"), "a": RawText("Ana Zuvenko")]
        system.say(said)
        let running = try await begin()
        let text = try #require(try self.said().first?.text.string)
        #expect(!text.contains("Olmira") && text.contains("Ana Zuvenko"))
        try await end(running)
    }

    @Test func `a message that is too long for a system goes as far as it is taken, and that is told`() async throws {
        let short = ScriptedSystem(Self.ticket, longestText: TextLimit(units: 100, form: .text))
        let session = try Self.session(short, store)
        let running = Task { try await session.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7") != nil }
        let entry = OutboxEntry(
            system: "desk", ticket: "desk:7", key: "k",
            work: .message(Document(try Draft.text(String(repeating: "restart it ", count: 20))), isPublic: true),
            createdAt: Instant(seconds: 20_000), actor: "ana")
        try store.enqueue([entry], by: AuditEntry(time: Instant(seconds: 20_000), actor: "ana", action: .synced))
        try await eventually { try store.outbox([.done], in: "desk").count == 1 }
        let text = try #require(short.texts.first)
        #expect(text.hasPrefix("restart it") && text.contains("characters left out") && text.count <= 100)
        #expect(await session.takeReport().faults.contains { $0.contains("too long") && $0.contains("desk:7") })
        running.cancel()
        try await running.value
    }

    @Test func `a name that is not known any more does not come back with a field that nobody has changed`()
        async throws
    {
        let note = TicketField.custom("note")
        system.change { $0.fields[note] = "ask Olmira Zuvenko first" }
        system.say(message("hello"))
        system.tell(.success([RemotePerson(id: "c", name: RawText("Olmira Zuvenko"), isAgent: false)]))
        let running = try await begin()
        try await end(running)
        func value() throws -> String { try #require(try store.links(of: "desk:7").first?.values["custom:note"]) }
        let hidden = try value()
        #expect(hidden.hasPrefix("ask <person:"))
        // Who was erased there and here is told by nobody, and a later process knows the name no more.
        system.tell(.success([]))
        system.change { ($0.updatedAt, $0.version, $0.fields[.priority]) = (Instant(seconds: 10_001), "2", "high") }
        let later = try Self.session(system, store)
        let again = Task { try await later.run(from: Instant(seconds: 0)) }
        try await eventually { try store.ticket("desk:7")?.priority == "high" }
        #expect(try value() == hidden)
        #expect(try store.history(of: "desk:7").allSatisfy { $0.field != "custom:note" })
        system.change { ($0.updatedAt, $0.version, $0.fields[note]) = (Instant(seconds: 10_002), "3", "nobody to ask") }
        try await eventually { try value() == "nobody to ask" }
        again.cancel()
        try await again.value
    }

    @Test func `a name that is learnt later is hidden in fields too, and is no change of them`() async throws {
        let note = TicketField.custom("note")
        system.change { $0.fields[note] = "ask Olmira Zuvenko first" }
        let running = try await begin()
        #expect(try store.links(of: "desk:7").first?.values["custom:note"] == "ask Olmira Zuvenko first")
        system.say(message("hello"))
        system.tell(.success([RemotePerson(id: "c", name: RawText("Olmira Zuvenko"), isAgent: false)]))
        system.change { ($0.updatedAt, $0.version) = (Instant(seconds: 10_001), "2") }
        try await eventually { try !said().isEmpty }
        try await end(running)
        let value = try #require(try store.links(of: "desk:7").first?.values["custom:note"])
        #expect(value.hasPrefix("ask <person:"))
        #expect(try store.history(of: "desk:7").allSatisfy { $0.field != "custom:note" })
    }

    @Test func `what a system refuses does not stay true here`() async throws {
        let running = try await begin()
        system.fail(.refused(reason: "no", fields: []))
        try setPriority("urgent")
        try await eventually { try store.outbox([.dead], in: "desk").count == 1 }
        try await eventually { try store.ticket("desk:7")?.priority == "low" }
        try await end(running)
    }

    @Test func `a message of ours that was carried out twice is nobody's word`() async throws {
        let running = try await begin()
        let entry = OutboxEntry(
            system: "desk", ticket: "desk:7", key: "k",
            work: .message(Document(try Draft.text("restart it")), isPublic: true), createdAt: Instant(seconds: 20_000),
            actor: "ana")
        try store.enqueue([entry], by: AuditEntry(time: Instant(seconds: 20_000), actor: "ana", action: .synced))
        try await eventually { try store.outbox([.done], in: "desk").count == 1 }
        for (id, text) in [("1", "restart it"), ("2", "restart it"), ("3", "restart it, you say")] {
            system.say(
                RemoteMessage(id: id, time: Instant(seconds: 6_000), author: "robot", text: RawText(text), key: "k"))
        }
        system.change { ($0.updatedAt, $0.version) = (Instant(seconds: 10_001), "2") }
        try await eventually { try !said().isEmpty }
        #expect(try said().map(\.text.string) == ["restart it, you say"])
        try await end(running)
    }
}
