public import Records

/// Tickets of a synthetic desk, in order of opening, with the truth behind them.
public struct SimulatedDesk: Sendable {
    /// The scenario it was drawn from.
    public let scenario: DeskScenario
    /// The tickets; those not resolved when the desk was last seen are censored at their age.
    ///
    /// Columns: customer, group, assignee, priority, category, channel (an attribute) and the text subject.
    public let tickets: TicketTable
    /// Whether each ticket was opened again after its resolution; only known then, so never for prediction.
    public let reopened: [Bool]
    /// The truth behind each ticket.
    public let truth: [TicketTruth]
    /// What the customers' logs showed, in order of time.
    public let signatures: [SignatureObservation]
}
