public import Records

/// A ticket as a system has it, in the system's own words.
public struct RemoteTicket: Sendable, Hashable {
    /// What has become of it.
    public enum Fate: Sendable, Hashable {
        /// It is there.
        case present
        /// It was deleted; some systems still answer for it.
        case deleted
        /// It lives on in another one.
        case merged(into: String)
    }

    /// The id by which the system addresses it.
    public var id: String
    /// The number that people call it by, such as `INC0010001`.
    public var number: String
    /// Changes whenever the ticket does, as far as the system tells; what a write has to match.
    public var version: String
    /// When it was opened.
    public var createdAt: Instant
    /// When it changed last.
    public var updatedAt: Instant
    /// When it was resolved last, as far as the system tells with it; it may have been opened again since.
    public var resolvedAt: Instant?
    /// What has become of it.
    public var fate: Fate
    /// The title.
    public var subject: RawText
    /// The first message; empty where the system has it among the messages.
    public var body: RawText
    /// The id of the person who asked; nil when it is not known.
    public var requester: String?
    /// The id of the customer's organisation; nil when it is not known.
    public var organization: String?
    /// The way it came, such as `email`; empty when it is not known.
    public var channel: String
    /// Values by ``TicketField``; a field that is not set is not there.
    public var fields: [TicketField: String]
    /// The fields that hold several values, parted by commas, whose order means nothing.
    public var lists: Set<TicketField> = []
    /// The tags; empty where the system has none.
    public var tags: Set<String>
    /// The ids of tickets and issues, and the addresses, that it is linked with.
    public var links: Set<String>
    /// Whether the addresses among its links were asked for; if not, those that are known stand.
    public var tellsAddresses = true
    /// The id of the closed ticket from which it goes on; nil for all others.
    public var follows: String?
    /// The key with which it was opened from here; nil for all others, and where only its first message has it.
    public var key: String?
    /// The people whom the first message mentions: the names that it has for them, by their ids.
    public var mentioned: [String: RawText] = [:]
    /// The files that hang on the ticket itself, each as a message, where the system tells them with it.
    public var files: [RemoteMessage]

    /// Creates a ticket that is there.
    public init(
        id: String, number: String, version: String, createdAt: Instant, updatedAt: Instant, fate: Fate = .present,
        subject: RawText = RawText(""), body: RawText = RawText(""), requester: String? = nil,
        organization: String? = nil,
        channel: String = "", fields: [TicketField: String] = [:], tags: Set<String> = [], links: Set<String> = [],
        follows: String? = nil, key: String? = nil, files: [RemoteMessage] = [], resolvedAt: Instant? = nil
    ) {
        self.follows = follows
        self.files = files
        self.resolvedAt = resolvedAt
        self.id = id
        self.number = number
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.fate = fate
        self.subject = subject
        self.body = body
        self.requester = requester
        self.organization = organization
        self.channel = channel
        self.fields = fields
        self.tags = tags
        self.links = links
        self.key = key
    }
}

/// A field that is kept the same on both sides.
public enum TicketField: Sendable, Hashable, Comparable {
    case status
    case priority
    /// The agent who has it.
    case assignee
    /// The group that has it.
    case group
    case category
    /// What resolved it, in one word or sentence.
    case resolution
    /// A field of the customer's own, by the name or number the system has for it.
    case custom(String)

    /// The name in files and in the store, such as `status` or `custom:360001`.
    public var name: String {
        switch self {
        case .status: "status"
        case .priority: "priority"
        case .assignee: "assignee"
        case .group: "group"
        case .category: "category"
        case .resolution: "resolution"
        case .custom(let id): "custom:" + id
        }
    }

    /// Reads a name; nil when there is no such field.
    public init?(name: String) {
        switch name {
        case "status": self = .status
        case "priority": self = .priority
        case "assignee": self = .assignee
        case "group": self = .group
        case "category": self = .category
        case "resolution": self = .resolution
        default:
            guard name.hasPrefix("custom:"), name.count > 7 else { return nil }
            self = .custom(String(name.dropFirst(7)))
        }
    }

    /// Orders fields by their names.
    public static func < (left: TicketField, right: TicketField) -> Bool { left.name < right.name }
}

/// A change of a field, as the history of a system tells it, in the system's own words.
public struct RemoteChange: Sendable, Hashable {
    /// When it was made.
    public var time: Instant
    /// The field.
    public var field: TicketField
    /// The value before; empty when there was none.
    public var from: String
    /// The value after; empty when there is none.
    public var to: String

    /// Tells of a change.
    public init(time: Instant, field: TicketField, from: String, to: String) {
        self.time = time
        self.field = field
        self.from = from
        self.to = to
    }
}

/// What happened to a ticket, as far as a system tells.
public struct RemoteHistory: Sendable, Hashable {
    /// All messages, in order.
    public var messages: [RemoteMessage]
    /// The changes of the fields that are kept the same, oldest first.
    public var changes: [RemoteChange]

    /// Tells what happened.
    public init(messages: [RemoteMessage] = [], changes: [RemoteChange] = []) {
        self.messages = messages
        self.changes = changes
    }
}

/// One message of a ticket as a system has it.
public struct RemoteMessage: Sendable, Hashable {
    /// The id; of no two messages of one ticket the same.
    public var id: String
    /// When it was written.
    public var time: Instant
    /// The id of who wrote it; nil when it is not known.
    public var author: String?
    /// Whether the author is of the support team; nil where only the person tells.
    public var isFromAgent: Bool?
    /// Whether the customer can read it.
    public var isPublic: Bool
    /// The way it came, such as `email`; empty when it is not known.
    public var channel: String
    /// What was written, without marks.
    public var text: RawText
    /// Whether that is HTML.
    public var isMarkup: Bool
    /// The key of the ``OutgoingMessage`` that it came of; nil for those of other people.
    public var key: String?
    /// What hangs on it.
    public var attachments: [RemoteAttachment]
    /// The people whom it mentions: the names that it has for them, by their ids.
    public var mentioned: [String: RawText] = [:]

    /// Creates a message.
    public init(
        id: String, time: Instant, author: String? = nil, isFromAgent: Bool? = nil, isPublic: Bool = true,
        channel: String = "", text: RawText, isMarkup: Bool = false, key: String? = nil,
        attachments: [RemoteAttachment] = []
    ) {
        self.id = id
        self.time = time
        self.author = author
        self.isFromAgent = isFromAgent
        self.isPublic = isPublic
        self.channel = channel
        self.text = text
        self.isMarkup = isMarkup
        self.key = key
        self.attachments = attachments
    }
}

/// What is known of a file that hangs on a message; its content stays where it is.
public struct RemoteAttachment: Sendable, Hashable {
    /// The id.
    public var id: String
    /// The name of the file.
    public var name: RawText
    /// The media type, such as `text/plain`; empty when it is not known.
    public var type: String
    /// The number of bytes; nil when it is not known.
    public var bytes: Int?

    /// Describes a file.
    public init(id: String, name: RawText, type: String = "", bytes: Int? = nil) {
        self.id = id
        self.name = name
        self.type = type
        self.bytes = bytes
    }
}

/// A person as a system knows them.
public struct RemotePerson: Sendable, Hashable {
    /// The id.
    public var id: String
    /// The name.
    public var name: RawText
    /// The mail address; nil when it is not known.
    public var email: RawText?
    /// The id of the organisation; nil when it is not known.
    public var organization: String?
    /// Whether they are of the support team.
    public var isAgent: Bool

    /// Describes a person.
    public init(id: String, name: RawText, email: RawText? = nil, organization: String? = nil, isAgent: Bool) {
        self.id = id
        self.name = name
        self.email = email
        self.organization = organization
        self.isAgent = isAgent
    }
}

/// A customer's organisation as a system knows it.
public struct RemoteOrganization: Sendable, Hashable {
    /// The id.
    public var id: String
    /// The name.
    public var name: String
    /// The domains of its people's mail addresses, as far as the system tells.
    public var domains: [String]

    /// Describes an organisation.
    public init(id: String, name: String, domains: [String] = []) {
        self.id = id
        self.name = name
        self.domains = domains
    }

    /// An organisation that the system knows by its name alone.
    init(named name: String) { self.init(id: name, name: name) }
}
