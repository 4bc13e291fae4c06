public import Connectors
internal import FoundationEssentials
public import Models
public import Records

/// Tells when tickets will be answered, by a model of resolution times.
public struct TicketForecasts: Sendable {
    private let model: ResolutionTimeModel
    private let version: Int
    private let redactor: Redactor

    /// Takes a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - version: Its version.
    ///   - redactor: The tenant's redactor, with the key of the training.
    public init(_ model: ResolutionTimeModel, version: Int, redactor: Redactor) {
        self.model = model
        self.version = version
        self.redactor = redactor
    }

    /// As the model reads tickets.
    private struct Line: Encodable {
        var id: String
        var openedAt: String
        var customer: String?
        var group: String
        var assignee: String
        var priority: String
        var category: String
        var subject: String
        var body: String
    }

    /// When a ticket that is open will be answered; nil when the model cannot read it.
    ///
    /// It is forecast for its age at the beginning of the present day in UTC, so that nothing lies before that, and what
    /// is told of it changes once a day at most.
    ///
    /// - Parameters:
    ///   - ticket: The ticket.
    ///   - now: The time.
    public func answer(for ticket: Ticket, at now: Instant) -> TicketBriefing.Answer? {
        let line = Line(
            id: ticket.id, openedAt: ticket.openedAt.iso8601, customer: ticket.account, group: ticket.group,
            assignee: ticket.assignee, priority: ticket.priority, category: ticket.category,
            subject: ticket.subject.string,
            body: ticket.body.string)
        var reader = TicketLineReader(
            file: ticket.id, columns: model.sourceColumns, batchSize: 1, badRows: .areSetAside, redactor: redactor)
        guard let json = try? JSONEncoder().encode(line), let read = try? reader.read(Array(json) + [10]),
            let rest = try? reader.finish(), let table = (read + rest).first(where: { $0.table.count == 1 })?.table,
            let forecast = model.forecasts(of: table).first
        else { return nil }
        let today = (now.seconds / 86_400).rounded(.down) * 86_400
        let made = max(ticket.openedAt.seconds, today)
        let remaining = forecast.remaining(afterHours: (made - ticket.openedAt.seconds) / 3_600)
        let (lower, upper) = remaining.interval(0.8)
        func time(_ hours: Double) -> Instant {
            // Beyond a century no figure means anything, and a date has to be written.
            Instant(seconds: made + 3_600 * min(max(0, hours), 876_000))
        }
        return TicketBriefing.Answer(
            expected: time(remaining.predictedHours), between: time(lower)...time(upper), made: Instant(seconds: made),
            model: ResolutionTimeModel.name, version: version)
    }
}
