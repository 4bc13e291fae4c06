import Records
import Storage
import Testing

@testable import Connectors

/// Mails that somebody else passed on: whose they are, and whose names are kept out of texts.
@Suite("Senders of mails")
struct SenderTests {
    private let desk: ChannelDesk

    init() throws {
        desk = try ChannelDesk()
    }

    private func ticket() throws -> Ticket {
        let tickets = try desk.store.tickets().filter { !["42", "43", "44"].contains($0.id) }
        #expect(tickets.count == 1)
        return try #require(tickets.first)
    }

    @Test(arguments: [
        // A list that keeps the author in a header of its own, or only in the answers; then forms.
        (
            "\"'Walda Umbra' via Support\" <support@desk.example>",
            "X-Original-From: Walda Umbra <walda@bakery.example>\n"
        ),
        (
            "\"'Walda Umbra' via Support\" <support@desk.example>",
            "X-Original-Sender: walda@bakery.example\nReply-To: support@desk.example\n"
        ),
        ("Walda Umbra via Support <support@desk.example>", "Reply-To: walda@bakery.example\nCc: eve@other.example\n"),
        ("Website <no-reply@forms.example>", "Reply-To: Walda Umbra <walda@bakery.example>\n"),
        ("Website <website@desk.example>", "Reply-To: \"Umbra, Walda\" <walda@bakery.example>\n"),
    ])
    func `what a list or a form passes on is of the customer who wrote it`(from: String, headers: String) throws {
        _ = try desk.receive(
            mail: ChannelDesk.mail("1@x", from: from, headers: headers, "Name: Walda Umbra\nthe export hangs"))
        let ticket = try ticket()
        #expect((ticket.account, ticket.contact) == ("acct-2", "walda@bakery.example"))
        #expect(ticket.body.string.hasPrefix("Name: <person:") && ticket.body.string.hasSuffix("\nthe export hangs\n"))
    }

    @Test(arguments: [
        // To a customer, with answers elsewhere; to the team, with answers to the team; one that nobody reads, with answers to the team.
        ("sam@desk.example", "bob@bakery.example", "sam@other.example", true),
        ("sam@desk.example", "support@desk.example", "sam@desk.example", true),
        ("no-reply@other.example", "support@desk.example", "support@desk.example", false),
    ])
    func `who gets the answers is not always who speaks`(from: String, to: String, answers: String, isTeam: Bool) throws
    {
        let mail = ChannelDesk.mail("1@x", from: from, headers: "Reply-To: \(answers)\n", "We saw errors.")
        _ = try desk.receive(mail: mail.replacing("To: support@desk.example\n", with: "To: \(to)\n"))
        let ticket = try ticket()
        #expect(try desk.store.interactions(ofTicket: ticket.id).map(\.side) == (isTeam ? [.agent] : []))
        #expect(ticket.contact != answers)
    }

    @Test(arguments: [
        "---------- Forwarded message ----------\nFrom: Walda Umbra <walda@bakery.example>\nSubject: help\n",
        "> Von: Umbra, Walda [mailto:walda@bakery.example]\n> Gesendet: Montag, 2. März 2026 08:00\n",
        "发件人：Walda Umbra <walda@bakery.example>\n发送时间：2026年3月2日 8:00\n",
        "Αποστολέας: Walda Umbra <walda@bakery.example>\nΗμερομηνία αποστολής: 2 Μαρτίου 2026 8:00\n",
        "Date: Mon, 2 Mar 2026\n\nTo: Ole <ole@x.example>; Walda Umbra <walda@bakery.example>\n",
    ])
    func `names in the headers of what an agent passes on are found`(headers: String) throws {
        _ = try desk.receive(
            mail: ChannelDesk.mail("1@x", from: "sam@desk.example", "FYI\n\n\(headers)\nit hangs, says Walda Umbra"))
        let said = try #require(try desk.store.interactions(ofTicket: ticket().id).first).text.string
        #expect(said.contains("it hangs, says <person:") && !said.contains("Umbra"))
    }

    @Test func `names in the headers of what is passed on in HTML are found`() throws {
        let html = ChannelDesk.mail(
            "1@x", from: "sam@desk.example", headers: "Content-Type: text/html\n",
            "<p><b>From:</b> Walda\n<i>Umbra</i> &lt;<a href=\"mailto:w@x.example\">w@x.example</a>&gt;<br><b>Sent:</b> today</p><p>Walda Umbra asks</p>"
        )
        _ = try desk.receive(mail: html)
        let said = try #require(try desk.store.interactions(ofTicket: ticket().id).first).text.string
        #expect(said.contains("From: <person:") && !said.contains("Umbra"))
    }

    @Test(arguments: [
        "ERROR: Unknown Volume <vol@x.example>\nit stops", "Error: cannot reach <vol@x.example>\nWarning: again",
        "Note: see Volume 7 <vol@x.example>\nNote: again",
    ])
    func `what only looks like a header teaches no name`(text: String) {
        #expect(WrittenHeaders.people(in: Array(text.utf8), isMarkup: false).isEmpty)
    }
}
