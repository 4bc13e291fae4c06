/// A knowledge base in which articles are pages.
///
/// Every method throws ``SystemFault``; one that leaves doubt is looked into by the next run. None writes over a text that it was not
/// shown: where the knowledge base has no guard against that, the page is read once more right before.
public protocol KnowledgeBase: Sendable {
    /// The form in which it takes text.
    var markup: Markup { get }
    /// What it does with drafts.
    var drafts: DraftKeeping { get }

    /// A page by its id; nil when it is not there, or not visible to this account.
    func page(_ id: String) async throws(SystemFault) -> KnowledgePage?

    /// Looks whether the page of an article is there already.
    ///
    /// - Parameters:
    ///   - key: What the page is found by.
    ///   - title: Its title.
    func look(for key: String, titled title: String) async throws(SystemFault) -> PageThere

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - text: What it says.
    ///   - state: `draft` or `published`.
    /// - Returns: The page as it was read back.
    func create(_ text: PageText, as state: KnowledgePage.State) async throws(SystemFault) -> KnowledgePage

    /// Changes a page.
    ///
    /// - Parameters:
    ///   - page: The page as it was read before.
    ///   - text: What it says from now on.
    ///   - state: `draft` or `published`.
    /// - Returns: The page as it was read back; its id may be another one.
    /// - Throws: ``SystemFault/stale`` when somebody has changed it since.
    func update(_ page: KnowledgePage, to text: PageText, as state: KnowledgePage.State) async throws(SystemFault)
        -> KnowledgePage

    /// Takes a page out of use; nothing is lost by it.
    ///
    /// - Throws: ``SystemFault/stale`` when somebody has changed it since it was read.
    func retire(_ page: KnowledgePage, key: String) async throws(SystemFault)

}

/// What a knowledge base does with drafts.
public enum DraftKeeping: Sendable, Hashable {
    /// It has none.
    case none
    /// It keeps them, and finds them again only by their ids.
    case unlisted
    /// It keeps them, and finds them.
    case listed
}

/// A page of a knowledge base as it was read.
public struct KnowledgePage: Sendable, Hashable {
    /// Who can read it.
    public enum State: String, Sendable, Hashable {
        /// Those who write.
        case draft
        /// Those who write; somebody has to approve of it.
        case review
        /// Everybody whom the knowledge base is meant for.
        case published
        /// Nobody without looking for it.
        case retired
    }

    /// Its id there.
    public var id: String
    /// What the knowledge base calls its present state.
    public var revision: String
    /// Who can read it.
    public var state: State
    /// What its text is known by.
    public var fingerprint: PageFingerprint

    /// Describes a page.
    public init(id: String, revision: String, state: State, fingerprint: PageFingerprint) {
        self.id = id
        self.revision = revision
        self.state = state
        self.fingerprint = fingerprint
    }
}

/// What stands where an article belongs.
public enum PageThere: Sendable, Hashable {
    case nothing
    /// The page of the article.
    case page(KnowledgePage)
    /// A page of somebody else that has its title.
    case foreign
}
