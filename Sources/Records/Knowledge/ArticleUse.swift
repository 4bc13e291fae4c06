/// One use of an article.
public struct ArticleUse: Sendable, Hashable {
    /// What was done with it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Somebody read it.
        case viewed
        /// An agent linked it to a ticket.
        case linked
        /// A customer said that it answered.
        case solved
        /// A customer wrote although they had read it.
        case unsolved
    }

    /// The id of the article.
    public var article: String
    /// When.
    public var time: Instant
    /// What was done.
    public var kind: Kind
    /// The id of the ticket; nil for a reader who has none.
    public var ticket: String?

    /// Creates a use.
    public init(article: String, time: Instant, kind: Kind, ticket: String? = nil) {
        self.article = article
        self.time = time
        self.kind = kind
        self.ticket = ticket
    }
}
