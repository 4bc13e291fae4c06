/// One message of a ticket on one channel.
public struct Interaction: Sendable, Hashable {
    /// Who speaks.
    public enum Side: String, Sendable, Hashable, CaseIterable {
        /// The customer.
        case customer
        /// The support team.
        case agent
        /// A machine, such as an automatic reply.
        case system
    }

    /// The id of the ticket.
    public var ticket: String
    /// When it was said.
    public var time: Instant
    /// Who speaks.
    public var side: Side
    /// Whether the customer can read it.
    public var isPublic: Bool
    /// The way it came, such as `email`; empty when it is not known.
    public var channel: String
    /// The id of the agent or of the contact; empty when it is not known.
    public var author: String
    /// What was said.
    public var text: RedactedText

    /// Creates a message.
    public init(
        ticket: String, time: Instant, side: Side, isPublic: Bool = true, channel: String = "", author: String = "",
        text: RedactedText
    ) {
        self.ticket = ticket
        self.time = time
        self.side = side
        self.isPublic = isPublic
        self.channel = channel
        self.author = author
        self.text = text
    }
}
