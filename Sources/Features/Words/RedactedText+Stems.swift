public import Records

extension RedactedText {
    /// The hashes of the stems of all words of some texts, but for those that only hold sentences together.
    public static func stems(of texts: [RedactedText]) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for text in texts {
            text.forEachTerm { if !FunctionWords.contains($0) { found.insert(Lexicon.stemHash(of: $0)) } }
        }
        return found
    }

    /// Whether these are so many at least; only as many words are read as tell.
    public static func hold(_ count: Int, stemsIn texts: [RedactedText]) -> Bool {
        var found: [UInt64] = []
        for text in texts where found.count < count {
            text.forEachTerm { word in
                guard found.count < count, !FunctionWords.contains(word) else { return }
                let stem = Lexicon.stemHash(of: word)
                if !found.contains(stem) { found.append(stem) }
            }
        }
        return found.count >= count
    }
}
