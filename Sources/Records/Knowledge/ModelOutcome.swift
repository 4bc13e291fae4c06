/// What a model said of a ticket when it was asked; what came true is the ticket's own ``Ticket/resolvedAt``.
public struct ModelOutcome: Sendable, Hashable {
    /// The name of the model.
    public var model: String
    /// Its version.
    public var version: Int
    /// The id of the ticket.
    public var ticket: String
    /// When it was asked.
    public var time: Instant
    /// The predicted time from opening to resolution, in hours.
    public var hours: Double
    /// The lower bound of the 80 % interval, in hours.
    public var lower: Double
    /// The upper bound of the 80 % interval, in hours; infinite where the model knows none.
    public var upper: Double

    /// Creates an outcome.
    public init(
        model: String, version: Int, ticket: String, time: Instant, hours: Double, lower: Double, upper: Double
    ) {
        self.model = model
        self.version = version
        self.ticket = ticket
        self.time = time
        self.hours = hours
        self.lower = lower
        self.upper = upper
    }
}
