public import Connectors
internal import FoundationEssentials
public import Models
public import Records
internal import Statistics

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

    /// When a ticket will be answered; nil when the model cannot read it.
    public func answer(for ticket: Ticket) -> TicketBriefing.Answer? {
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
        func time(_ probability: Double) -> Instant {
            // Beyond a century no figure means anything, and a date has to be written.
            Instant(
                seconds: ticket.openedAt.seconds + 3_600 * min(forecast.distribution.quantile(probability), 876_000))
        }
        return TicketBriefing.Answer(
            expected: time(0.5), between: time(0.1)...time(0.9), model: ResolutionTimeModel.name,
            version: version)
    }
}
