internal import Features

/// The words of texts, read once for all that learn from them.
struct CaseBags: Sendable {
    /// The lexicon that numbered the words as they were met.
    let lexicon: Lexicon
    /// The words of each text.
    let bags: [WordBag]

    init(_ texts: [CaseText]) {
        var lexicon = Lexicon()
        bags = lexicon.bags(of: texts)
        self.lexicon = lexicon
    }
}
