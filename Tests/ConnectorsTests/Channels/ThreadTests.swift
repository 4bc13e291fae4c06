import Records
import Storage
import Testing

@testable import Connectors

/// Ticket 42 is open, 43 was resolved nine days ago and 44 eighty days ago; all are of the sender's account.
@Suite("Tickets of messages")
struct ThreadTests {
    private let desk: ChannelDesk

    init() throws {
        desk = try ChannelDesk()
    }

    private func newTickets() throws -> [Ticket] {
        try desk.store.tickets().filter { !["42", "43", "44"].contains($0.id) }
    }

    @Test func `a mail opens a ticket for its sender, and its answers add to it`() throws {
        _ = try desk.receive(mail: ChannelDesk.mail("1@x", "Hello,\nthe export hangs.\nZelda Quimby"))
        _ = try desk.receive(
            mail: ChannelDesk.mail("2@x", from: "sam@desk.example", answers: "1@x", hours: -0.5, "Restart it."))
        let report = try desk.receive(mail: ChannelDesk.mail("3@x", answers: "2@x", hours: -0.2, "Thanks"))
        #expect((report.interactions, report.tickets) == (1, 0))
        let tickets = try newTickets()
        let ticket = try #require(tickets.first)
        #expect(tickets.count == 1)
        #expect((ticket.account, ticket.contact, ticket.channel) == ("acct-1", "person-1", "email"))
        #expect(ticket.body.string.hasPrefix("Hello,\nthe export hangs.\n<person:"))
        let said = try desk.store.interactions(ofTicket: ticket.id)
        #expect(said.map(\.side) == [.agent, .customer] && said.map(\.author) == ["sam", "person-1"])
    }

    @Test func `mails that cite the same unknown mail belong together, in whatever order they come`() throws {
        _ = try desk.receive(mail: ChannelDesk.mail("b@x", answers: "a@x", hours: -2, "second"))
        _ = try desk.receive(
            mail: ChannelDesk.mail("c@x", headers: "References: <a@x> <lost@x>\n", "third"))
        _ = try desk.receive(mail: ChannelDesk.mail("a@x", hours: -3, "first"))
        let tickets = try newTickets()
        #expect(tickets.count == 1)
        let ticket = try #require(tickets.first)
        #expect((ticket.openedAt, ticket.body.string) == (ChannelDesk.at(-3 * 3_600), "first\n"))
        #expect(try desk.store.interactions(ofTicket: ticket.id).map(\.text.string) == ["second\n", "third\n"])
    }

    @Test func `what was received before changes nothing`() throws {
        let mail = ChannelDesk.mail("1@x", "hello")
        let nameless = "From: a@bakery.example\nSubject: no id\n\nhello\n"
        for text in [mail, nameless] { #expect(try desk.receive(mail: text).tickets == 1) }
        let before = try desk.store.check().rows
        for text in [mail, nameless] { #expect(try desk.receive(mail: text).repeated == 1) }
        #expect(try desk.store.check().rows == before)
    }

    @Test func `a subject names a ticket of the sender's account, and of nobody else's`() throws {
        #expect(try desk.receive(mail: ChannelDesk.mail("1@x", subject: "Re: [#42] slow", "more")).interactions == 1)
        let colleague = ChannelDesk.mail("2@x", from: "bob@yachts.example", subject: "[Desk #42]", "me too")
        #expect(try desk.receive(mail: colleague).interactions == 1)
        let team = ChannelDesk.mail("3@x", from: "new@desk.example", subject: "[42]", "answer")
        #expect(try desk.receive(mail: team).interactions == 1)
        let stranger = try desk.receive(
            mail: ChannelDesk.mail("4@x", from: "eve@bakery.example", subject: "[#42] slow", "let me in"))
        #expect((stranger.interactions, stranger.tickets, stranger.count(.wrongTicket)) == (0, 1, 1))
        let unknown = try desk.receive(mail: ChannelDesk.mail("5@x", subject: "[URGENT] down", "help"))
        #expect((unknown.tickets, unknown.count(.wrongTicket)) == (1, 0))
        #expect(try desk.store.interactions(ofTicket: "42").count == 3)
    }

    @Test func `a subject names a ticket by what a system calls it too`() throws {
        var step = SyncStep()
        step.cursor = "1"
        step.links = [
            LinkedTicket(
                system: "jira", remote: "10007", number: "SUP-7", ticket: "42", version: "1",
                updatedAt: ChannelDesk.now, readAt: ChannelDesk.now)
        ]
        try desk.store.keep(step, of: "jira", by: ChannelDesk.entry)
        for (place, subject) in ["Re: [SUP-7] slow", "[jira:SUP-7]"].enumerated() {
            #expect(
                try desk.receive(mail: ChannelDesk.mail("\(place)@x", subject: subject, "more \(place)")).interactions
                    == 1)
        }
        let stranger = ChannelDesk.mail("9@x", from: "eve@bakery.example", subject: "[SUP-7]", "let me in")
        #expect(try desk.receive(mail: stranger).count(.wrongTicket) == 1)
        #expect(try desk.store.interactions(ofTicket: "42").count == 2)
    }

    @Test func `a customer's answer opens a ticket again that was resolved lately`() throws {
        let team = ChannelDesk.mail("1@x", from: "sam@desk.example", subject: "[#43]", "does it work?")
        #expect(try desk.receive(mail: team).reopened == 0)
        let machine = ChannelDesk.mail("2@x", subject: "[#43]", headers: "Auto-Submitted: auto-replied\n", "I am away")
        let away = try desk.receive(mail: machine)
        #expect((away.reopened, away.automaticInteractions) == (0, 1))
        let early = ChannelDesk.mail("3@x", subject: "[#43]", hours: -9.5 * 24, "before it was resolved")
        #expect(try desk.receive(mail: early).reopened == 0)
        #expect(try desk.store.tickets(.id("43")).first?.resolvedAt != nil)
        let report = try desk.receive(mail: ChannelDesk.mail("4@x", subject: "[#43]", "it is back"))
        #expect((report.reopened, report.interactions, report.followUps) == (1, 1, 0))
        #expect(try desk.store.tickets(.id("43")).first?.resolvedAt == nil)
        let event = try #require(try desk.store.history(of: "43").last)
        #expect((event.kind, event.time, event.actor) == (.reopened, ChannelDesk.at(-3_600), "email"))
        #expect(try desk.receive(mail: ChannelDesk.mail("5@x", subject: "[#43]", hours: 0, "and again")).reopened == 0)
    }

    @Test func `thanks after a ticket was closed long ago make one ticket that goes on with it, and no more`() throws {
        let first = try desk.receive(mail: ChannelDesk.mail("1@x", subject: "[#44]", hours: -3, "thanks"))
        #expect((first.followUps, first.tickets) == (1, 0))
        let second = try desk.receive(mail: ChannelDesk.mail("2@x", subject: "[#44]", hours: -2, "thanks again"))
        let third = try desk.receive(mail: ChannelDesk.mail("3@x", answers: "1@x", hours: -1, "thanks"))
        #expect((second.interactions, third.interactions) == (1, 1))
        let later = try #require(try newTickets().first)
        #expect(try newTickets().count == 1 && later.resolvedAt == nil)
        #expect(try desk.store.tickets(.id("44")).first?.resolvedAt != nil)
        let earlier = try desk.store.timeline(ofTicket: "44").map(\.what)
        #expect(earlier.contains(.followedBy(later.id)))
        #expect(try desk.store.timeline(ofTicket: later.id).map(\.what).contains(.follows("44")))
    }

    @Test func `what a machine wrote opens no ticket and is said`() throws {
        let bounce = try desk.receive(
            mail: ChannelDesk.mail(
                "1@x", from: "mailer-daemon@mx.example", headers: "Return-Path: <>\n", "could not be delivered"))
        #expect((bounce.tickets, bounce.count(.automatic)) == (0, 1))
        let rubbish = try desk.receive(mail: "no header at all")
        #expect((rubbish.messages, rubbish.count(.refused)) == (1, 1))
        #expect(try newTickets().isEmpty)
    }

    @Test func `a mail that asks for no automatic answer opens a ticket`() throws {
        let headers = "Return-Path: <>\nPrecedence: bulk\nX-Auto-Response-Suppress: OOF\n"
        #expect(try desk.receive(mail: ChannelDesk.mail("1@x", headers: headers, "it hangs")).tickets == 1)
    }

    @Test func `a mail of the team to a customer opens a ticket of the customer`() throws {
        let mail = ChannelDesk.mail("1@x", from: "sam@desk.example", "We saw errors.").replacing(
            "To: support@desk.example", with: "To: Sam <other@desk.example>, bob@bakery.example")
        #expect(try desk.receive(mail: mail).tickets == 1)
        let ticket = try #require(try newTickets().first)
        #expect((ticket.account, ticket.contact, ticket.body.string) == ("acct-2", "bob@bakery.example", ""))
        #expect(try desk.store.interactions(ofTicket: ticket.id).map(\.side) == [.agent])
    }

    @Test func `dates that have not come yet are the time of arrival`() throws {
        let mail = ChannelDesk.mail(
            "1@x", hours: 24 * 400, headers: "", "hello"
        ).replacing("From: Zelda", with: "Received: by mx.test; \(received)\nFrom: Zelda")
        _ = try desk.receive(mail: mail)
        _ = try desk.receive(mail: "From: a@bakery.example\nMessage-ID: <2@x>\nDate: never\n\nhello\n")
        #expect(try newTickets().map(\.openedAt) == [ChannelDesk.at(-86_400), ChannelDesk.now])
    }

    private var received: String { "\(ChannelDesk.at(-86_400).civilTime(in: .utc).day) Mar 2026 00:00:00 +0000" }

    @Test func `names of those who wrote a mail within a mail are found`() throws {
        let outer = ChannelDesk.mail(
            "1@x", headers: "Content-Type: message/rfc822\n",
            "From: Walda Umbra <walda@umbra.example>\nSubject: help\n\nit hangs, says Walda Umbra")
        _ = try desk.receive(mail: outer)
        let text = try #require(try newTickets().first).body.string
        #expect(text.hasPrefix("---------- Forwarded message ----------\nFrom: <person:"))
        #expect(text.contains("it hangs, says <person:") && !text.contains("Umbra") && !text.contains("@umbra"))
    }

    @Test func `names in HTML that elements part are found`() throws {
        let html = ChannelDesk.mail(
            "1@x", headers: "Content-Type: text/html\n", "<i>Hello</i> it&nbsp;hangs<br>Zelda <b>Quimby</b>")
        _ = try desk.receive(mail: html)
        let text = try #require(try newTickets().first).body.string
        #expect(text.hasPrefix("Hello it hangs\n<person:") && !text.contains("Quimby"))
    }
}
