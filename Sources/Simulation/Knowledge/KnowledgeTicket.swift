public import Records

/// A ticket of a simulated desk with recurring problems, with everything that people wrote into it still readable.
public struct KnowledgeTicket: Sendable, Hashable {
    /// The id.
    public var id: String
    /// When it was opened.
    public var openedAt: Instant
    /// When it was resolved for good; nil while it is open.
    public var resolvedAt: Instant?
    /// The id of the account.
    public var account: String
    /// The id of the contact; nil when the desk does not know the person.
    public var contact: String?
    /// The way it came.
    public var channel: String
    /// The title.
    public var subject: String
    /// The first message.
    public var body: String
    /// The priority.
    public var priority: String
    /// The component, as the agent chose it; nil where nobody did.
    public var category: String?
    /// The group that has it.
    public var group: String
    /// The id of the agent who has it.
    public var assignee: String
    /// What the agent wrote when closing it; empty while it is open, and where the agent wrote nothing.
    public var resolution: String
    /// The minutes of work; nil while it is open.
    public var handlingMinutes: Double?
    /// The id of the ticket that an agent took it for a duplicate of.
    public var duplicateOf: String?
}

/// A message of a ticket after its body.
public struct KnowledgeMessage: Sendable, Hashable {
    /// The id of the ticket.
    public var ticket: String
    /// When it was said.
    public var time: Instant
    /// Who speaks.
    public var side: Interaction.Side
    /// Whether the customer can read it.
    public var isPublic: Bool
    /// The way it came.
    public var channel: String
    /// The id of the agent or the contact; empty when it is not known.
    public var author: String
    /// What was said.
    public var text: String
}

/// A member of the support team.
public struct KnowledgeAgent: Sendable, Hashable {
    /// The id.
    public var id: String
    /// The group.
    public var group: String
    /// The first day.
    public var since: Instant
    /// The last day; nil for those who stay.
    public var until: Instant?
    /// The name as it stands under messages.
    var name: String
}

/// An article that was published about a problem.
public struct KnowledgeArticle: Sendable, Hashable {
    /// The id.
    public var id: String
    /// When everybody could read it.
    public var publishedAt: Instant
    /// The title.
    public var title: String
    /// The ids of three earlier tickets of the problem.
    public var tickets: [String]
}
