/// A word that a ticket system has for something.
public struct SeenWord: Sendable, Hashable {
    /// What words are for.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case status
        case priority
        case field
    }

    /// What it is for.
    public var kind: Kind
    /// What the system sends.
    public var word: String
    /// What people there call it.
    public var name: String

    /// Describes a word.
    public init(_ kind: Kind, _ word: String, name: String) {
        self.kind = kind
        self.word = word
        self.name = name
    }
}
