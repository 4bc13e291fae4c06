/// What one step of the sync of one system changes here: all of it is kept, or nothing.
public struct SyncStep: Sendable, Hashable {
    /// A message of the other system that is known from now on.
    public struct KnownMessage: Sendable, Hashable {
        /// The id of the ticket there.
        public var remote: String
        /// The id of the message there.
        public var message: String
        /// The key of the entry of the outbox that it came of; nil for those of other people.
        public var key: String?

        /// Names a message.
        public init(remote: String, message: String, key: String? = nil) {
            self.remote = remote
            self.message = message
            self.key = key
        }
    }

    /// What somebody has written there, as it reads now.
    public struct HeardText: Sendable, Hashable {
        /// What it is of a ticket.
        public enum Part: Sendable, Hashable {
            case title, body
            /// The message with this id.
            case message(String)
            /// The field with this name.
            case field(String)
        }

        /// The id of the ticket there.
        public var remote: String
        /// What it is.
        public var part: Part
        /// What the system says, by which it is known whether it has changed.
        public var raw: RawText
        /// What is kept of it.
        public var text: RedactedText
        /// Whether the customer can read it; nil leaves that as it is.
        public var isPublic: Bool?

        /// Tells what it says.
        public init(remote: String, part: Part, raw: RawText, text: RedactedText, isPublic: Bool? = nil) {
            self.remote = remote
            self.part = part
            self.raw = raw
            self.text = text
            self.isPublic = isPublic
        }
    }

    /// A ticket that goes on from one that was closed.
    public struct FollowUp: Sendable, Hashable {
        /// The id of the ticket.
        public var ticket: String
        /// The id, in the other system, of the earlier one; nothing is kept when that is not known.
        public var earlier: String

        /// Names both.
        public init(ticket: String, earlier: String) {
            self.ticket = ticket
            self.earlier = earlier
        }
    }

    /// An entry of the outbox as it is from now on.
    public struct Progress: Sendable, Hashable {
        /// The number of the entry.
        public var number: Int
        /// How far it has come.
        public var state: OutboxEntry.State
        /// Whether it was answered that it is there; false leaves it as it is while it is being sent.
        public var isAnswered: Bool
        /// The time before which it is not sent again; nil leaves it as it is.
        public var notBefore: Instant?
        /// Why it did not arrive.
        public var fault: RedactedText

        /// Describes progress.
        public init(
            number: Int, state: OutboxEntry.State, isAnswered: Bool = false, notBefore: Instant? = nil,
            fault: RedactedText = RedactedText()
        ) {
            self.number = number
            self.state = state
            self.isAnswered = isAnswered
            self.notBefore = notBefore
            self.fault = fault
        }
    }

    /// People whom the tickets name.
    public var contacts: [Contact] = []
    /// Tickets as they are now, with the time at which they were so.
    public var tickets: [(ticket: Ticket, seenAt: Instant)] {
        get { seen.map { ($0.ticket, $0.at) } }
        set { seen = newValue.map { SeenTicket(ticket: $0.ticket, at: $0.seenAt) } }
    }
    private var seen: [SeenTicket] = []
    /// What changed in fields that ``Ticket`` does not have.
    public var events: [TicketEvent] = []
    /// Messages that came in.
    public var interactions: [Interaction] = []
    /// Messages that are known from now on, those that came in among them: these have no key, and stand in the order of ``interactions``.
    public var messages: [KnownMessage] = []
    /// What people have written, as it reads now: where it came in before and has changed since, it takes the place of what it was.
    public var texts: [HeardText] = []
    /// What both sides agree on now.
    public var links: [LinkedTicket] = []
    /// Tickets that go on from others.
    public var followUps: [FollowUp] = []
    /// How far entries of the outbox have come.
    public var progress: [Progress] = []
    /// What is to be done elsewhere because of it; an entry whose key is there already is left out.
    public var outbox: [OutboxEntry] = []
    /// What people said of incidents; of incidents that are not known nothing is kept.
    public var decisions: [LinkDecision] = []
    /// Tickets that are still to be read.
    public var unread: [UnreadTicket] = []
    /// The ids there of tickets that are not to be read any more, as they were.
    public var read: [String] = []
    /// Where reading the feed goes on; nil leaves it as it is.
    public var cursor: String?

    /// Creates a step that changes nothing.
    public init() {}

    /// Adds what another step changes, after what this one does.
    public mutating func append(_ other: SyncStep) {
        contacts += other.contacts
        seen += other.seen
        events += other.events
        interactions += other.interactions
        messages += other.messages
        texts += other.texts
        links += other.links
        followUps += other.followUps
        progress += other.progress
        outbox += other.outbox
        decisions += other.decisions
        unread += other.unread
        read += other.read
        cursor = other.cursor ?? cursor
    }

    /// Whether nothing changes.
    public var isEmpty: Bool { self == SyncStep() }

    private struct SeenTicket: Sendable, Hashable {
        var ticket: Ticket
        var at: Instant
    }
}
