/// A ticket of another system that is still to be read, as it could not be read when it was its turn, or may have changed unseen.
public struct UnreadTicket: Sendable, Hashable {
    /// The id there.
    public var remote: String
    /// Since when it is to be read.
    public var since: Instant
    /// How often reading it has failed.
    public var attempts: Int
    /// The time before which it is not read.
    public var notBefore: Instant
    /// Why it could not be read; empty while it has not been tried.
    public var fault: RedactedText

    /// Names a ticket.
    public init(
        remote: String, since: Instant, attempts: Int, notBefore: Instant, fault: RedactedText = RedactedText()
    ) {
        self.remote = remote
        self.since = since
        self.attempts = attempts
        self.notBefore = notBefore
        self.fault = fault
    }
}
