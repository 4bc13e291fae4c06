/// What an oracle knows of a ticket's resolution time before it happens.
public struct TicketTruth: Sendable, Equatable {
    /// The conditional median of the hours to resolution, on the wall clock, above zero.
    public var medianHours: Double
    /// The standard deviation of ln(hours of work) on either path, given the path.
    public var sigma: Double
    /// The probability of the fast path, 0 to 1.
    public var fastProbability: Double
}
