/// How one system is reached and what its words mean: one entry of the file that `casebook sync` reads.
public struct SystemDescription: Sendable {
    /// What kind of system it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Decodable {
        case zendesk
        case servicenow
        case jira
        case requesttracker
        case roundup
    }

    /// What Casebook calls it; the tickets of the system have ids that begin with it.
    public var name: String
    /// What kind of system it is.
    public var kind: Kind
    /// The address.
    public var address: String
    /// The account; empty where the secret says it all.
    public var user: String
    /// The secret of the account.
    public var secret: Secret
    /// The secret that its web hooks are signed with; nil where none are taken.
    public var hookSecret: Secret?
    /// The project, queue or table whose tickets are meant; empty for all, or for what is usual.
    public var place: String
    /// What its states mean.
    public var statuses: WordMap
    /// What its priorities are called here.
    public var priorities: WordMap
    /// What its agents are called here, by their ids there.
    public var agents: WordMap
    /// What its groups are called here, by their ids there.
    public var groups: WordMap
    /// The fields that are kept the same besides those that every system has: the system's id by Casebook's name.
    public var fields: [String: String]
    /// The fields, by Casebook's names, in which Casebook's value stands when both sides have changed it; in all others the system's does.
    public var ownFields: Set<String>
    /// Whether nobody but the team can read its tickets, which makes all messages internal where a system knows no internal ones.
    public var isTeamOnly: Bool

    /// Describes a system with the usual words of its kind.
    public init(
        name: String, kind: Kind, address: String, user: String = "", secret: Secret, hookSecret: Secret? = nil,
        place: String = "", statuses: [(theirs: String, ours: TicketStatus)] = [],
        priorities: [(theirs: String, ours: String)] = [], agents: [(theirs: String, ours: String)] = [],
        groups: [(theirs: String, ours: String)] = [], fields: [String: String] = [:], ownFields: Set<String> = [],
        isTeamOnly: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.address = address
        self.user = user
        self.secret = secret
        self.hookSecret = hookSecret
        self.place = place
        self.statuses = WordMap((statuses + kind.usualStatuses).map { ($0.theirs, $0.ours.rawValue) })
        self.priorities = WordMap(priorities)
        self.agents = WordMap(agents)
        self.groups = WordMap(groups)
        self.fields = fields
        self.ownFields = ownFields
        self.isTeamOnly = isTeamOnly
    }

    /// Casebook's name of a field of the system.
    public func name(of field: TicketField) -> String {
        guard case .custom(let id) = field else { return field.name }
        return fields.first { $0.value == id }?.key ?? field.name
    }

    /// The system's field of one of Casebook's names; nil when there is none.
    public func field(named name: String) -> TicketField? {
        if let id = fields[name] { return .custom(id) }
        return TicketField(name: name)
    }

    /// A value in Casebook's words.
    public func ours(_ value: String, of field: TicketField) -> String {
        switch field {
        case .status: statuses.ours(value)
        case .priority: priorities.ours(value)
        case .assignee: agents.ours(value)
        case .group: groups.ours(value)
        default: value
        }
    }

    /// A value in the system's words.
    public func theirs(_ value: String, of field: TicketField) -> String {
        switch field {
        case .status: statuses.theirs(value)
        case .priority: priorities.theirs(value)
        case .assignee: agents.theirs(value)
        case .group: groups.theirs(value)
        default: value
        }
    }
}

extension SystemDescription.Kind {
    /// What the states that a system is delivered with mean; administrators change all of them.
    var usualStatuses: [(theirs: String, ours: TicketStatus)] {
        switch self {
        case .zendesk:
            [
                ("new", .new), ("open", .open), ("pending", .waiting), ("hold", .waiting), ("solved", .solved),
                ("closed", .closed),
            ]
        case .servicenow:
            [("1", .new), ("2", .open), ("3", .waiting), ("6", .solved), ("7", .closed), ("8", .closed)]
        case .jira:
            // The three categories, which every status belongs to, stand for states that nobody has named.
            [("new", .new), ("indeterminate", .open), ("done", .solved)]
        case .requesttracker:
            [
                ("new", .new), ("open", .open), ("stalled", .waiting), ("resolved", .solved), ("rejected", .solved),
            ]
        case .roundup:
            [
                ("unread", .new), ("chatting", .open), ("in-progress", .open), ("testing", .open),
                ("deferred", .waiting),
                ("need-eg", .waiting), ("resolved", .solved), ("done-cbb", .solved),
            ]
        }
    }
}
