import Records
import Testing

@testable import Connectors

@Suite struct ServiceNowSystemTests {
    /// Runs a test with a mock instance and the way to it.
    private func run(
        user: String = "casebook@example.com", secret: String = "casebook-secret", place: String = "",
        fields: [String: String] = [:],
        _ test: (MockServer, ServiceNowSystem) async throws -> Void
    ) async throws {
        try await MockServer.run { server in
            let description = SystemDescription(
                name: "now", kind: .servicenow, address: server.address, user: user, secret: .environment("NONE"),
                place: place, fields: fields)
            let system = ServiceNowSystem(description, secret: secret, clock: MockServer.now)
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
            "system": "servicenow", "email": "jan@acorn-mills.example", "text": .text(text), "subject": "Upload fails",
        ]
        if let ticket { body["ticket"] = .text(ticket) }
        return try #require(try await server.tell("customer", .object(body))["ticket"].identifier)
    }

    private func agent(_ server: MockServer, _ ticket: String, _ values: JSON) async throws {
        try await server.request(
            "PATCH", "/api/now/table/incident/\(ticket)", as: "agent@example.com", secret: "agent-secret", body: values)
    }

    @Test func everyTicketComesWithoutAnEnd() async throws {
        try await run { server, system in
            try await server.tell("seed", ["system": "servicenow", "tickets": 1_100, "comments": [0, 1]])
            let state = try await server.ask("state", [.init("system", "servicenow")])["tickets"].items.compactMap {
                $0["id"].text
            }
            let (pages, next) = try await system.allChanges(from: Instant(seconds: 0))
            let tickets = pages.flatMap(\.tickets)
            #expect(state.count == 1_100 && Set(tickets.map(\.id)) == Set(state))
            #expect(tickets.map(\.updatedAt) == tickets.map(\.updatedAt).sorted())
            #expect(pages.flatMap(\.unreadable) == [])
            let id = try await customer(server, "A new one")
            let later = try await system.allChanges(after: next, from: Instant(seconds: 0)).pages.flatMap(\.tickets)
            #expect(later.contains { $0.id == id } && later.count < 200)
        }
    }

    @Test func pagesFullOfOneSecond() async throws {
        try await run { server, system in
            // All of them in one day of no length.
            try await server.tell("seed", ["system": "servicenow", "tickets": 700, "comments": [0, 0], "days": 0])
            let (pages, _) = try await system.allChanges(from: Instant(seconds: 0))
            #expect(Set(pages.flatMap(\.tickets).map(\.id)).count == 700)
            #expect(Set(pages.flatMap(\.tickets).map(\.updatedAt)).count <= 2)
            #expect(pages.count < 12)
        }
    }

    @Test func messagesThatAreHiddenAreNotTakenForNone() async throws {
        try await run(user: "limited@example.com", secret: "limited-secret") { server, system in
            let id = try await customer(server, "It fails")
            let ticket = try #require(try await system.ticket(id))
            try await agent(server, id, ["comments": "Please try again"])
            #expect(try await system.messages(of: [ticket])[id]?.count == 1)
            let group = try #require(
                try await server.request(
                    "GET", "/api/now/table/sys_user_group?sysparm_query=name%3DEscalations", as: "admin@example.com",
                    secret: "admin-secret")["result"].items.first?["sys_id"].text)
            try await agent(server, id, ["assignment_group": .text(group)])
            await #expect(throws: SystemFault.forbidden("rows of sys_journal_field are hidden from this account")) {
                try await system.messages(of: [ticket])
            }
        }
    }

    @Test func pagesOfWhichTheAccountSeesNothing() async throws {
        try await run(user: "limited@example.com", secret: "limited-secret") { server, system in
            try await server.tell("seed", ["system": "servicenow", "tickets": 500, "comments": [0, 0]])
            let rows = try await server.ask("state", [.init("system", "servicenow")])["tickets"].items
            let group = try #require(
                try await server.request(
                    "GET", "/api/now/table/sys_user_group?sysparm_query=name%3DEscalations", as: "admin@example.com",
                    secret: "admin-secret")["result"].items.first?["sys_id"].text)
            // The first 450 by the time of their change are hidden, each at its own time.
            let ordered = rows.sorted {
                ($0["updatedAt"].text ?? "", $0["id"].text ?? "") < ($1["updatedAt"].text ?? "", $1["id"].text ?? "")
            }
            for row in ordered.prefix(450) {
                try await server.tell(
                    "automation",
                    ["system": "servicenow", "ticket": row["id"], "fields": ["assignment_group": .text(group)]])
            }
            let visible = ordered.suffix(50).filter { $0["fields"]["assignment_group"].text != group }.compactMap {
                $0["id"].text
            }
            let (pages, _) = try await system.allChanges(from: Instant(seconds: 0))
            #expect(!visible.isEmpty && Set(pages.flatMap(\.tickets).map(\.id)) == Set(visible))
        }
    }

    @Test func aChangeInTheSecondOfTheLastReadingComes() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            let (_, next) = try await system.allChanges(from: Instant(seconds: 0))
            try await agent(server, id, ["short_description": "Upload fails for all"])
            let tickets = try await system.allChanges(after: next, from: Instant(seconds: 0)).pages.flatMap(\.tickets)
            #expect(tickets.last?.subject == RawText("Upload fails for all") && tickets.last?.version == "1")
        }
    }

    @Test func aTicketIsReadWithAllItsMessages() async throws {
        try await run(fields: ["version": "u_version"]) { server, system in
            let first = try await customer(server, "It fails\nwith files over 12 MB")
            let second = try await customer(server, "Another one")
            try await agent(
                server, first,
                ["comments": "Which version?", "state": "3", "u_version": "4.2", "u_casebook_note": "not asked for"])
            _ = try await customer(server, "4.2", on: first)
            try await agent(server, first, ["work_notes": "Known defect"])
            let tickets = [try #require(try await system.ticket(first)), try #require(try await system.ticket(second))]
            #expect(
                tickets[0].body == RawText("It fails\nwith files over 12 MB")
                    && tickets[0].subject == RawText("Upload fails"))
            #expect(tickets[0].number.hasPrefix("INC") && tickets[0].channel == "email" && tickets[0].fate == .present)
            #expect(tickets[0].fields[.status] == "2" && tickets[0].fields[.custom("u_version")] == "4.2")
            #expect(tickets[0].fields[.custom("u_casebook_note")] == nil)
            let messages = try await system.messages(of: tickets)
            #expect(messages[second] == [])
            let said = try #require(messages[first])
            #expect(Set(said.map(\.text)) == Set(["Which version?", "4.2", "Known defect"].map { RawText($0) }))
            #expect(Set(said.filter(\.isPublic).map(\.text)) == Set(["Which version?", "4.2"].map { RawText($0) }))
            #expect(said.map(\.time) == said.map(\.time).sorted())
            let customer = try #require(said.first { $0.text == RawText("4.2") })
            #expect(customer.author == tickets[0].requester && customer.isFromAgent == false)
            let people = try await system.people(said.compactMap(\.author) + ["nobody"])
            #expect(Set(people.map(\.id)) == Set(said.compactMap(\.author)))
            #expect(people.first { $0.id == customer.author }?.isAgent == false)
            #expect(people.first { $0.id == customer.author }?.organization == tickets[0].organization)
            #expect(people.first { $0.id != customer.author }?.isAgent == true)
        }
    }

    @Test func fieldsAreWrittenAndOthersStay() async throws {
        try await run(fields: ["version": "u_version"]) { server, system in
            let id = try await customer(server, "It fails")
            try await agent(server, id, ["u_version": "4.2"])
            let ticket = try #require(try await system.ticket(id))
            let written = try #require(
                try await system.write(
                    TicketChange(fields: [.status: "2", .category: "network", .custom("u_version"): nil]),
                    to: ticket))
            let read = try await system.ticket(id)
            #expect(written == read)
            #expect(written.fields[.status] == "2" && written.fields[.category] == "network")
            #expect(
                written.fields[.custom("u_version")] == nil && written.fields[.priority] == ticket.fields[.priority])
        }
    }

    @Test func aWriteOverSomebodyElsesChangeIsStale() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            let ticket = try #require(try await system.ticket(id))
            try await agent(server, id, ["category": "network"])
            await #expect(throws: SystemFault.stale) {
                try await system.write(TicketChange(fields: [.category: "software"]), to: ticket)
            }
            #expect(try await system.ticket(id)?.fields[.category] == "network")
        }
    }

    @Test func messagesAreFoundAgainByTheirKeys() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            var ticket = try #require(try await system.ticket(id))
            ticket = try #require(
                try await system.write(
                    TicketChange(message: try Draft.message("Probability 0.8", key: "k1")), to: ticket))
            ticket = try #require(
                try await system.write(
                    TicketChange(message: try Draft.message("Please update.", key: "k2", isPublic: true)), to: ticket))
            let messages = try #require(try await system.messages(of: [ticket])[id])
            #expect(Set(messages.map { "\($0.key ?? "") \($0.isPublic)" }) == ["k1 false", "k2 true"])
            #expect(messages.first { $0.key == "k1" }?.text == RawText("Probability 0.8"))
        }
    }

    @Test func aTicketIsOpenedOnce() async throws {
        try await run { server, system in
            let draft = try Draft.ticket("Outage of the upload", fields: [.category: "network"])
            let first = try await system.create(draft, key: "k9")
            #expect(try await system.create(draft, key: "k9").id == first.id)
            #expect(try await system.ticket(keyed: "k9")?.id == first.id)
            #expect(try await system.ticket(keyed: "k10") == nil)
            #expect(first.fields[.category] == "network" && first.body == RawText("It fails since the update."))
            #expect(try await server.ask("counts")["servicenow"]["tickets"] == 1)
        }
    }

    @Test func aDeletedTicketComesInTheFeed() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            let (_, next) = try await system.allChanges(from: Instant(seconds: 0))
            try await server.request(
                "DELETE", "/api/now/table/incident/\(id)", as: "admin@example.com", secret: "admin-secret")
            let (pages, _) = try await system.allChanges(after: next, from: Instant(seconds: 0))
            #expect(pages.flatMap(\.tickets).filter { $0.fate == .deleted }.map(\.id) == [id])
            #expect(try await system.ticket(id) == nil)
        }
    }

    @Test func faultsAreToldApart() async throws {
        try await run { server, system in
            let id = try await customer(server, "It fails")
            func fault(_ next: JSON) async throws -> SystemFault? {
                try await server.tell("faults", ["next": [next], "retryAfter": ["1"], "timeoutSeconds": .number(0.1)])
                do throws(SystemFault) {
                    _ = try await system.ticket(id)
                    return nil
                } catch {
                    return error
                }
            }
            #expect(try await fault("429") == .limited(retryAfter: 1))
            #expect(try await fault("500")?.isPassing == true)
            #expect(try await fault("truncated")?.leavesDoubt == true)
            #expect(try await fault("html")?.leavesDoubt == true)
            try await server.tell("faults", [:])
            let ticket = try #require(try await system.ticket(id))
            try await server.tell("settings", ["readOnly": ["servicenow": true]])
            await #expect {
                try await system.write(TicketChange(fields: [.category: "network"]), to: ticket)
            } throws: { error in
                guard case .readOnly? = error as? SystemFault else { return false }
                return true
            }
        }
        try await run(user: "expired@example.com", secret: "expired-secret") { _, system in
            await #expect {
                try await system.ticket("1")
            } throws: { error in (error as? SystemFault)?.stopsAll == true }
        }
    }

    @Test func aLinkMakesAParentOrGoesToAColumn() async throws {
        try await run { server, system in
            let parent = try await customer(server, "The cause")
            let ticket = try #require(try await system.ticket(try await customer(server, "It fails")))
            var written = try #require(try await system.write(TicketChange(linksAdded: [parent]), to: ticket))
            #expect(written.links == [parent])
            let another = try await customer(server, "Another cause")
            // Whatever is known here of its links.
            written.links = []
            await #expect(throws: SystemFault.self) {
                try await system.write(TicketChange(linksAdded: [another]), to: written)
            }
            #expect(try await system.ticket(ticket.id)?.links == [parent])
        }
        try await run(fields: ["links": "u_casebook_note"]) { server, system in
            let ticket = try #require(try await system.ticket(try await customer(server, "It fails")))
            let issue = "https://issues.example.com/ENG-7"
            var written = try #require(try await system.write(TicketChange(linksAdded: [issue]), to: ticket))
            #expect(written.links == [issue])
            written.fields[.custom("u_casebook_note")] = "<url:0>"
            let other = "https://issues.example.com/ENG-8"
            let both = try await system.write(TicketChange(linksAdded: [issue, other]), to: written)
            #expect(both?.fields[.custom("u_casebook_note")] == "\(issue) \(other)")
        }
    }

    @Test func theWordsOfTheSystem() async throws {
        try await run { _, system in
            let words = try await system.vocabulary()
            #expect(words.statuses["6"] == "Resolved" && Set(words.statuses.keys) == ["1", "2", "3", "6", "7", "8"])
            #expect(words.priorities.count == 5)
            #expect(words.fields["u_version"] == "Version" && words.fields["close_notes"] != nil)
            #expect(words.fields[""] == nil && words.readOnlyFields.contains("reopen_count"))
            #expect(words.groups == nil)
        }
    }

    @Test(arguments: [TicketField.assignee, .group])
    func `a name is no reference, and is not written as one`(field: TicketField) async throws {
        try await run { server, system in
            let ticket = try #require(try await system.ticket(try await customer(server, "It fails")))
            await #expect {
                try await system.write(TicketChange(fields: [field: "bob"]), to: ticket)
            } throws: { error in
                if case SystemFault.refused(_, let fields) = error { fields == [field.name] } else { false }
            }
            let id = String(repeating: "0a", count: 16)
            #expect(try await system.write(TicketChange(fields: [field: id]), to: ticket)?.fields[field] == id)
        }
    }

    @Test func `a table that is not there has no words`() async throws {
        try await run(place: "incidents") { _, system in
            await #expect {
                try await system.vocabulary()
            } throws: { error in
                if case SystemFault.refused(let reason, _) = error { reason.contains("incidents") } else { false }
            }
        }
    }

    @Test func `of the groups that are described those are told that exist`() async throws {
        try await run { server, _ in
            let list = try await server.request(
                "GET", "/api/now/table/sys_user_group", as: "agent@example.com", secret: "agent-secret")
            let id = try #require(list["result"].items.first?["sys_id"].text)
            let description = SystemDescription(
                name: "now", kind: .servicenow, address: server.address, user: "casebook@example.com",
                secret: .environment("NONE"), groups: [(id, "web"), ("no-such-group", "night")])
            let system = ServiceNowSystem(description, secret: "casebook-secret", clock: MockServer.now)
            #expect(try await system.vocabulary().groups == [id])
        }
    }
}
