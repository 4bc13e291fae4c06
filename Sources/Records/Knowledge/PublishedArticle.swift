/// What is known of an article in a knowledge base: what was sent last, and what stood there then.
public struct PublishedArticle: Sendable, Hashable {
    /// How far it has come.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It is being written there for the first time, or was when the process ended: whether it has arrived is not known.
        case creating
        /// It is being changed there, or was when the process ended.
        case updating
        /// It is being taken out of use there, or was when the process ended.
        case retiring
        /// It is there, for those who write alone.
        case draft
        /// It is there, and somebody has to approve of it before others see it.
        case review
        /// Everybody whom the knowledge base is meant for can read it.
        case published
        /// It was taken out of use.
        case retired

        /// Whether a request had left whose end is not known.
        public var isInDoubt: Bool { self == .creating || self == .updating || self == .retiring }
    }

    /// The name of the knowledge base.
    public var base: String
    /// The id of the article here.
    public var article: String
    /// The id of the page there; empty as long as it is not known.
    public var remote: String
    /// The version of the article that was sent last.
    public var version: Int
    /// What the knowledge base calls the state of the page that was read last.
    public var revision: String
    /// The hash of the page as it was read back last; empty before that.
    public var hash: String
    /// The hash of the words that were sent last, whatever the knowledge base makes of the markup.
    public var sent: String
    /// The hash of the text that was sent last, to the letter; empty where that is not known.
    public var sentText: String
    /// How far it has come.
    public var state: State
    /// Why a person has to look at both texts; empty where nobody has to.
    public var conflict: String
    /// When it was sent last.
    public var publishedAt: Instant

    /// Describes an article in a knowledge base.
    public init(
        base: String, article: String, remote: String = "", version: Int, revision: String = "", hash: String = "",
        sent: String, sentText: String = "", state: State, conflict: String = "", publishedAt: Instant
    ) {
        self.base = base
        self.article = article
        self.remote = remote
        self.version = version
        self.revision = revision
        self.hash = hash
        self.sent = sent
        self.sentText = sentText
        self.state = state
        self.conflict = conflict
        self.publishedAt = publishedAt
    }
}
