/// A stretch of time in which a member of the support team belongs to one group.
public struct Agent: Sendable, Hashable {
    /// The id, by which ``Ticket/assignee`` and ``Interaction/author`` name the person.
    public var id: String
    /// The group; empty when it is not known.
    public var group: String
    /// When it began; nil when it is not known.
    public var since: Instant?
    /// When it ended; nil while it lasts.
    public var until: Instant?

    /// Creates a stretch of time.
    public init(id: String, group: String = "", since: Instant? = nil, until: Instant? = nil) {
        self.id = id
        self.group = group
        self.since = since
        self.until = until
    }
}
