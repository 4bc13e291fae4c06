/// An article that people can read, as a desk's knowledge base lists it.
public struct ArticlePublication: Sendable, Hashable {
    /// The id.
    public var id: String
    /// When people could first read it.
    public var publishedAt: Instant
    /// The title.
    public var title: RedactedText
    /// The ids of tickets that it is about.
    public var tickets: [String]

    /// Creates an article.
    public init(id: String, publishedAt: Instant, title: RedactedText = RedactedText(), tickets: [String] = []) {
        self.id = id
        self.publishedAt = publishedAt
        self.title = title
        self.tickets = tickets
    }
}
