/// What a status of any system comes down to.
public enum TicketStatus: String, Sendable, Hashable, CaseIterable {
    /// Nobody has begun.
    case new
    /// Somebody works on it.
    case open
    /// Somebody else has to do something first.
    case waiting
    /// Answered; it may be opened again.
    case solved
    /// Answered for good.
    case closed

    /// Whether the customer has an answer.
    public var isResolved: Bool { self == .solved || self == .closed }
}
