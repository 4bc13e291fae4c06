/// A ticket that another system has too, and what both sides last agreed on.
public struct LinkedTicket: Sendable, Hashable {
    /// What has become of it in the other system.
    public enum Fate: Sendable, Hashable {
        case present
        case deleted
        /// It lives on in the ticket with another id of that system.
        case merged(into: String)
        /// It was migrated: it lives on in another system, by its name, and is only read here for what comes late.
        case moved(to: String)
    }

    /// The name of the system.
    public var system: String
    /// The id there.
    public var remote: String
    /// The number that people there call it by.
    public var number: String
    /// The id here.
    public var ticket: String
    /// The version that was read last.
    public var version: String
    /// When it changed there last, as read.
    public var updatedAt: Instant
    /// When it was read last, by the clock of the system.
    public var readAt: Instant
    /// What has become of it there.
    public var fate: Fate
    /// The values that were read last, in Casebook's words, by the names of the fields.
    public var values: [String: String]
    /// The tags that were read last.
    public var tags: Set<String>
    /// What it was linked with when it was read last: ids or numbers of the same system, and addresses.
    public var links: Set<String>

    /// Creates a link.
    public init(
        system: String, remote: String, number: String, ticket: String, version: String, updatedAt: Instant,
        readAt: Instant, fate: Fate = .present, values: [String: String] = [:], tags: Set<String> = [],
        links: Set<String> = []
    ) {
        self.system = system
        self.remote = remote
        self.number = number
        self.ticket = ticket
        self.version = version
        self.updatedAt = updatedAt
        self.readAt = readAt
        self.fate = fate
        self.values = values
        self.tags = tags
        self.links = links
    }
}
