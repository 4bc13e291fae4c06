public import Records

extension TicketArrival {
    /// What is known here.
    public struct Known: Sendable {
        /// What both sides last agreed on; nil when the ticket is new here.
        public var link: LinkedTicket?
        /// The ticket as it is here; nil when it is new here.
        public var ticket: Ticket?
        /// The fields in which people write that read as they did when they were heard last.
        public var unchanged: Set<SyncStep.HeardText.Part>
        /// The ids of the messages that are known, each with the key of the entry of the outbox that it came of, if it did.
        public var messages: [String: String?]
        /// What still waits to be sent there, in order, and the entries whose keys stand in the messages.
        public var outbox: [OutboxEntry]
        /// The numbers of the entries of which it was answered that they have arrived.
        public var answered: Set<Int>
        /// The fields of which the system has refused a value that was set here.
        public var refused: Set<String>
        /// The system in which the ticket lives now, when it was migrated; nil when it was not.
        public var home: String?

        /// States what is known.
        public init(
            link: LinkedTicket? = nil, ticket: Ticket? = nil, unchanged: Set<SyncStep.HeardText.Part> = [],
            messages: [String: String?] = [:],
            outbox: [OutboxEntry] = [], answered: Set<Int> = [], refused: Set<String> = [],
            home: String? = nil
        ) {
            self.link = link
            self.ticket = ticket
            self.unchanged = unchanged
            self.messages = messages
            self.outbox = outbox
            self.answered = answered
            self.refused = refused
            self.home = home
        }
    }

    /// Who is who in the system.
    public struct People: Sendable {
        /// The people, by their ids.
        public var known: [String: RemotePerson]
        /// The accounts that people belong to, by the ids of the people.
        public var accounts: [String: String]
        /// The accounts that organisations are, by the ids of the organisations.
        public var companies: [String: String]

        /// States who is who.
        public init(
            known: [String: RemotePerson] = [:], accounts: [String: String] = [:], companies: [String: String] = [:]
        ) {
            self.known = known
            self.accounts = accounts
            self.companies = companies
        }
    }
}
