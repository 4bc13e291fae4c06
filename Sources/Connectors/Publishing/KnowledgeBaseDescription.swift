public import Records

/// How one knowledge base is reached and whom it is meant for: one entry of the file that `casebook publish` reads.
public struct KnowledgeBaseDescription: Sendable {
    /// What kind of knowledge base it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case mediawiki
        case helpCenter = "zendesk-help-center"
        case servicenow
        case confluence
    }

    /// What Casebook calls it.
    public var name: String
    /// What kind it is.
    public var kind: Kind
    /// The address.
    public var address: String
    /// The account; empty where the secret says it all.
    public var user: String
    /// The secret of the account.
    public var secret: Secret
    /// Where articles go.
    ///
    /// Help Center: a locale, a slash and the id of a section; Confluence: the id of a space; ServiceNow: the
    /// `sys_id` of a knowledge base; MediaWiki: what the names of the pages begin with, which may be empty.
    public var place: String
    /// Who can read it.
    public var audience: Article.Audience
    /// Whether drafts go there too, as drafts, where it keeps them apart.
    public var takesDrafts: Bool

    /// Describes a knowledge base.
    public init(
        name: String, kind: Kind, address: String, user: String = "", secret: Secret, place: String,
        audience: Article.Audience, takesDrafts: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.address = address
        self.user = user
        self.secret = secret
        self.place = place
        self.audience = audience
        self.takesDrafts = takesDrafts
    }

    /// The way to it.
    ///
    /// - Parameters:
    ///   - environment: Where a secret may stand.
    ///   - clock: Tells the time.
    /// - Throws: ``DescriptionError`` when the secret is not to be had.
    public func open(
        environment: [String: String], clock: @escaping @Sendable () -> Instant
    ) throws(DescriptionError) -> any KnowledgeBase {
        let secret = try secret.value(in: environment)
        return switch kind {
        case .mediawiki: MediaWikiBase(self, secret: secret, clock: clock)
        case .helpCenter: HelpCenterBase(self, secret: secret, clock: clock)
        case .servicenow: ServiceNowBase(self, secret: secret, clock: clock)
        case .confluence: ConfluenceBase(self, secret: secret, clock: clock)
        }
    }
}
