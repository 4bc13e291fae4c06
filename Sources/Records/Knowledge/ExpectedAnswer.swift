/// When the answer to a ticket is expected.
public struct ExpectedAnswer: Sendable, Hashable {
    /// The time before which half of such tickets are answered that are open when it is forecast.
    public var expected: Instant
    /// The times between which four of five of them are answered.
    public var between: ClosedRange<Instant>
    /// The time at which the ticket is known to be open, for which it is forecast.
    public var made: Instant
    /// The name of the model that says so.
    public var model: String
    /// Its version.
    public var version: Int

    /// Describes a forecast.
    public init(
        expected: Instant, between: ClosedRange<Instant>, made: Instant, model: String, version: Int
    ) {
        self.expected = expected
        self.between = between
        self.made = made
        self.model = model
        self.version = version
    }

    /// The forecast for a ticket, as it is kept to be compared with what comes true.
    public func outcome(of ticket: Ticket) -> ModelOutcome {
        func hours(_ end: Instant) -> Double { (end.seconds - ticket.openedAt.seconds) / 3_600 }
        return ModelOutcome(
            model: model, version: version, ticket: ticket.id, time: made, hours: hours(expected),
            lower: hours(between.lowerBound), upper: hours(between.upperBound))
    }
}
