/// What was done with an article in a knowledge base.
public struct PublishOutcome: Sendable, Hashable {
    /// What was done, or in a dry run would be.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        case create
        case update
        case retire
        case nothing
        /// Somebody has to approve of it there.
        case held
        /// A person has to look at both texts.
        case conflict
        /// It was not done; the reason says why.
        case failed
    }

    /// The id of the article.
    public var article: String
    /// The version that counts; 0 when the article is gone.
    public var version: Int
    /// What was done.
    public var action: Action
    /// Why; empty where the action says it all.
    public var reason: String
    /// The id of the page there; empty where there is none.
    public var page: String
    /// Whether another try may succeed where it has failed.
    public var isPassing: Bool
}
