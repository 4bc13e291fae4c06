import Records
import Storage
import Testing

@testable import Connectors

/// Mails that are read in another order than that in which they were written.
@Suite("Openings of tickets")
struct OrderTests {
    /// A ticket and its messages, but for the id, which is that of the mail that was read first.
    private struct Thread: Equatable {
        let ticket: Ticket
        let said: [Interaction]

        init(_ ticket: Ticket, _ said: [Interaction]) {
            var ticket = ticket
            ticket.id = ""
            self.ticket = ticket
            self.said = said.map { message in
                var message = message
                message.ticket = ""
                return message
            }
        }
    }

    private static let file = """
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        """

    private static func withFile(_ text: String) -> String {
        "--b\n\n\(text)\n--b\nContent-Type: text/x-log; name=worker.log\n\nhello\n--b--"
    }

    private static let mails = [
        ChannelDesk.mail("q1@x", subject: "it hangs", hours: -9, headers: file, withFile("the export hangs")),
        ChannelDesk.mail(
            "a1@x", from: "sam@desk.example", subject: "Re: it hangs", answers: "q1@x", hours: -8, "restart it"),
        ChannelDesk.mail(
            "q2@x", from: "bob@bakery.example", subject: "Re: Re: it hangs", answers: "a1@x", hours: -7,
            headers: "References: <q1@x> <a1@x>\n" + file, withFile("it hangs here too")),
    ]

    private func newTickets(_ desk: ChannelDesk) throws -> [Ticket] {
        try desk.store.tickets().filter { !["42", "43", "44"].contains($0.id) }
    }

    private func thread(_ desk: ChannelDesk) throws -> Thread {
        let tickets = try newTickets(desk)
        let ticket = try #require(tickets.first)
        #expect(tickets.count == 1)
        return Thread(ticket, try desk.store.interactions(ofTicket: ticket.id))
    }

    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func `in whatever order mails are read, the first that was written opens the ticket`(order: [Int]) throws {
        let (inOrder, desk) = (try ChannelDesk(), try ChannelDesk())
        for mail in Self.mails { _ = try inOrder.receive(mail: mail) }
        var report = ChannelReport()
        for index in order {
            report = try desk.receive(mail: Self.mails[index])
            #expect(report.messages == report.tickets + report.interactions)
        }
        #expect(try thread(desk) == thread(inOrder))
        #expect(try thread(desk).ticket.openedAt == ChannelDesk.at(-9 * 3_600))
        let rows = try desk.store.check().rows
        for mail in Self.mails { #expect(try desk.receive(mail: mail).repeated == 1) }
        #expect(try desk.store.check().rows == rows && desk.store.check().problems == [])
        let files = try desk.store.timeline(ofTicket: newTickets(desk)[0].id).map { entry in
            switch entry.what {
            case .opened(_, let files), .message(_, let files): files.map(\.name.string)
            default: ["?"]
            }
        }
        #expect(files == [["worker.log"], [], ["worker.log"]])
    }

    @Test func `an answer opens nothing, whatever its clock says`() throws {
        let desk = try ChannelDesk()
        _ = try desk.receive(mail: ChannelDesk.mail("1@x", hours: -2, "it hangs"))
        let ticket = try #require(try newTickets(desk).first)
        let answer = ChannelDesk.mail("2@x", from: "sam@desk.example", answers: "1@x", hours: -3, "restart it")
        let naming = ChannelDesk.mail("3@x", subject: "[#\(ticket.id)]", hours: -4, "it still hangs")
        for mail in [answer, naming] { #expect(try desk.receive(mail: mail).interactions == 1) }
        #expect(try newTickets(desk) == [ticket])
        #expect(try desk.store.interactions(ofTicket: ticket.id).count == 2)
    }

    @Test func `a ticket that no channel has opened keeps its opening`() throws {
        let desk = try ChannelDesk()
        let before = try desk.store.ticket("42")
        _ = try desk.receive(mail: ChannelDesk.mail("2@x", subject: "[#42]", answers: "1@x", hours: -1, "more"))
        #expect(try desk.receive(mail: ChannelDesk.mail("1@x", hours: -48, "early")).interactions == 1)
        #expect(try desk.store.ticket("42") == before && newTickets(desk).isEmpty)
    }

    @Test func `of a ticket and the one that goes on with it, each has what was written in its time`() throws {
        let desk = try ChannelDesk()
        let day = 24.0
        _ = try desk.receive(mail: ChannelDesk.mail("2@x", subject: "[#44]", hours: -1, "and again"))
        let report = try desk.receive(mail: ChannelDesk.mail("1@x", subject: "[#44]", hours: -20 * day, "it is back"))
        #expect((report.interactions, report.followUps) == (1, 0))
        let later = try newTickets(desk)
        #expect(later.map(\.openedAt) == [ChannelDesk.at(-20 * day * 3_600)])
        #expect(later.map(\.body.string) == ["it is back\n"])
        let id = try #require(later.first).id
        #expect(try desk.store.followUp(of: "44") == id)
        #expect(try desk.store.interactions(ofTicket: id).map(\.text.string) == ["and again\n"])
        let early = ChannelDesk.mail("0@x", from: "sam@desk.example", subject: "[#44]", hours: -85 * day, "try this")
        #expect(try desk.receive(mail: early).interactions == 1)
        #expect(try desk.store.interactions(ofTicket: "44").map(\.text.string) == ["try this\n"])
    }
}
