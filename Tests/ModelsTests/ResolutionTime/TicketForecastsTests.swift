import Models
import Records
import Testing

struct TicketForecastsTests {
    private let table = SharedTraining.table

    /// Some tickets of the training, open, and how they are answered at a time.
    private func answers(
        _ change: (inout Ticket) -> Void = { _ in }, at now: Instant
    ) throws -> (tickets: [Ticket], answers: [ExpectedAnswer]) {
        let redactor = try #require(Redactor(key: Array("0123456789abcdef".utf8)))
        let tickets = (0..<5).map { row -> Ticket in
            var ticket = Ticket(id: table.ids[row], openedAt: Instant(seconds: table.openedAt[row]))
            ticket.account = table.categoricalColumn(named: "customer")?[row]
            ticket.group = table.categoricalColumn(named: "group")?[row] ?? ""
            ticket.priority = table.categoricalColumn(named: "priority")?[row] ?? ""
            ticket.subject = table.textColumn(named: "subject")?.values[row] ?? ""
            change(&ticket)
            return ticket
        }
        let model = try SharedTraining.training.model
        return (tickets, TicketForecasts(model, version: 3, redactor: redactor).answers(for: tickets, at: now))
    }

    /// The day before the first ticket, so that every ticket has the age of its opening.
    private let before = Instant(seconds: (GeneratedDesk.firstDay - 1) * 86_400)

    @Test func `a ticket is answered as its row in the table is`() throws {
        let (tickets, answers) = try answers(at: before)
        var rows = table.rows(Array(0..<5))
        rows.numeric = []
        let forecasts = try SharedTraining.training.model.forecasts(of: rows)
        #expect(answers.count == 5)
        for ((ticket, answer), forecast) in zip(zip(tickets, answers), forecasts) {
            #expect(answer.made == ticket.openedAt && answer.version == 3)
            let hours = (answer.expected.seconds - ticket.openedAt.seconds) / 3_600
            #expect(abs(hours - forecast.remaining(afterHours: 0).predictedHours) < 1e-6)
        }
    }

    @Test func `tickets of any words are answered, and none before the present day`() throws {
        let now = Instant(seconds: (GeneratedDesk.firstDay + 400) * 86_400 + 40_000)
        let (_, answers) = try answers(
            { ticket in
                ticket.id = ""
                ticket.account = "\"\\\u{1}\n"
                ticket.group = ""
                ticket.subject = ""
            }, at: now)
        #expect(answers.count == 5)
        for answer in answers {
            #expect(answer.made == Instant(seconds: (GeneratedDesk.firstDay + 400) * 86_400))
            #expect(answer.made <= answer.between.lowerBound && answer.between.contains(answer.expected))
        }
    }
}
