/// One change of a ticket.
public struct TicketEvent: Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A field got another value.
        case changed
        /// The ticket was resolved.
        case resolved
        /// A resolved ticket was opened again.
        case reopened
    }

    /// The id of the ticket.
    public var ticket: String
    /// When it happened or, for what a comparison of two imports shows, when it was seen.
    public var time: Instant
    /// What happened.
    public var kind: Kind
    /// The property of ``Ticket`` that changed.
    public var field: String
    /// What it was before; empty where it was not known.
    public var from: String
    /// What it became; empty where it is not known any more.
    public var to: String
    /// Who did it: an agent or a system; empty when it is not known.
    public var actor: String

    /// Creates an event.
    public init(
        ticket: String, time: Instant, kind: Kind, field: String, from: String = "", to: String = "", actor: String = ""
    ) {
        self.ticket = ticket
        self.time = time
        self.kind = kind
        self.field = field
        self.from = from
        self.to = to
        self.actor = actor
    }

    /// What tells two states of one ticket apart, in the order of the fields; texts are not compared.
    ///
    /// - Parameters:
    ///   - time: When the later state was seen.
    ///   - actor: Who says so.
    public static func between(_ before: Ticket, _ after: Ticket, seen time: Instant, actor: String) -> [TicketEvent] {
        var events: [TicketEvent] = []
        func add(_ kind: Kind, _ field: String, _ from: String, _ to: String) {
            guard from != to else { return }
            events.append(
                TicketEvent(ticket: after.id, time: time, kind: kind, field: field, from: from, to: to, actor: actor))
        }
        add(
            after.resolvedAt == nil ? .reopened : .resolved, "resolvedAt", before.resolvedAt?.iso8601 ?? "",
            after.resolvedAt?.iso8601 ?? "")
        add(.changed, "account", before.account ?? "", after.account ?? "")
        add(.changed, "priority", before.priority, after.priority)
        add(.changed, "category", before.category, after.category)
        add(.changed, "group", before.group, after.group)
        add(.changed, "assignee", before.assignee, after.assignee)
        return events
    }
}
