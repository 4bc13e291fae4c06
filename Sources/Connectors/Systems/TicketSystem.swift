public import Records

/// A ticket system, as the sync engine talks to it.
///
/// A conformer translates to and from one wire format and keeps no state but what makes requests cheaper: what has to survive is
/// in cursors and versions, which it hands out and gets back. It never repeats a request by itself, but for what a system answers
/// to a token that has run out: the engine repeats.
public protocol TicketSystem: Sendable {
    /// What the system offers, as its documentation says.
    var traits: SystemTraits { get }

    /// The time by the system's own clock, as far as its answers tell.
    var now: Instant { get }

    /// Tickets that changed, oldest change first: every change since the cursor at least once, some perhaps again.
    ///
    /// A ticket whose version is empty was not told in full, and is read again before anything is made of it.
    ///
    /// - Parameters:
    ///   - cursor: Where the last page ended; nil for the beginning.
    ///   - start: What changed before this time is not asked for when there is no cursor.
    func changes(after cursor: FeedCursor?, from start: Instant) async throws(SystemFault) -> FeedPage

    /// A ticket as it is now, deleted and merged ones included; nil when there is none.
    ///
    /// The id that was asked for is the id of what comes back.
    func ticket(_ id: String) async throws(SystemFault) -> RemoteTicket?

    /// All messages of tickets, in order, by the id of the ticket.
    ///
    /// - Parameter tickets: At most ``SystemTraits/messagesAtATime`` tickets.
    func messages(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: [RemoteMessage]]

    /// All that happened to tickets, by the id of the ticket.
    ///
    /// - Parameter tickets: At most ``SystemTraits/messagesAtATime`` tickets.
    /// - Throws: Also when the messages alone could be read.
    func history(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: RemoteHistory]

    /// What was left out of answers since the last call as this account may not see it: one line each, and each once.
    func takeOmissions() -> [String]

    /// People by their ids; those that the system does not know are left out.
    func people(_ ids: [String]) async throws(SystemFault) -> [RemotePerson]

    /// Customers' organisations by their ids; those that the system does not know are left out.
    func organizations(_ ids: [String]) async throws(SystemFault) -> [RemoteOrganization]

    /// Changes a ticket if it is still what was read.
    ///
    /// - Parameters:
    ///   - change: What is wanted: fields and tags, or one message; not both, as most systems take them in two requests.
    ///   - ticket: The ticket as it was read last.
    /// - Returns: The ticket as it is now, where the answer says so; nil where it has to be read again. The message is there then, and read by
    ///   those for whom it is, unless ``SystemTraits/confirmsMessages`` says that answers do not tell.
    /// - Throws: ``SystemFault/stale`` when it has changed; any other reason why it was not, or perhaps not, done.
    func write(_ change: TicketChange, to ticket: RemoteTicket) async throws(SystemFault) -> RemoteTicket?

    /// Opens a ticket.
    ///
    /// - Parameters:
    ///   - draft: The ticket.
    ///   - key: What makes a repetition the same ticket, where the system offers that; it is also what ``ticket(keyed:)`` finds.
    func create(_ draft: TicketDraft, key: String) async throws(SystemFault) -> RemoteTicket

    /// The ticket that was opened with a key; nil when there is none (yet).
    func ticket(keyed key: String) async throws(SystemFault) -> RemoteTicket?

    /// Whether a message in a ticket can be one that the team alone can read; where not, none that is meant so is written.
    ///
    /// - Parameter number: The number of the ticket; nil for any that is opened in the place that the description names.
    func hidesInternalMessages(inTicket number: String?) async throws(SystemFault) -> Bool

    /// The states, priorities and fields that exist there now.
    func vocabulary() async throws(SystemFault) -> SystemVocabulary
}

extension TicketSystem {
    /// Most systems have internal messages in all tickets.
    public func hidesInternalMessages(inTicket number: String?) async throws(SystemFault) -> Bool { true }

    /// Most systems refuse what they would have to leave out.
    public func takeOmissions() -> [String] { [] }
}

/// What a ticket system offers.
public struct SystemTraits: Sendable, Hashable {
    /// The tickets whose messages can be asked for at once.
    public var messagesAtATime: Int
    /// The seconds between two looks at the feed that the system's limits allow.
    public var feedInterval: Double
    /// Whether tickets can have tags.
    public var hasTags: Bool
    /// Whether a message can be changed after it was sent.
    public var editsMessages: Bool
    /// The seconds after which a new ticket is found by its key, whoever opened it.
    public var openingLag: Double
    /// The seconds for which a request may go on there though nobody waits for its answer any more; 0 where it does nothing that was done before.
    public var longestRequest: Double
    /// How long a message, or the text with which a ticket is opened, may be; nil where no limit is known.
    public var longestText: TextLimit?
    /// Whether the answer to a message tells that it is there; where not, that is known once it is read.
    public var confirmsMessages: Bool

    /// Describes a system.
    public init(
        messagesAtATime: Int, feedInterval: Double, hasTags: Bool,
        editsMessages: Bool, openingLag: Double = 0, longestRequest: Double = 0,
        longestText: TextLimit? = nil, confirmsMessages: Bool = true
    ) {
        self.messagesAtATime = messagesAtATime
        self.feedInterval = feedInterval
        self.hasTags = hasTags
        self.editsMessages = editsMessages
        self.openingLag = openingLag
        self.longestRequest = longestRequest
        self.longestText = longestText
        self.confirmsMessages = confirmsMessages
    }

    /// Whether messages are asked for ticket by ticket, and not in a list of them all.
    var asksOneByOne: Bool { messagesAtATime == 1 }
}

/// Where reading a feed goes on: a text that only the connector which made it understands.
public struct FeedCursor: Sendable, Hashable {
    /// What is kept.
    public var text: String

    /// Takes what was kept.
    public init(_ text: String) {
        self.text = text
    }
}

/// Some of the tickets that changed.
public struct FeedPage: Sendable {
    /// The tickets, oldest change first.
    public var tickets: [RemoteTicket]
    /// Where the next page begins.
    public var next: FeedCursor
    /// Whether there is nothing more at present.
    public var isLast: Bool
    /// Records that could not be understood, one line each; they did not stop the others.
    public var unreadable: [String]

    /// Creates a page.
    public init(tickets: [RemoteTicket], next: FeedCursor, isLast: Bool, unreadable: [String] = []) {
        self.tickets = tickets
        self.next = next
        self.isLast = isLast
        self.unreadable = unreadable
    }
}
