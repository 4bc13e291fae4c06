/// A form in which a system takes text.
public enum Markup: String, Sendable, Hashable {
    case text
    case html
    /// The Atlassian Document Format.
    case adf
    /// The markup of MediaWiki.
    case wikitext
}
