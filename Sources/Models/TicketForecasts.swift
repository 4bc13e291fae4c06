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

    /// When tickets that are open will be answered.
    ///
    /// Each is forecast for its age at the beginning of the present day in UTC, so that nothing lies before that, and what
    /// is told of it changes once a day at most.
    ///
    /// - Parameters:
    ///   - tickets: The tickets.
    ///   - now: The time.
    /// - Returns: One answer a ticket, in their order.
    public func answers(for tickets: [Ticket], at now: Instant) -> [ExpectedAnswer] {
        let today = (now.seconds / 86_400).rounded(.down) * 86_400
        let forecasts = model.forecasts(of: TicketTable(tickets, redactor: redactor))
        return zip(tickets, forecasts).map { ticket, forecast in
            let made = max(ticket.openedAt.seconds, today)
            let remaining = forecast.remaining(afterHours: (made - ticket.openedAt.seconds) / 3_600)
            let (lower, upper) = remaining.interval(0.8)
            func time(_ hours: Double) -> Instant {
                // Beyond a century no figure means anything, and a date has to be written.
                Instant(seconds: made + 3_600 * min(max(0, hours), 876_000))
            }
            return ExpectedAnswer(
                expected: time(remaining.predictedHours), between: time(lower)...time(upper),
                made: Instant(seconds: made), model: ResolutionTimeModel.name, version: version)
        }
    }
}
