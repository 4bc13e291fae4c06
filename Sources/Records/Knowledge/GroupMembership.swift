/// The issue group that a ticket is in.
public struct GroupMembership: Sendable, Hashable {
    /// The id of the ticket.
    public var ticket: String
    /// The id of the issue group.
    public var group: String
    /// When the ticket was put into it.
    public var time: Instant

    /// Creates a membership.
    public init(ticket: String, group: String, time: Instant) {
        self.ticket = ticket
        self.group = group
        self.time = time
    }
}
