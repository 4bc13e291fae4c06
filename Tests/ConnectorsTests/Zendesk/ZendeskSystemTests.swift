import Records
import Testing

@testable import Connectors

@Suite struct ZendeskSystemTests {
    private static let users = (
        agent: ("agent@example.com/token", "agent-secret"), admin: ("admin@example.com/token", "admin-secret")
    )

    /// Runs a test with a mock account and the way to it.
    private func run(
        user: String = "casebook@example.com", secret: String = "casebook-secret", fields: [String: String] = [:],
        _ test: (MockServer, ZendeskSystem) async throws -> Void
    ) async throws {
        try await MockServer.run { server in
            try await server.tell("settings", ["exportDelaySeconds": 0])
            let description = SystemDescription(
                name: "desk", kind: .zendesk, address: server.address, user: user, secret: .environment("NONE"),
                fields: fields)
            let system = ZendeskSystem(description, secret: secret, clock: MockServer.now)
            let result: Result<Void, any Error>
            do {
                result = .success(try await test(server, system))
            } catch {
                result = .failure(error)
            }
            try result.get()
        }
    }

    private func customer(_ server: MockServer, _ text: String, on ticket: String? = nil) async throws -> String {
        var body: [String: JSON] = [
            "system": "zendesk", "email": "jan@acorn-mills.example", "text": .text(text), "subject": "Upload fails",
        ]
        if let ticket { body["ticket"] = .text(ticket) }
        return try #require(try await server.tell("customer", .object(body))["ticket"].identifier)
    }

    private func agent(_ server: MockServer, _ ticket: String, _ members: JSON) async throws {
        try await server.request(
            "PUT", "/api/v2/tickets/\(ticket)", as: Self.users.agent.0, secret: Self.users.agent.1,
            body: ["ticket": members])
    }

    @Test func everyTicketComesOnceInOneReading() async throws {
        try await run { server, system in
            try await server.tell("seed", ["system": "zendesk", "tickets": 2_500, "comments": [0, 1]])
            let (pages, next) = try await system.allChanges(from: Instant(seconds: 0))
            let ids = pages.flatMap(\.tickets).map(\.id)
            #expect(ids.count == 2_500)
            #expect(Set(ids) == Set((1...2_500).map { "\($0)" }))
            let times = pages.flatMap(\.tickets).map(\.updatedAt)
            #expect(times == times.sorted())
            let later = try await system.changes(after: next, from: Instant(seconds: 0))
            #expect(later.tickets.isEmpty && later.isLast)
        }
    }

    @Test func aChangeByARuleOfTheSystemComesWithAnotherVersion() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            let (pages, next) = try await system.allChanges(from: Instant(seconds: 0))
            let before = try #require(pages.last?.tickets.last)
            try await Task.sleep(for: .seconds(1.1))
            try await server.tell(
                "automation", ["system": "zendesk", "ticket": .text(id), "fields": ["priority": "urgent"]])
            let after = try #require(try await system.changes(after: next, from: Instant(seconds: 0)).tickets.first)
            #expect(after.id == id && after.fields[.priority] == "urgent")
            #expect(after.version != before.version && after.updatedAt > before.updatedAt)
        }
    }

    @Test func aTicketIsReadWithAllItsMessages() async throws {
        try await run(fields: ["version": "360001"]) { server, system in
            let id = try await customer(server, "It fails\nwith files over 12 MB")
            try await agent(
                server, id,
                [
                    "comment": ["body": "Which version?"], "status": "pending", "tags": ["upload"], "priority": "high",
                    "group_id": 20,
                    "custom_fields": [["id": 360_001, "value": "4.2"], ["id": 360_003, "value": "not asked for"]],
                ])
            try await agent(server, id, ["comment": ["body": "Known defect", "public": false]])
            let ticket = try #require(try await system.ticket(id))
            #expect(ticket.fate == .present && ticket.number == id && ticket.channel == "email")
            #expect(
                ticket.fields[.status] == "pending" && ticket.fields[.priority] == "high"
                    && ticket.fields[.group] == "20")
            #expect(ticket.fields[.custom("360001")] == "4.2" && ticket.fields[.custom("360003")] == nil)
            #expect(ticket.tags == ["upload"])
            let messages = try #require(try await system.messages(of: [ticket])[id])
            #expect(
                messages.map(\.text)
                    == ["It fails\nwith files over 12 MB", "Which version?", "Known defect"].map { RawText($0) })
            #expect(messages.map(\.isPublic) == [true, true, false])
            #expect(messages.allSatisfy { $0.key == nil })
            let people = try await system.people(messages.compactMap(\.author) + ["999999"])
            #expect(people.first { $0.id == ticket.requester }?.isAgent == false)
            #expect(people.first { $0.id == messages[1].author }?.isAgent == true)
            #expect(people.first { $0.id == ticket.requester }?.organization == ticket.organization)
            #expect(!people.contains { $0.id == "999999" })
        }
    }

    @Test func moreCommentsThanAPageHolds() async throws {
        try await run { server, system in
            let id = try await customer(server, "0")
            for number in 1...204 { _ = try await customer(server, "\(number)", on: id) }
            let ticket = try #require(try await system.ticket(id))
            let messages = try #require(try await system.messages(of: [ticket])[id])
            #expect(messages.map(\.text) == (0...204).map { RawText("\($0)") })
        }
    }

    @Test func fieldsAndTagsAreWrittenAndNothingElse() async throws {
        try await run(fields: ["version": "360001"]) { server, system in
            let id = try await customer(server, "It fails")
            try await agent(server, id, ["tags": ["upload", "vip"], "priority": "low"])
            let ticket = try #require(try await system.ticket(id))
            _ = try await system.write(
                TicketChange(
                    fields: [.status: "open", .custom("360001"): "4.3", .priority: nil], tagsAdded: ["group-7"],
                    tagsRemoved: ["vip"]),
                to: ticket)
            let now = try #require(try await system.ticket(id))
            #expect(
                now.fields[.status] == "open" && now.fields[.custom("360001")] == "4.3" && now.fields[.priority] == nil)
            #expect(now.tags == ["upload", "group-7"])
            #expect(try await system.messages(of: [now])[id]?.count == 1)
        }
    }

    @Test func aTagThatARuleSetsMeanwhileIsNotLost() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            let ticket = try #require(try await system.ticket(id))
            try await server.tell(
                "automation", ["system": "zendesk", "ticket": .text(id), "fields": ["tags": ["rule"]]])
            _ = try await system.write(TicketChange(tagsAdded: ["ours"]), to: ticket)
            #expect(try await system.ticket(id)?.tags == ["rule", "ours"])
        }
    }

    @Test func aWriteOverSomebodyElsesChangeIsStale() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            let ticket = try #require(try await system.ticket(id))
            try await Task.sleep(for: .seconds(1.1))
            try await agent(server, id, ["priority": "urgent"])
            await #expect(throws: SystemFault.stale) {
                try await system.write(TicketChange(fields: [.priority: "low"]), to: ticket)
            }
            await #expect(throws: SystemFault.stale) {
                try await system.write(TicketChange(tagsAdded: ["late"]), to: ticket)
            }
            let now = try #require(try await system.ticket(id))
            #expect(now.fields[.priority] == "urgent" && now.tags.isEmpty)
        }
    }

    @Test func aChangeWithinTheSecondOfTheLastOneIsSeen() async throws {
        try await run { server, system in
            // What both did in one second has one stamp, which the safe update cannot tell apart.
            var isTried = false
            for _ in 0..<10 where !isTried {
                let id = try await customer(server, "It fails")
                let ticket = try #require(try await system.ticket(id))
                try await agent(server, id, ["priority": "urgent"])
                let after = try #require(try await system.ticket(id))
                guard ZendeskVersion(after.version).stamp == ZendeskVersion(ticket.version).stamp else { continue }
                isTried = true
                await #expect(throws: SystemFault.stale) {
                    try await system.write(TicketChange(fields: [.priority: "low"]), to: ticket)
                }
                #expect(try await system.ticket(id)?.fields[.priority] == "urgent")
            }
            #expect(isTried)
        }
    }

    @Test func messagesAreFoundAgainByTheirKeys() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            var ticket = try #require(try await system.ticket(id))
            let note = try Draft.message("Probability 0.8", key: "k1")
            ticket = try #require(try await system.write(TicketChange(message: note), to: ticket))
            let answer = try Draft.message("Please update.", key: "k2", isPublic: true)
            ticket = try #require(try await system.write(TicketChange(message: answer), to: ticket))
            let messages = try #require(try await system.messages(of: [ticket])[id])
            #expect(messages.map(\.key) == [nil, "k1", "k2"])
            #expect(messages.map(\.isPublic) == [true, false, true])
            #expect(messages[1].text == RawText("Probability 0.8"))
            #expect(
                try await server.journal(of: "zendesk").compactMap { $0["what"].text }.suffix(2) == ["note", "comment"])
        }
    }

    @Test func aRefusalNamesTheFieldsAtFault() async throws {
        try await run(fields: ["version": "360001", "component": "360002"]) { server, system in
            let id = try await customer(server, "It fails")
            let ticket = try #require(try await system.ticket(id))
            func fields(_ change: [TicketField: String?]) async -> [String]? {
                do throws(SystemFault) {
                    _ = try await system.write(TicketChange(fields: change), to: ticket)
                    return nil
                } catch {
                    guard case .refused(_, let fields) = error else { return ["\(error)"] }
                    return fields
                }
            }
            #expect(await fields([.priority: "low", .status: "melted"]) == ["status"])
            #expect(await fields([.priority: "low", .assignee: "77"]) == ["assignee"])
            #expect(await fields([.priority: "low", .group: "Support"]) == ["group"])
            #expect(await fields([.custom("360001"): "4.2", .custom("360002"): "nowhere"]) == ["custom:360002"])
            #expect(await fields([.category: "upload"]) == ["category"])
            #expect(try await system.ticket(id)?.fields[.priority] == nil)
        }
    }

    @Test func aClosedTicketTakesNothingAndNoFieldIsAtFault() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            try await agent(server, id, ["status": "closed"])
            let ticket = try #require(try await system.ticket(id))
            let note = try Draft.message("Too late", key: "k1")
            await #expect {
                try await system.write(TicketChange(message: note), to: ticket)
            } throws: { error in
                guard case .refused(_, let fields)? = error as? SystemFault else { return false }
                return fields.isEmpty
            }
        }
    }

    @Test func aTicketIsOpenedOnce() async throws {
        try await run { server, system in
            let draft = try Draft.ticket("Outage of the upload", fields: [.priority: "high"], tags: ["outage"])
            let first = try await system.create(draft, key: "k9")
            let again = try await system.create(draft, key: "k9")
            var other = draft
            other.fields[.priority] = "low"
            let changed = try await system.create(other, key: "k9")
            #expect(again.id == first.id && changed.id == first.id)
            #expect(try await system.ticket(keyed: "k9")?.id == first.id)
            #expect(try await system.ticket(keyed: "k10") == nil)
            #expect(first.fields[.priority] == "high" && first.tags == ["outage"])
            #expect(try await server.ask("counts")["zendesk"]["tickets"] == 1)
            #expect(try await system.messages(of: [first])[first.id]?.map(\.key) == ["k9"])
        }
    }

    @Test func deletedAndMergedTicketsSaySo() async throws {
        try await run { server, system in
            try await server.tell("settings", ["jobSeconds": 0])
            let kept = try await customer(server, "It fails")
            let twin = try await customer(server, "It fails still")
            let gone = try await customer(server, "Never mind")
            try await server.request(
                "POST", "/api/v2/tickets/\(kept)/merge", as: Self.users.agent.0, secret: Self.users.agent.1,
                body: ["ids": [.integer(try #require(Int64(twin)))]])
            try await server.request(
                "DELETE", "/api/v2/tickets/\(gone)", as: Self.users.admin.0, secret: Self.users.admin.1)
            let (pages, _) = try await system.allChanges(from: Instant(seconds: 0))
            let fates = Dictionary(pages.flatMap(\.tickets).map { ($0.id, $0.fate) }, uniquingKeysWith: { $1 })
            #expect(fates == [kept: .present, twin: .merged(into: kept), gone: .deleted])
            #expect(try await system.ticket(twin)?.fate == .merged(into: kept))
            #expect(try await system.ticket(gone)?.fate == .deleted)
            #expect(try await system.ticket("4711") == nil)
        }
    }

    @Test func linksGoToAFieldOrMakeAnIncidentOfAProblem() async throws {
        try await run(fields: ["links": "360003"]) { server, system in
            let id = try await customer(server, "It fails")
            let ticket = try #require(try await system.ticket(id))
            let issue = "https://issues.example.com/ENG-7"
            let written = try #require(try await system.write(TicketChange(linksAdded: [issue]), to: ticket))
            #expect(written.links == [issue])
            // What stands in the field stays as it is, whatever of it is known here; the same is not added twice.
            try await Task.sleep(for: .milliseconds(2_100))
            var known = try #require(try await system.ticket(id))
            known.fields[.custom("360003")] = "<url:0>"
            known.links = ["<url:0>"]
            let other = "https://issues.example.com/ENG-8"
            let both = try #require(try await system.write(TicketChange(linksAdded: [issue, other]), to: known))
            #expect(both.fields[.custom("360003")] == "\(issue) \(other)")
        }
        try await run { server, system in
            let problem = try await customer(server, "The cause")
            let ticket = try #require(try await system.ticket(try await customer(server, "It fails")))
            let written = try #require(try await system.write(TicketChange(linksAdded: [problem]), to: ticket))
            #expect(written.links == [problem])
            let another = try await customer(server, "Another cause")
            await #expect(throws: SystemFault.self) {
                try await system.write(TicketChange(linksAdded: [another]), to: written)
            }
            #expect(try await system.ticket(ticket.id)?.links == [problem])
        }
    }

    @Test func faultsAreToldApart() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            let change = TicketChange(fields: [.priority: "low"])
            try await Task.sleep(for: .seconds(1.1))
            let settled = try #require(try await system.ticket(id))
            func fault(_ next: JSON) async throws -> SystemFault? {
                try await server.tell("faults", ["next": [next], "retryAfter": ["1"], "timeoutSeconds": .number(0.1)])
                do throws(SystemFault) {
                    _ = try await system.write(change, to: settled)
                    return nil
                } catch {
                    return error
                }
            }
            #expect(try await fault("409") == .unavailable(status: 409, retryAfter: nil))
            #expect(try await fault("429") == .limited(retryAfter: 1))
            #expect(try await fault("503") == .unavailable(status: 503, retryAfter: 1))
            #expect(try await fault("reset")?.leavesDoubt == true)
            #expect(try await fault("html")?.leavesDoubt == true)
            #expect(try await fault("login")?.leavesDoubt == true)
            #expect(try await fault("truncated")?.leavesDoubt == true)
            #expect(try await fault("timeoutAfterWrite")?.leavesDoubt == true)
            try await server.tell("faults", [:])
            try await server.tell("settings", ["readOnly": ["zendesk": true]])
            let now = try #require(try await system.ticket(id))
            await #expect {
                try await system.write(change, to: now)
            } throws: { error in
                guard case .readOnly? = error as? SystemFault else { return false }
                return true
            }
        }
        try await run(user: "expired@example.com", secret: "expired-secret") { server, system in
            await #expect {
                try await system.ticket("1")
            } throws: { error in (error as? SystemFault)?.stopsAll == true }
        }
    }

    @Test func theWordsOfTheSystem() async throws {
        try await run { _, system in
            let words = try await system.vocabulary()
            #expect(Set(words.statuses.keys) == ["new", "open", "pending", "hold", "solved", "closed"])
            #expect(words.fields["360001"] == "Version")
        }
    }

    @Test func filesAreDescribed() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            let upload = try await server.request(
                "POST", "/api/v2/uploads?filename=app.log", as: Self.users.agent.0, secret: Self.users.agent.1,
                body: "three")
            let token = try #require(upload["upload"]["token"].text)
            try await agent(server, id, ["comment": ["body": "See the log", "uploads": [.text(token)]]])
            let ticket = try #require(try await system.ticket(id))
            let file = try #require(try await system.messages(of: [ticket])[id]?.last?.attachments.first)
            #expect(file.name == RawText("app.log") && file.bytes == 7)
        }
    }
}
