/// A case that a customer opened.
public struct Ticket: Sendable, Hashable {
    /// The id.
    public var id: String
    /// When it was opened.
    public var openedAt: Instant
    /// When it was resolved; nil while it is open.
    public var resolvedAt: Instant?
    /// The id of the account: as the ticket says, or else as its contact or its words say; nil when none does.
    public var account: String?
    /// The id of the contact; nil when it is not known.
    public var contact: String?
    /// The way it came, such as `email`; empty when it is not known.
    public var channel: String
    /// The title.
    public var subject: RedactedText
    /// The first message.
    public var body: RedactedText
    /// The priority as the desk has it; empty when it is not known.
    public var priority: String
    /// The category; empty when it is not known.
    public var category: String
    /// The group that has it; empty when it is not known.
    public var group: String
    /// The agent who has it; empty when nobody has.
    public var assignee: String
    /// What resolved it; empty while it is open.
    public var resolution: RedactedText

    /// Creates a ticket of which only id and time are known.
    public init(
        id: String, openedAt: Instant, resolvedAt: Instant? = nil, account: String? = nil, contact: String? = nil,
        channel: String = "", subject: RedactedText = RedactedText(), body: RedactedText = RedactedText(),
        priority: String = "", category: String = "", group: String = "", assignee: String = "",
        resolution: RedactedText = RedactedText()
    ) {
        self.id = id
        self.openedAt = openedAt
        self.resolvedAt = resolvedAt
        self.account = account
        self.contact = contact
        self.channel = channel
        self.subject = subject
        self.body = body
        self.priority = priority
        self.category = category
        self.group = group
        self.assignee = assignee
        self.resolution = resolution
    }
}
