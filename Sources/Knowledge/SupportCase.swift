public import Records

/// A ticket with what is known around it: what the knowledge of a desk is made of.
public struct SupportCase: Sendable, Hashable {
    /// The ticket.
    public var ticket: Ticket
    /// Whose it is: the id of the organisation of its account, or else of the account; nil where neither is known.
    public var customer: String?
    /// Its messages after the first, in the order of time.
    public var messages: [Interaction]
    /// The ids of the log signatures that were seen with it.
    public var signatures: [String]
    /// Structured facts of where it came up, such as `version` and `component`; a field may have several values.
    public var environment: [Article.EnvironmentFact]
    /// Whether it was opened again after it had been resolved.
    public var isReopened: Bool

    /// Creates a case.
    public init(
        ticket: Ticket, customer: String? = nil, messages: [Interaction] = [], signatures: [String] = [],
        environment: [Article.EnvironmentFact] = [], isReopened: Bool = false
    ) {
        self.ticket = ticket
        self.customer = customer ?? ticket.account
        self.messages = messages
        self.signatures = signatures
        self.environment = environment
        self.isReopened = isReopened
    }
}
