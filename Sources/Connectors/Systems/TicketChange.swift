public import Records

/// What is wanted of a ticket, in the words of its system.
public struct TicketChange: Sendable, Hashable {
    /// New values; nil empties a field.
    public var fields: [TicketField: String?]
    /// Tags that are to be there.
    public var tagsAdded: Set<String>
    /// Tags that are to be gone.
    public var tagsRemoved: Set<String>
    /// Tickets or issues to link with: ids of the same system, or addresses of the web.
    public var linksAdded: Set<String>
    /// A message.
    public var message: OutgoingMessage?

    /// Creates a change.
    public init(
        fields: [TicketField: String?] = [:], tagsAdded: Set<String> = [], tagsRemoved: Set<String> = [],
        linksAdded: Set<String> = [], message: OutgoingMessage? = nil
    ) {
        self.fields = fields
        self.tagsAdded = tagsAdded
        self.tagsRemoved = tagsRemoved
        self.linksAdded = linksAdded
        self.message = message
    }
}

/// A message that goes out: a new one, or what takes the place of one that went out before.
public struct OutgoingMessage: Sendable, Hashable {
    /// What tells it from every other one, and finds it again: letters and digits.
    public var key: String
    /// What it says.
    public var document: Document
    /// Whether the customer can read it.
    public var isPublic: Bool
    /// The id, in the system, of the message whose place it takes; nil for a new one.
    public var replaces: String?

    /// Creates a message.
    public init(key: String, document: Document, isPublic: Bool, replaces: String? = nil) {
        self.key = key
        self.document = document
        self.isPublic = isPublic
        self.replaces = replaces
    }
}

/// A ticket that is to be opened.
public struct TicketDraft: Sendable, Hashable {
    /// The title.
    public var subject: RedactedText
    /// The first message.
    public var document: Document
    /// The project, queue or table it belongs to; empty for the one of the description.
    public var place: String
    /// Values in the words of the system.
    public var fields: [TicketField: String]
    /// The tags.
    public var tags: Set<String>

    /// Creates a draft.
    public init(
        subject: RedactedText, document: Document, place: String = "", fields: [TicketField: String] = [:],
        tags: Set<String> = []
    ) {
        self.subject = subject
        self.document = document
        self.place = place
        self.fields = fields
        self.tags = tags
    }
}

/// What a system knows of its own words.
public struct SystemVocabulary: Sendable, Hashable {
    /// The states of a ticket, by the word that the system sends, with what people call them.
    public var statuses: [String: String]
    /// The priorities, likewise.
    public var priorities: [String: String]
    /// The fields, by the id the system sends, with what people call them; empty where the account may not see them.
    public var fields: [String: String]
    /// The fields that this account may not write, by their ids; empty where the system does not tell.
    public var readOnlyFields: Set<String>
    /// The ids of the groups; nil where the system has none, or does not tell.
    public var groups: Set<String>?

    /// Describes a system.
    public init(
        statuses: [String: String], priorities: [String: String], fields: [String: String],
        readOnlyFields: Set<String> = [], groups: Set<String>? = nil
    ) {
        self.statuses = statuses
        self.priorities = priorities
        self.fields = fields
        self.readOnlyFields = readOnlyFields
        self.groups = groups
    }

    /// The words of states, priorities and fields, as they are kept to see what changes.
    public var words: Set<SeenWord> {
        var words: Set<SeenWord> = []
        for (kind, all) in [(SeenWord.Kind.status, statuses), (.priority, priorities), (.field, fields)] {
            words.formUnion(all.map { SeenWord(kind, $0.key, name: $0.value) })
        }
        return words
    }
}
