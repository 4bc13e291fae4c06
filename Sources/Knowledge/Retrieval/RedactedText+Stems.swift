internal import Features
internal import Records

extension RedactedText {
    /// The hashes of the stems of all words of some texts, but for those that only hold sentences together.
    static func stems(of texts: [RedactedText]) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for text in texts {
            text.forEachTerm { if !FunctionWords.contains($0) { found.insert(Lexicon.stemHash(of: $0)) } }
        }
        return found
    }
}
