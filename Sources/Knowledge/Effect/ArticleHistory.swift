public import Records

/// What is known of a desk when the effect of its articles is asked for.
public struct ArticleHistory: Sendable {
    /// The cases, in any order.
    public var cases: [SupportCase]
    /// The issue group of each ticket, by their ids; tickets without one are left out.
    public var groups: [String: String]
    /// When the first article of an issue group was published, by the group's id.
    public var publishedAt: [String: Instant]
    /// The uses of all articles.
    public var uses: [ArticleUse]
    /// The hours of work on a ticket, by its id; for tickets without an entry the hours from opening to resolution count.
    public var hours: [String: Double]
    /// When tickets began to be kept; nil for the time of the first one.
    public var begin: Instant?
    /// When it ends: now.
    public var end: Instant

    /// Takes what is known.
    public init(
        cases: [SupportCase], groups: [String: String], publishedAt: [String: Instant], uses: [ArticleUse] = [],
        hours: [String: Double] = [:], begin: Instant? = nil, end: Instant
    ) {
        self.cases = cases
        self.groups = groups
        self.publishedAt = publishedAt
        self.uses = uses
        self.hours = hours
        self.begin = begin
        self.end = end
    }

    /// The hours of a ticket; nil while it is open, unless its work is known.
    func hours(of ticket: Ticket) -> Double? {
        if let hours = hours[ticket.id] { return hours.isFinite && hours >= 0 ? hours : nil }
        return ticket.resolvedAt.flatMap { resolved in
            let hours = (resolved.seconds - ticket.openedAt.seconds) / 3_600
            return hours.isFinite && hours >= 0 ? hours : nil
        }
    }

    /// The cases of a group that were opened by the end.
    func cases(of group: String) -> [SupportCase] {
        cases.filter { groups[$0.ticket.id] == group && $0.ticket.openedAt <= end }
    }
}
