import Records
import Testing

@testable import Connectors

/// Against a real Request Tracker, where one is installed.
@Suite(
    .enabled(if: RequestTrackerServer.isInstalled, "needs root and Tests/MockTicketSystems/requesttracker.sh install"),
    .serialized, RequestTrackerTrait())
struct RequestTrackerSystemTests {
    /// Runs a test with the server and a way to it.
    private func run(
        fields: [String: String] = ["version": "BuildVersion"],
        _ test: (RequestTrackerServer, RequestTrackerSystem) async throws -> Void
    ) async throws {
        let server = try #require(RequestTrackerServer.current)
        let system = server.system(fields: fields)
        let result: Result<Void, any Error>
        do {
            result = .success(try await test(server, system))
        } catch {
            result = .failure(error)
        }
        try result.get()
    }

    private let version = TicketField.custom("BuildVersion")

    @Test("A ticket is read with its words, people, messages and files, without the mail that was sent")
    func reading() async throws {
        try await run { server, system in
            let id = try await server.open("Upload fails", "It fails, é")
            try await server.send(
                "POST", "ticket/\(id)/comment", ["Content": "Known since May", "ContentType": "text/plain"])
            try await server.send(
                "POST", "ticket/\(id)/correspond",
                [
                    "Content": "Please try again", "ContentType": "text/plain",
                    "Attachments": [["FileName": "a.log", "FileType": "text/plain", "FileContent": "aGVsbG8="]],
                ])
            let other = try await server.open()
            let (ticket, quiet) = (
                try #require(try await system.ticket(id)), try #require(try await system.ticket(other))
            )
            #expect(ticket.subject == RawText("Upload fails"))
            #expect(ticket.fields == [.status: "open", .priority: "0", .group: "General", version: "1.2.3"])
            #expect(ticket.requester == "jan@example.com")
            let all = try await system.messages(of: [ticket, quiet])
            let messages = try #require(all[id])
            #expect(
                messages.map(\.text) == [
                    RawText("It fails, é"), RawText("Known since May"), RawText("Please try again"),
                ])
            #expect(messages.map(\.isPublic) == [true, false, true])
            #expect(messages.map { $0.attachments.map(\.name) } == [[], [], [RawText("a.log")]])
            #expect(messages.last?.attachments.first?.bytes == 5)
            #expect(all[other]?.map(\.text) == [RawText("It fails")])
            let people = try await system.people(["root", "jan@example.com", "nobody at all"])
            #expect(people.map(\.id) == ["root", "jan@example.com"])
            #expect(people.map(\.isAgent) == [true, false])
            #expect(people.last?.email == RawText("jan@example.com"))
            #expect(try await system.ticket("99999") == nil)
        }
    }

    @Test("What is written in rich text is known as such")
    func markup() async throws {
        try await run { server, system in
            let id = try await server.open()
            try await server.send(
                "POST", "ticket/\(id)/correspond",
                ["Content": "<p>Please <b>restart</b> it</p>", "ContentType": "text/html"])
            let ticket = try #require(try await system.ticket(id))
            let messages = try await system.messages(of: [ticket])[id]
            #expect(messages?.map(\.isMarkup) == [false, true])
        }
    }

    @Test("Every change comes through the feed with the version that a ticket has by itself")
    func feed() async throws {
        try await run { server, system in
            let start = Instant(seconds: MockServer.now().seconds - 2)
            var made: Set<String> = []
            for number in 0..<4 { made.insert(try await server.open("Ticket \(number)")) }
            let (pages, next) = try await system.allChanges(from: start)
            let tickets = pages.flatMap(\.tickets)
            #expect(made.isSubset(of: tickets.map(\.id)))
            for ticket in tickets where made.contains(ticket.id) {
                #expect(try await system.ticket(ticket.id)?.version == ticket.version)
            }
            let id = try #require(made.first)
            let before = try #require(tickets.last { $0.id == id })
            try await server.send("PUT", "ticket/\(id)", ["Status": "stalled"])
            let later = try await system.allChanges(after: next, from: start).pages.flatMap(\.tickets)
            let after = try #require(later.last { $0.id == id })
            #expect(after.fields[.status] == "stalled")
            #expect(after.version != before.version)
        }
    }

    @Test("A second with more tickets than a page comes to an end, and those behind it follow")
    func fullSecond() async throws {
        try await run { server, system in
            let last = try #require(Int(try await server.open()))
            try server.insertTickets(230, at: "2026-05-01 10:00:00")
            try server.insertTickets(150, at: "2026-05-01 10:00:01")
            try server.insertTickets(1, at: "2026-05-01 10:05:00")
            let start = try #require(Instant(iso8601: "2026-05-01T09:59:59.5Z"))
            let (pages, _) = try await system.allChanges(from: start)
            #expect(pages.count < 20)
            #expect(
                Set(pages.flatMap(\.tickets).map(\.id)).isSuperset(of: ((last + 1)...(last + 381)).map(String.init)))
        }
    }

    @Test("Fields and links are written and read back; what was not done is refused by name")
    func fields() async throws {
        try await run { server, system in
            let (id, other) = (try await server.open(), try await server.open())
            var ticket = try #require(try await system.ticket(id))
            let change = TicketChange(
                fields: [.status: "stalled", .priority: "42", .assignee: "root", version: "2.0"],
                linksAdded: [other, "https://example.com/incidents/7"])
            ticket = try #require(try await system.write(change, to: ticket))
            #expect(
                ticket.fields == [
                    .status: "stalled", .priority: "42", .group: "General", .assignee: "root", version: "2.0",
                ])
            #expect(ticket.links == [other, "https://example.com/incidents/7"])
            #expect(try await system.ticket(id) == ticket)
            do throws(SystemFault) {
                _ = try await system.write(TicketChange(fields: [.status: "no such word", .priority: "7"]), to: ticket)
                Issue.record("a state that does not exist was written")
            } catch {
                guard case .refused(let reason, let fields) = error else { throw error }
                #expect(fields == ["status"])
                #expect(reason.contains("no such word"))
            }
            ticket = try #require(try await system.ticket(id))
            await #expect(
                throws: SystemFault.refused(reason: "the system has no such field", fields: ["custom:Nowhere"])
            ) {
                try await system.write(TicketChange(fields: [.custom("Nowhere"): "x"]), to: ticket)
            }
            ticket = try #require(try await system.ticket(id))
            ticket = try #require(
                try await system.write(TicketChange(fields: [.assignee: nil, version: nil]), to: ticket))
            #expect(ticket.fields == [.status: "stalled", .priority: "7", .group: "General"])
            let history = try #require(try await system.history(of: [ticket])[id])
            #expect(history.messages == (try await system.messages(of: [ticket])[id]))
            #expect(
                history.changes.map { "\($0.field.name) \($0.from)>\($0.to)" }.sorted() == [
                    "priority 0>42", "priority 42>7", "status new>stalled",
                ])
        }
    }

    @Test("What somebody else has changed since it was read is not written over")
    func stale() async throws {
        try await run { server, system in
            let id = try await server.open()
            let ticket = try #require(try await system.ticket(id))
            try await server.send("PUT", "ticket/\(id)", ["Priority": "50"])
            let message = try Draft.message("Hello", key: "k1")
            for change in [TicketChange(fields: [.status: "open"]), TicketChange(message: message)] {
                await #expect(throws: SystemFault.stale) { try await system.write(change, to: ticket) }
            }
            #expect(try await system.ticket(id)?.fields[.status] == "new")
        }
    }

    @Test("Messages carry their key, and the internal ones are comments")
    func messages() async throws {
        try await run { server, system in
            let id = try await server.open()
            for (key, isPublic) in [("note1", false), ("answer1", true)] {
                let ticket = try #require(try await system.ticket(id))
                let message = try Draft.message("Said for \(key)", key: key, isPublic: isPublic)
                _ = try await system.write(TicketChange(message: message), to: ticket)
            }
            let ticket = try #require(try await system.ticket(id))
            let messages = try #require(try await system.messages(of: [ticket])[id])
            #expect(messages.map(\.key) == [nil, "note1", "answer1"])
            #expect(messages.map(\.isPublic) == [true, false, true])
            #expect(messages.last?.text == RawText("Said for answer1"))
            // The system itself opens what was answered.
            #expect(ticket.fields[.status] == "open")
        }
    }

    @Test("A merged number does not lead to the other ticket, and a deleted one is told")
    func fates() async throws {
        try await run { server, system in
            let start = Instant(seconds: MockServer.now().seconds - 2)
            let (source, target, gone) = (try await server.open(), try await server.open(), try await server.open())
            let ticket = try #require(try await system.ticket(source))
            try await server.send("PUT", "ticket/\(source)", ["MergeInto": .text(target)])
            let merged = try #require(try await system.ticket(source))
            #expect(merged.id == source)
            #expect(merged.fate == .merged(into: target))
            await #expect(throws: SystemFault.stale) {
                try await system.write(TicketChange(fields: [.status: "resolved"]), to: ticket)
            }
            await #expect(throws: SystemFault.stale) {
                try await system.write(TicketChange(fields: [.status: "resolved"]), to: merged)
            }
            #expect(try await system.ticket(target)?.fields[.status] == "new")
            let told = try await system.allChanges(from: start).pages.flatMap(\.tickets)
            #expect(told.contains { $0.id == source && $0.fate == .merged(into: target) })
            try await server.send("PUT", "ticket/\(gone)", ["Status": "deleted"])
            #expect(try await system.ticket(gone)?.fate == .deleted)
        }
    }

    @Test("A ticket that is opened twice with one key is one ticket, which the key finds")
    func opening() async throws {
        try await run { _, system in
            #expect(try await system.ticket(keyed: "open1") == nil)
            let draft = try Draft.ticket("New in 2", fields: [.priority: "30", version: "2.0"])
            let ticket = try await system.create(draft, key: "open1")
            #expect(ticket.fields[.priority] == "30")
            #expect(ticket.fields[version] == "2.0")
            #expect(ticket.links.isEmpty)
            #expect(try await system.create(draft, key: "open1").id == ticket.id)
            #expect(try await system.ticket(keyed: "open1") == ticket)
            #expect(try await system.messages(of: [ticket])[ticket.id]?.map(\.key) == ["open1"])
        }
    }

    @Test("The custom fields are known; a wrong token and a zone that shifts times are told")
    func words() async throws {
        try await run { server, system in
            _ = try await server.open()
            #expect(try await system.vocabulary().fields == ["BuildVersion": "BuildVersion"])
            let general = server.system(place: "General")
            #expect(try await general.vocabulary().fields == ["BuildVersion": "BuildVersion"])
            let stranger = server.system(secret: "wrong")
            await #expect(throws: SystemFault.credentials("Unauthorized")) { try await stranger.ticket("1") }
            try await server.send("PUT", "user/root", ["Timezone": "Asia/Tokyo"])
            let far = server.system()
            do throws(SystemFault) {
                _ = try await far.changes(after: nil, from: MockServer.now())
                Issue.record("times in another zone were taken")
            } catch {
                #expect(error.stopsAll)
            }
            try await server.send("PUT", "user/root", ["Timezone": "UTC"])
        }
    }
}
