/// The words of a system for something, and Casebook's.
public struct WordMap: Sendable, Hashable {
    /// Casebook's word by the system's; a word that is not here stays as it is.
    private var ours: [String: String]
    /// The system's word by Casebook's: the first that was named for it.
    private var theirs: [String: String]

    /// Creates a map.
    ///
    /// - Parameter pairs: A word of the system and Casebook's word for it. Of two pairs with one word of the system the first holds; of several words for one of
    ///   Casebook's the first is written.
    public init(_ pairs: [(theirs: String, ours: String)] = []) {
        let ours = Dictionary(pairs.map { ($0.theirs, $0.ours) }, uniquingKeysWith: { first, _ in first })
        self.ours = ours
        // A word that means something else by now is not written for what it meant.
        theirs = Dictionary(
            pairs.filter { ours[$0.theirs] == $0.ours }.map { ($0.ours, $0.theirs) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Casebook's word for one of the system's; the same word where none is named.
    public func ours(_ word: String) -> String { ours[word] ?? word }

    /// The system's word for one of Casebook's; the same word where none is named.
    public func theirs(_ word: String) -> String { theirs[word] ?? word }

    /// Whether a word of the system has one of Casebook's.
    public func knows(_ word: String) -> Bool { ours[word] != nil }

    /// Whether one of Casebook's words has one of the system's.
    public func names(_ word: String) -> Bool { theirs[word] != nil }

    /// The words of the system that are named.
    public var known: Set<String> { Set(ours.keys) }
}
