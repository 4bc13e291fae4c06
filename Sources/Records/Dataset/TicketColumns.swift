/// Which column or key of a source plays which role in a ticket; nil where the source has none.
public struct TicketColumns: Sendable, Equatable, Codable {
    /// The identifier.
    public var id: String
    /// The time of opening.
    public var openedAt: String
    /// The time of resolution.
    public var resolvedAt: String?
    /// Hours from opening to resolution, or the age of a ticket that is still open.
    public var hoursToResolution: String?
    /// 1 where the ticket was resolved, 0 where it is censored.
    public var resolved: String?
    /// The customer.
    public var customer: String?
    /// The customer's company.
    public var organization: String?
    /// The group that works on the ticket.
    public var group: String?
    /// The agent to whom the ticket is given.
    public var assignee: String?
    /// The priority.
    public var priority: String?
    /// The category.
    public var category: String?
    /// The subject line.
    public var subject: String?
    /// The text of the ticket.
    public var body: String?
    /// Further columns that are known when the ticket opens.
    public var attributes: [String]?
    /// Those of the attributes that are numbers, whatever they look like.
    public var numeric: [String]?

    /// Creates the assignment of roles; only `id` and `openedAt` must be there.
    public init(
        id: String = "id", openedAt: String = "openedAt", resolvedAt: String? = nil, hoursToResolution: String? = nil,
        resolved: String? = nil, customer: String? = nil, organization: String? = nil, group: String? = nil,
        assignee: String? = nil, priority: String? = nil, category: String? = nil, subject: String? = nil,
        body: String? = nil, attributes: [String]? = nil, numeric: [String]? = nil
    ) {
        self.id = id
        self.openedAt = openedAt
        self.resolvedAt = resolvedAt
        self.hoursToResolution = hoursToResolution
        self.resolved = resolved
        self.customer = customer
        self.organization = organization
        self.group = group
        self.assignee = assignee
        self.priority = priority
        self.category = category
        self.subject = subject
        self.body = body
        self.attributes = attributes
        self.numeric = numeric
    }

    /// The roles that are words, with the names they have in a ``TicketTable`` and in the source.
    var words: [(role: String, source: String)] {
        let all = [
            ("customer", customer), ("organization", organization), ("group", group), ("assignee", assignee),
            ("priority", priority), ("category", category),
        ]
        return all.compactMap { role, source in source.map { (role, $0) } }
    }

    /// The roles that are text, with the names they have in a ``TicketTable`` and in the source.
    var texts: [(role: String, source: String)] {
        [("subject", subject), ("body", body)].compactMap { role, source in source.map { (role, $0) } }
    }
}
