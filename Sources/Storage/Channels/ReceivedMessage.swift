public import Records

/// A message that a channel has brought, and what it does to its ticket.
public struct ReceivedMessage: Sendable {
    /// What the message does.
    public enum Effect: Sendable {
        /// It opens a ticket, whose first message it is.
        case opens(Ticket)
        /// It opens a ticket that goes on with an earlier one, by its id.
        case follows(Ticket, earlier: String)
        /// It belongs to a ticket.
        case adds
        /// It was written before the message that has opened its ticket, and is the first instead; the ticket has its time, customer,
        /// subject and body from then on.
        case precedes(Ticket)
        /// It opens its ticket again.
        case reopens
    }

    /// What tells it apart from all others.
    public var key: MessageKey
    /// The keys of messages that belong to the same ticket, known or not.
    public var cited: [MessageKey]
    /// The id of the ticket.
    public var ticket: String
    /// What it does.
    public var effect: Effect
    /// The message; nil where it is the first of its ticket and stands there.
    public var interaction: Interaction?
    /// The id of the customer from whom it comes, even if a machine wrote it; nil for the team.
    public var contact: String?
    /// When it was said.
    public var time: Instant
    /// When its words were changed last, before they came here; nil where they are as they were said.
    public var editedAt: Instant?
    /// The files that came with it.
    public var attachments: [Attachment]

    /// Creates a message.
    public init(
        key: MessageKey, cited: [MessageKey] = [], ticket: String, effect: Effect = .adds,
        interaction: Interaction? = nil, contact: String? = nil, time: Instant, editedAt: Instant? = nil,
        attachments: [Attachment] = []
    ) {
        self.key = key
        self.cited = cited
        self.ticket = ticket
        self.effect = effect
        self.interaction = interaction
        self.contact = contact
        self.time = time
        self.editedAt = editedAt
        self.attachments = attachments
    }
}
