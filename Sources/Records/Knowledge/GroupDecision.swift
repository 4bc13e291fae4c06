/// What a person said of two tickets: that they are one issue, that they are not, or that an earlier word is taken back.
///
/// A decision stands for ever, whatever is learnt later, until a later one of the same two tickets replaces it.
public struct GroupDecision: Sendable, Hashable {
    /// What was said.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// One issue.
        case mustLink
        /// Two issues.
        case cannotLink
        /// Nothing any more: the earlier decision is undone.
        case undo
    }

    /// What was said.
    public var kind: Kind
    /// The ids of the two tickets.
    public var first: String
    /// The other.
    public var second: String
    /// When.
    public var time: Instant
    /// Who said so; empty when it is not known.
    public var actor: String

    /// Creates a decision.
    public init(kind: Kind, _ first: String, _ second: String, time: Instant, actor: String = "") {
        self.kind = kind
        self.first = first
        self.second = second
        self.time = time
        self.actor = actor
    }
}
