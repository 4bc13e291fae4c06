import Records
import Testing

@testable import Connectors

/// Against the mock Jira.
struct JiraSystemTests {
    /// Runs a test with a site and the way to it.
    private func run(
        place: String = "SUP", user: String = "casebook", statuses: [(theirs: String, ours: TicketStatus)] = [],
        fields: [String: String] = [:], _ test: (MockServer, JiraSystem) async throws -> Void
    ) async throws {
        try await MockServer.run { server in
            let description = SystemDescription(
                name: "jira", kind: .jira, address: server.address, user: user + "@example.com",
                secret: .environment("SECRET"),
                place: place, statuses: statuses, fields: fields)
            let system = JiraSystem(description, secret: user + "-secret", clock: MockServer.now)
            let result: Result<Void, any Error>
            do {
                result = .success(try await test(server, system))
            } catch {
                result = .failure(error)
            }
            try result.get()
        }
    }

    private let named: [(theirs: String, ours: TicketStatus)] = [
        ("Open", .new), ("In Progress", .open), ("Waiting for customer", .waiting), ("Resolved", .solved),
        ("Closed", .closed),
    ]

    /// A customer's new request; gives the key of the issue.
    private func request(_ server: MockServer, _ text: String = "It fails", subject: String = "Upload fails")
        async throws -> String
    {
        let body: JSON = [
            "system": "jira", "email": "jan@acorn-mills.example", "subject": .text(subject), "text": .text(text),
        ]
        return try #require(try await server.tell("customer", body)["ticket"].text)
    }

    private func asAgent(_ server: MockServer, _ method: String, _ path: String, _ body: JSON) async throws -> JSON {
        try await server.request(
            method, "/rest/api/3/" + path, as: "agent@example.com", secret: "agent-secret", body: body)
    }

    private let start = Instant(seconds: MockServer.now().seconds - 200 * 86_400)

    @Test(
        "An issue of another project is not there, whoever names it",
        arguments: [("SUP", false), ("eng", true), ("", true)])
    func places(place: String, isThere: Bool) async throws {
        try await run(place: place) { server, system in
            let made = try await asAgent(
                server, "POST", "issue",
                ["fields": ["project": ["key": "ENG"], "issuetype": ["name": "Bug"], "summary": "A leak"]])
            let key = try #require(made["key"].text)
            #expect(try await (system.ticket(key) != nil) == isThere)
        }
    }

    @Test("An issue is read with its words, people, comments and files")
    func reading() async throws {
        try await run(statuses: named, fields: ["team": "customfield_10060"]) { server, system in
            let key = try await request(server)
            _ = try await asAgent(
                server, "PUT", "issue/\(key)",
                ["fields": ["customfield_10060": ["value": "Support"], "labels": ["upload", "casebook-key-x"]]])
            let note = ["body": Document(try Draft.text("Known since May")).adf] as [String: JSON]
            _ = try await asAgent(
                server, "POST", "issue/\(key)/comment",
                .object(
                    note.merging(["properties": [["key": "sd.public.comment", "value": ["internal": true]]]]) { $1 }))
            try await server.tell(
                "customer",
                ["system": "jira", "ticket": .text(key), "email": "jan@acorn-mills.example", "text": "Any news?"])
            let ticket = try #require(try await system.ticket(key))
            #expect(ticket.number == key)
            #expect(ticket.subject == RawText("Upload fails"))
            #expect(ticket.body == RawText("It fails"))
            #expect(ticket.fields[.status] == "Open")
            #expect(ticket.fields[.priority] == "Medium")
            #expect(ticket.fields[.custom("customfield_10060")] == "Support")
            #expect(ticket.tags == ["upload"])
            #expect(ticket.organization == "1")
            #expect(try await system.ticket(ticket.id) == ticket)
            let messages = try #require(try await system.messages(of: [ticket])[ticket.id])
            #expect(messages.map(\.text) == [RawText("Known since May"), RawText("Any news?")])
            #expect(messages.map(\.isPublic) == [false, true])
            #expect(messages.last?.author == ticket.requester)
            let people = try await system.people(messages.compactMap(\.author) + ["nobody"])
            #expect(people.map(\.isAgent) == [true, false])
            #expect(people.last?.email == RawText("jan@acorn-mills.example"))
            #expect(try await system.ticket("SUP-999") == nil)
        }
    }

    @Test("More comments than a page are all read")
    func manyComments() async throws {
        try await run { server, system in
            let key = try await request(server)
            for number in 0..<120 {
                let text: JSON = .text("Line \(number)")
                try await server.tell(
                    "customer",
                    ["system": "jira", "ticket": .text(key), "email": "jan@acorn-mills.example", "text": text])
            }
            let ticket = try #require(try await system.ticket(key))
            let messages = try #require(try await system.messages(of: [ticket])[ticket.id])
            #expect(messages.map(\.text) == (0..<120).map { RawText("Line \($0)") })
        }
    }

    @Test("All issues come through the feed, also those that change while it is read, and zones do not shift it")
    func feed() async throws {
        try await run { server, system in
            try await server.tell("settings", ["timeZones": ["casebook@example.com": "America/New_York"]])
            try await server.tell(
                "seed", ["system": "jira", "tickets": 350, "comments": [0, 1], "seed": 7, "days": 90])
            let all = try await server.ask("state", [.init("system", "jira")])["tickets"].items.compactMap {
                $0["key"].text
            }
            var page = try await system.changes(after: nil, from: start)
            var seen = Set(page.tickets.map(\.number))
            var pages = 1
            while !page.isLast, pages < 50 {
                // What was read already moves to the end, over the edge of the pages.
                for ticket in page.tickets.prefix(3) {
                    _ = try await asAgent(
                        server, "PUT", "issue/\(ticket.id)", ["update": ["labels": [["add": "moved"]]]])
                }
                page = try await system.changes(after: page.next, from: start)
                seen.formUnion(page.tickets.map(\.number))
                pages += 1
            }
            #expect(page.isLast)
            #expect(seen == Set(all))
            #expect(page.unreadable.isEmpty)
            let later = try await system.changes(after: page.next, from: start)
            #expect(later.tickets.count <= 100)
            #expect(later.tickets.allSatisfy { $0.updatedAt.seconds > MockServer.now().seconds - 300 })
        }
    }

    @Test("A change that the index shows late is not lost")
    func lag() async throws {
        try await run { server, system in
            let (early, late) = (try await request(server), try await request(server))
            _ = try await system.allChanges(from: start)
            try await server.tell("settings", ["indexLagSeconds": 30, "clockOffsetSeconds": 40])
            _ = try await asAgent(server, "PUT", "issue/\(late)", ["fields": ["priority": ["name": "High"]]])
            let (hidden, next) = try await system.allChanges(from: start)
            let priorities = hidden.flatMap(\.tickets).filter { $0.number == late }.compactMap { $0.fields[.priority] }
            #expect(priorities == ["Medium"])
            try await server.tell("settings", ["clockOffsetSeconds": 71])
            _ = try await asAgent(server, "PUT", "issue/\(early)", ["fields": ["priority": ["name": "Low"]]])
            try await server.tell("settings", ["indexLagSeconds": 0])
            let shown = try await system.allChanges(after: next, from: start).pages.flatMap(\.tickets)
            #expect(Set(shown.compactMap { $0.fields[.priority] }) == ["High", "Low"])
        }
    }

    @Test("A page token that has run out does not end the reading")
    func oldToken() async throws {
        try await run { server, system in
            _ = try await request(server)
            let cursor = FeedCursor(#"{"position": "2026-01-01T00:00:00Z", "token": "bm9uc2Vuc2U="}"#)
            #expect(try await system.changes(after: cursor, from: start).tickets.count == 1)
        }
    }

    @Test("Fields and labels are edited, and the status goes by the transition that leads there")
    func fields() async throws {
        try await run(statuses: named, fields: ["team": "customfield_10060"]) { server, system in
            let key = try await request(server)
            _ = try await asAgent(server, "PUT", "issue/\(key)", ["fields": ["labels": ["upload", "old"]]])
            let agent = try await asAgent(server, "GET", "myself", .null)["accountId"].text
            var ticket = try #require(try await system.ticket(key))
            let change = TicketChange(
                fields: [
                    .status: "Resolved", .priority: "High", .assignee: agent, .resolution: "Done",
                    .custom("customfield_10060"): "Escalations",
                ], tagsAdded: ["crash"], tagsRemoved: ["old"])
            _ = try await system.write(change, to: ticket)
            ticket = try #require(try await system.ticket(key))
            #expect(ticket.fields[.status] == "Resolved")
            #expect(ticket.fields[.priority] == "High")
            #expect(ticket.fields[.assignee] == agent)
            #expect(ticket.fields[.resolution] == "Done")
            #expect(ticket.fields[.custom("customfield_10060")] == "Escalations")
            #expect(ticket.tags == ["upload", "crash"])
            // A category stands for a state that is not named.
            _ = try await system.write(TicketChange(fields: [.status: "indeterminate", .assignee: nil]), to: ticket)
            ticket = try #require(try await system.ticket(key))
            #expect(ticket.fields[.status] == "indeterminate")
            #expect(ticket.fields[.assignee] == nil)
        }
    }

    @Test("What the workflow or a field does not allow is refused by name, and nothing else is done")
    func refusals() async throws {
        try await run(user: "limited", statuses: named) { server, system in
            let key = try await request(server)
            let ticket = try #require(try await system.ticket(key))
            func fields(refusing change: TicketChange) async throws -> [String] {
                do throws(SystemFault) {
                    _ = try await system.write(change, to: ticket)
                } catch {
                    guard case .refused(_, let fields) = error else { throw error }
                    return fields
                }
                return ["nothing was refused"]
            }
            let status = TicketChange(fields: [.status: "Closed"], tagsAdded: ["crash"])
            #expect(try await fields(refusing: status) == ["status"])
            #expect(try await fields(refusing: TicketChange(fields: [.priority: "High"])) == ["priority"])
            #expect(try await fields(refusing: TicketChange(fields: [.group: "Support"])) == ["group"])
            #expect(try await fields(refusing: TicketChange(tagsAdded: ["two words"])) == [])
            #expect(try await system.ticket(key) == ticket)
        }
    }

    @Test("What somebody else has changed since it was read is not written over; a comment writes over nothing")
    func stale() async throws {
        try await run { server, system in
            let key = try await request(server)
            let ticket = try #require(try await system.ticket(key))
            _ = try await asAgent(server, "PUT", "issue/\(key)", ["fields": ["priority": ["name": "Low"]]])
            let message = try Draft.message("Hello", key: "k1")
            for change in [TicketChange(fields: [.priority: "High"]), TicketChange(tagsAdded: ["x"])] {
                await #expect(throws: SystemFault.stale) { try await system.write(change, to: ticket) }
            }
            _ = try await system.write(TicketChange(message: message), to: ticket)
            let now = try #require(try await system.ticket(key))
            #expect(now.fields[.priority] == "Low" && now.tags.isEmpty)
            #expect(try await system.messages(of: [now])[now.id]?.map(\.key) == ["k1"])
            _ = try await server.request(
                "DELETE", "/rest/api/3/issue/\(key)", as: "admin@example.com", secret: "admin-secret")
            for change in [TicketChange(tagsAdded: ["x"]), TicketChange(message: message)] {
                await #expect(throws: SystemFault.missing) { try await system.write(change, to: ticket) }
            }
            #expect(try await system.ticket(ticket.id) == nil)
            #expect(try await system.messages(of: [ticket]) == [ticket.id: []])
        }
    }

    @Test("Comments carry their key in a hidden place, are internal when they should be, and can be replaced")
    func messages() async throws {
        try await run { server, system in
            let key = try await request(server)
            func read() async throws -> (RemoteTicket, [RemoteMessage]) {
                let ticket = try #require(try await system.ticket(key))
                return (ticket, try #require(try await system.messages(of: [ticket])[ticket.id]))
            }
            var (ticket, _) = try await read()
            _ = try await system.write(TicketChange(message: try Draft.message("Known here", key: "note1")), to: ticket)
            ticket = try await read().0
            let answer = try Draft.message("Please try again", key: "answer1", isPublic: true)
            _ = try await system.write(TicketChange(message: answer), to: ticket)
            var messages: [RemoteMessage]
            (ticket, messages) = try await read()
            #expect(messages.map(\.key) == ["note1", "answer1"])
            #expect(messages.map(\.isPublic) == [false, true])
            #expect(messages.map(\.text) == [RawText("Known here"), RawText("Please try again")])
            let better = try Draft.message("Known better", key: "note2", replaces: messages[0].id)
            _ = try await system.write(TicketChange(message: better), to: ticket)
            (ticket, messages) = try await read()
            #expect(messages.map(\.key) == ["note2", "answer1"])
            #expect(messages.map(\.isPublic) == [false, true])
            #expect(messages.first?.text == RawText("Known better"))
            let late = try Draft.message("Late", key: "note3", replaces: "999")
            _ = try await system.write(TicketChange(message: late), to: ticket)
            #expect(try await read().1.map(\.key) == ["note2", "answer1", "note3"])
            let there = try await server.state(of: key, in: "jira")["comments"].items
            #expect(there.map { $0["public"].flag } == [false, true, false])
        }
    }

    @Test("Issues and addresses are linked, each once")
    func links() async throws {
        try await run { server, system in
            let (key, other) = (try await request(server), try await request(server))
            let known = try #require(try await system.ticket(other))
            for _ in 0..<2 {
                let ticket = try #require(try await system.ticket(key))
                _ = try await system.write(
                    TicketChange(linksAdded: [other, "https://example.com/incidents/7"]), to: ticket)
            }
            let ticket = try #require(try await system.ticket(key))
            #expect(ticket.links == [known.id, other, "https://example.com/incidents/7"])
            let links = try await asAgent(server, "GET", "issue/\(key)", .null)["fields"]["issuelinks"]
            #expect(links.items.count == 1)
            do throws(SystemFault) {
                _ = try await system.write(TicketChange(linksAdded: ["SUP-999"]), to: ticket)
                Issue.record("a link to nothing was made")
            } catch {
                #expect(!error.isPassing)
            }
        }
    }

    @Test("A ticket that was opened is found by its key once the index shows it")
    func opening() async throws {
        try await run(place: "ENG") { server, system in
            #expect(try await system.ticket(keyed: "open1") == nil)
            try await server.tell("settings", ["indexLagSeconds": 30])
            let draft = try Draft.ticket(
                String(repeating: "long ", count: 80), fields: [.priority: "High"], tags: ["casebook"])
            let ticket = try await system.create(draft, key: "open1")
            #expect(ticket.number == "ENG-1")
            #expect(ticket.fields[.category] == "Bug")
            #expect(ticket.fields[.priority] == "High")
            #expect(ticket.tags == ["casebook"])
            #expect(try await system.ticket(keyed: "open1") == nil)
            try await server.tell("settings", ["clockOffsetSeconds": 31])
            #expect(try await system.ticket(keyed: "open1") == ticket)
        }
    }

    @Test("The words of the project are known, and a token that has expired is told")
    func words() async throws {
        try await run { server, system in
            let vocabulary = try await system.vocabulary()
            #expect(vocabulary.statuses["Waiting for customer"] == "Waiting for customer")
            #expect(vocabulary.statuses["indeterminate"] == "In Progress")
            #expect(vocabulary.statuses["In Review"] == nil)
            #expect(vocabulary.priorities.keys.sorted() == ["High", "Highest", "Low", "Lowest", "Medium"])
            #expect(vocabulary.fields["customfield_10060"] == "Support group")
        }
        try await run(user: "expired") { _, system in
            do throws(SystemFault) {
                _ = try await system.changes(after: nil, from: start)
                Issue.record("an expired token was taken")
            } catch {
                #expect(error.stopsAll)
            }
        }
    }
}
