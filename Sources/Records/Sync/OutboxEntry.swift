/// Something that was done here and is to be done in another system too.
public struct OutboxEntry: Sendable, Hashable {
    /// What is to be done.
    public enum Work: Sendable, Hashable {
        /// A field, by Casebook's name, gets a value in Casebook's words; nil empties it.
        case field(String, value: String?)
        /// Tags come and go.
        case tags(added: Set<String>, removed: Set<String>)
        /// A message.
        case message(Document, isPublic: Bool)
        /// The note with what Casebook knows: of several that wait for one ticket only the last one goes.
        case note(Document)
        /// A link to another ticket or issue: an id of the same system, or an address.
        case link(String)
        /// The ticket has to be opened there, in a project or queue.
        case opening(place: String)
        /// Nobody can tell any more, as its row is damaged: it is refused.
        case unreadable
    }

    /// How far it has come.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It is to be sent.
        case waiting
        /// It is being sent, or was when the process ended: whether it has arrived is not known.
        case sending
        /// It has arrived; what a message or a note said is not kept here.
        case done
        /// The other system had changed the same, and its change stands, or somebody was erased whose words it may hold; the text is not kept.
        case overruled
        /// The other system will not have it; a person may send it again.
        case dead
    }

    /// Its number, larger than those of earlier ones; 0 before it is kept.
    public var number: Int
    /// The name of the system.
    public var system: String
    /// The id of the ticket here.
    public var ticket: String
    /// What tells it from every other one in the other system.
    public var key: String
    /// What is to be done.
    public var work: Work
    /// How far it has come.
    public var state: State
    /// Whether it was answered, while it is being sent, that it is there; nothing has shown it since.
    public var isAnswered: Bool
    /// How often it was sent.
    public var attempts: Int
    /// The time before which it is not sent again.
    public var notBefore: Instant
    /// When it was done here.
    public var createdAt: Instant
    /// Who did it.
    public var actor: String
    /// Why it did not arrive the last time; empty when nothing was wrong.
    public var fault: RedactedText

    /// Creates an entry that waits.
    public init(
        system: String, ticket: String, key: String, work: Work, createdAt: Instant, actor: String
    ) {
        number = 0
        self.system = system
        self.ticket = ticket
        self.key = key
        self.work = work
        state = .waiting
        isAnswered = false
        attempts = 0
        notBefore = createdAt
        self.createdAt = createdAt
        self.actor = actor
        fault = RedactedText()
    }
}
