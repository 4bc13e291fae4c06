import Foundation
import Records
import Testing

@testable import Connectors

/// Against a real Roundup, which is installed into `.real` for the purpose; without the network these tests are left out.
@Suite(.enabled(if: RoundupServer.isInstalled, "Tests/MockTicketSystems/roundup.sh install did not succeed"))
struct RoundupSystemTests {
    /// Runs a test with a tracker and the way to it.
    private func run(_ test: (RoundupServer, RoundupSystem) async throws -> Void) async throws {
        try await RoundupServer.run { server in
            let system = server.system()
            let result: Result<Void, any Error>
            do {
                result = .success(try await test(server, system))
            } catch {
                result = .failure(error)
            }
            try result.get()
        }
    }

    @Test("An issue is read with its words, people, messages and files")
    func reading() async throws {
        try await run { server, system in
            let jan = try await server.make(
                "user",
                [
                    "username": "jan", "address": "jan@example.com", "realname": "Jan", "roles": "User",
                    "organisation": "Acme",
                ])
            let first = try await server.make("file", ["name": "trace.log", "type": "text/plain", "content": "x"])
            let loose = try await server.make(
                "file", ["name": "core.bin", "type": "application/octet-stream", "content": "y"])
            let message = try await server.make(
                "msg",
                ["content": "It fails", "author": .text(jan), "date": "2026-05-01.10:00:00", "files": [.text(first)]])
            try await server.make("keyword", ["name": "upload"])
            let other = try await server.make("issue", ["title": "Older", "priority": "bug"])
            let id = try await server.make(
                "issue",
                [
                    "title": "Upload fails", "priority": "urgent", "status": "in-progress", "assignedto": "1",
                    "messages": [.text(message)], "files": [.text(first), .text(loose)], "keyword": ["upload"],
                    "superseder": [.text(other)],
                ])
            let ticket = try #require(try await system.ticket(id))
            #expect(ticket.subject == RawText("Upload fails"))
            #expect(ticket.fields == [.status: "in-progress", .priority: "urgent", .assignee: "1"])
            #expect(ticket.tags == ["upload"])
            #expect(ticket.links == [other])
            #expect(ticket.fate == .present)
            #expect(abs(ticket.createdAt.seconds - MockServer.now().seconds) < 60)
            let messages = try #require(try await system.messages(of: [ticket])[id])
            try #require(messages.count == 2)
            #expect(messages[0].text == RawText("It fails"))
            #expect(messages[0].time == Instant(iso8601: "2026-05-01T10:00:00Z"))
            #expect(messages[0].author == jan)
            #expect(messages[0].attachments == [.init(id: first, name: RawText("trace.log"), type: "text/plain")])
            #expect(messages[1].attachments.map(\.id) == [loose])
            let people = try await system.people([jan, "1", "999", "nobody"])
            #expect(people.map(\.id) == [jan, "1"])
            #expect(people.map(\.isAgent) == [false, true])
            #expect(people.first?.email == RawText("jan@example.com"))
            #expect(people.first?.organization == "Acme")
        }
    }

    @Test("Of an id there is a ticket, a deleted ticket or none")
    func fates() async throws {
        try await run { server, system in
            let id = try await server.make("issue", ["title": "Gone", "priority": "bug"])
            try await server.retire("issue/" + id)
            #expect(try await system.ticket(id)?.fate == .deleted)
            #expect(try await system.ticket("999") == nil)
        }
    }

    @Test("Every change comes through the feed, those within one second too, and with another version")
    func feed() async throws {
        try await run { server, system in
            let start = Instant(seconds: MockServer.now().seconds - 5)
            var made: Set<String> = []
            for number in 0..<6 {
                made.insert(try await server.make("issue", ["title": .text("Issue \(number)"), "priority": "bug"]))
            }
            var page = try await system.changes(after: nil, from: start)
            #expect(Set(page.tickets.map(\.id)) == made)
            #expect(page.isLast)
            var versions = Set(page.tickets.map { $0.id + $0.version })
            for status in ["chatting", "testing", "resolved"] {
                try await server.change("issue/1", ["status": .text(status)])
                page = try await system.changes(after: page.next, from: start)
                let ticket = try #require(page.tickets.first { $0.id == "1" })
                #expect(ticket.fields[.status] == status)
                #expect(versions.insert(ticket.id + ticket.version).inserted)
            }
            let times = page.tickets.map(\.updatedAt)
            #expect(times == times.sorted())
            #expect(
                try await system.changes(after: nil, from: Instant(seconds: MockServer.now().seconds + 60)).tickets
                    .isEmpty)
        }
    }

    @Test("A second with more issues than a page comes to an end, and those behind it follow")
    func fullSecond() async throws {
        try await run { server, system in
            try server.insertIssues(1_300, at: "2026-05-01 10:00:00")
            try server.insertIssues(700, at: "2026-05-01 10:00:01")
            try server.insertIssues(1, at: "2026-05-01 10:05:00")
            let start = try #require(Instant(iso8601: "2026-05-01T09:59:59.5Z"))
            var page = try await system.changes(after: nil, from: start)
            var seen = Set(page.tickets.map(\.id))
            var pages = 1
            while !page.isLast, pages < 20 {
                page = try await system.changes(after: page.next, from: start)
                seen.formUnion(page.tickets.map(\.id))
                pages += 1
            }
            #expect(page.isLast)
            #expect(seen == Set((1...2_001).map(String.init)))
        }
    }

    @Test("Fields, keywords and links are written together or not at all")
    func fields() async throws {
        try await run { server, system in
            let id = try await server.make("issue", ["title": "Upload fails", "priority": "urgent", "assignedto": "1"])
            let other = try await server.make("issue", ["title": "Older", "priority": "bug"])
            let ticket = try #require(try await system.ticket(id))
            var change = TicketChange(
                fields: [.status: "testing", .priority: "critical", .assignee: nil],
                tagsAdded: ["crash", "two words"],
                linksAdded: [other])
            _ = try await system.write(change, to: ticket)
            let written = try #require(try await system.ticket(id))
            #expect(written.fields == [.status: "testing", .priority: "critical"])
            #expect(written.tags == ["crash", "two words"])
            #expect(written.links == [other])
            change = TicketChange(fields: [.status: "no such word", .priority: "bug"], tagsRemoved: ["crash"])
            await #expect(throws: SystemFault.self) { try await system.write(change, to: written) }
            do throws(SystemFault) {
                _ = try await system.write(change, to: written)
            } catch {
                guard case .refused(let reason, let fields) = error else { throw error }
                #expect(fields == ["status"])
                #expect(reason.contains("no such word"))
            }
            #expect(try await system.ticket(id) == written)
            _ = try await system.write(TicketChange(tagsRemoved: ["crash"]), to: written)
            #expect(try await system.ticket(id)?.tags == ["two words"])
        }
    }

    @Test("What somebody else has changed since it was read is not written over")
    func stale() async throws {
        try await run { server, system in
            let id = try await server.make("issue", ["title": "Upload fails", "priority": "bug"])
            let ticket = try #require(try await system.ticket(id))
            try await server.change("issue/" + id, ["status": "testing"])
            let message = try Draft.message("Hello", key: "k1", isPublic: true)
            for change in [TicketChange(fields: [.priority: "critical"]), TicketChange(message: message)] {
                await #expect(throws: SystemFault.stale) { try await system.write(change, to: ticket) }
            }
            let now = try #require(try await system.ticket(id))
            #expect(now.fields == [.status: "testing", .priority: "bug"])
            #expect(try await system.messages(of: [now])[id] == [])
            let missing = RemoteTicket(
                id: "999", number: "999", version: "", createdAt: MockServer.now(), updatedAt: MockServer.now())
            await #expect(throws: SystemFault.missing) {
                try await system.write(TicketChange(fields: [.priority: "critical"]), to: missing)
            }
        }
    }

    @Test("A public message is mailed and moves the status; an internal one does neither")
    func messages() async throws {
        try await run { server, system in
            let jan = try await server.make(
                "user", ["username": "jan", "address": "jan@example.com", "realname": "Jan", "roles": "User"])
            let id = try await server.make(
                "issue", ["title": "Upload fails", "priority": "bug", "status": "resolved", "nosy": [.text(jan)]])
            var ticket = try #require(try await system.ticket(id))
            let note = try Draft.message("Known here", key: "note1", isPublic: false)
            _ = try await system.write(TicketChange(message: note), to: ticket)
            ticket = try #require(try await system.ticket(id))
            #expect(ticket.fields[.status] == "resolved")
            #expect(!server.mail.contains("jan@example.com"))
            let answer = try Draft.message("Please try again", key: "answer1", isPublic: true)
            _ = try await system.write(TicketChange(message: answer), to: ticket)
            ticket = try #require(try await system.ticket(id))
            #expect(ticket.fields[.status] == "chatting")
            #expect(server.mail.contains("jan@example.com"))
            let messages = try #require(try await system.messages(of: [ticket])[id])
            #expect(messages.map(\.key) == ["note1", "answer1"])
            #expect(messages.map(\.text) == [RawText("Known here"), RawText("Please try again")])
            let better = try Draft.message("Known better", key: "note2", isPublic: false, replaces: messages[0].id)
            _ = try await system.write(TicketChange(message: better), to: ticket)
            let edited = try #require(try await system.messages(of: [ticket])[id])
            #expect(edited.map(\.key) == ["note2", "answer1"])
            #expect(edited.first?.text == RawText("Known better"))
            #expect(edited.map(\.id) == messages.map(\.id))
            // One whose place is gone is written as a new one.
            let late = try Draft.message("Late", key: "note3", isPublic: false, replaces: "999")
            _ = try await system.write(TicketChange(message: late), to: ticket)
            #expect(try await system.messages(of: [ticket])[id]?.map(\.key) == ["note2", "answer1", "note3"])
        }
    }

    @Test("A message whose write was interrupted half-way is there once after it is repeated")
    func interrupted() async throws {
        try await run { server, system in
            let id = try await server.make("issue", ["title": "Upload fails", "priority": "bug"])
            let left = try await server.make(
                "msg", ["content": "Hello", "author": "admin", "messageid": .text(RemoteMessage.roundupMark("k1"))])
            let ticket = try #require(try await system.ticket(id))
            let message = try Draft.message("Hello", key: "k1", isPublic: true)
            _ = try await system.write(TicketChange(message: message), to: ticket)
            #expect(try await system.messages(of: [ticket])[id]?.map(\.id) == [left])
        }
    }

    @Test("A ticket that is opened twice with one key is one ticket, which the key finds")
    func opening() async throws {
        try await run { server, system in
            #expect(try await system.ticket(keyed: "open1") == nil)
            let draft = try Draft.ticket("New in 2", fields: [.priority: "critical"], tags: ["casebook"])
            let ticket = try await system.create(draft, key: "open1")
            #expect(ticket.fields[.priority] == "critical")
            #expect(ticket.tags == ["casebook"])
            #expect(try await system.create(draft, key: "open1").id == ticket.id)
            #expect(try await system.ticket(keyed: "open1") == ticket)
            #expect(try await system.messages(of: [ticket])[ticket.id]?.map(\.key) == ["open1"])
        }
    }

    @Test("The words of the tracker are known; a wrong password and a zone that shifts times are told")
    func words() async throws {
        try await run { server, system in
            try await server.make("issue", ["title": "Upload fails", "priority": "bug"])
            let vocabulary = try await system.vocabulary()
            #expect(vocabulary.statuses["need-eg"] == "need-eg")
            #expect(vocabulary.statuses.count == 8)
            #expect(vocabulary.priorities.keys.sorted() == ["bug", "critical", "feature", "urgent", "wish"])
            #expect(vocabulary.fields["nosy"] != nil)
            let stranger = server.system(secret: "wrong")
            await #expect(throws: SystemFault.credentials("code 401")) { try await stranger.ticket("1") }
            try await server.make(
                "user",
                [
                    "username": "far", "address": "far@example.com", "roles": "User", "password": "farpw",
                    "timezone": "5",
                ])
            let far = server.system(user: "far", secret: "farpw")
            do throws(SystemFault) {
                _ = try await far.changes(after: nil, from: MockServer.now())
                Issue.record("times in another zone were taken")
            } catch {
                #expect(error.stopsAll)
            }
        }
    }
}
