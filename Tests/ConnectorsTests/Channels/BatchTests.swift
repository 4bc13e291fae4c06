import Records
import Storage
import Testing

@testable import Connectors

@Suite("Batches of messages")
struct BatchTests {
    /// A number in letters, which no redactor takes for a number of anything.
    private func word(_ number: Int) -> String {
        String(decoding: String(number).utf8.map { $0 - 0x30 + 0x61 }, as: UTF8.self)
    }

    @Test func `what one batch learns of people the next one knows, and the rules are read once`() throws {
        let desk = try ChannelDesk()
        var calls = 0
        var intake = try ChannelIntake(
            desk.store, team: SupportTeam(names: ["desk.example"]), now: ChannelDesk.now, by: ChannelDesk.entry
        ) { context throws(RecordError) in
            calls += 1
            var rules = RedactionRules()
            rules.add(context)
            var generator = SystemRandomNumberGenerator()
            return Redactor(key: ChannelDesk.key, rules: rules) ?? Redactor(rules: rules, keyedBy: &generator)
        }
        for number in 0..<1_100 {
            let name = word(number)
            let text = ChannelDesk.mail(
                "\(number)@x",
                from: "Walda Umbra\(name) <walda-\(name)@\(number.isMultiple(of: 2) ? "bakery" : "other").example>",
                hours: -20 + Double(number) / 100, number < 1_000 ? "it hangs" : "Walda Umbraa saw it, and Zelda Quimby"
            )
            try intake.add(MailFile(bytes: Array(text.utf8), place: ChannelPlace(file: "mail")))
        }
        // Who wrote in the first batch, once more, in other letters.
        let again = ChannelDesk.mail("again@x", from: "WALDA-A@Bakery.example", hours: 0, "and again")
        try intake.add(MailFile(bytes: Array(again.utf8), place: ChannelPlace(file: "mail")))
        try intake.finish()
        let report = intake.report
        #expect((calls, report.tickets) == (1, 1_101))
        let tickets = try desk.store.tickets().filter { $0.channel == "email" }
        #expect(tickets.allSatisfy { !$0.body.string.contains("Umbra") && !$0.body.string.contains("Quimby") })
        #expect(tickets.count { $0.body.string.contains("<person:") } == 100)
        let known = tickets.filter { $0.contact == "walda-a@bakery.example" }
        #expect(known.map(\.account) == ["acct-2", "acct-2"])
        #expect(tickets.count { $0.account == "acct-2" } == 551)
        // The store knows no more and no less than the batches did.
        #expect(try desk.store.customers().contacts.count == 1_101)
    }

    @Test(arguments: [0, 300, 700])
    func `what was said before a customer opened the ticket of a thread belongs to it`(between: Int) throws {
        let desk = try ChannelDesk()
        let robots = ["status", "progress"].map {
            ChannelDesk.mail(
                "\($0)@x", answers: $0 == "status" ? nil : "status@x", hours: $0 == "status" ? -4 : -3,
                headers: "Auto-Submitted: auto-generated\n", "\($0) of the export")
        }
        let others = (0..<between).map {
            ChannelDesk.mail("\($0)@x", from: "\(word($0))@other.example", hours: -2, "it hangs")
        }
        let lonely = ChannelDesk.mail("l@x", headers: "Auto-Submitted: auto-generated\n", "newsletter")
        let mails = robots + [lonely] + others + [ChannelDesk.mail("q@x", answers: "progress@x", "why?")]
        func read() throws -> ChannelReport {
            try desk.receive { intake throws(ChannelError) in
                for mail in mails {
                    try intake.add(MailFile(bytes: Array(mail.utf8), place: ChannelPlace(file: "mail")))
                }
            }
        }
        let report = try read()
        #expect((report.messages, report.tickets, report.automaticInteractions) == (between + 4, between + 1, 2))
        #expect(report.count(.automatic) == 1)
        let ticket = try #require(try desk.store.tickets().first { $0.contact == "person-1" && $0.channel == "email" })
        let said = try desk.store.interactions(ofTicket: ticket.id)
        #expect(said.map(\.text.string) == ["status of the export\n", "progress of the export\n"])
        #expect(said.map(\.side) == [.system, .system])
        // Read again, all is known but for what belongs to nothing.
        let rows = try desk.store.check().rows
        #expect(try read().repeated == between + 3)
        #expect(try desk.store.check().rows == rows)
    }
}
