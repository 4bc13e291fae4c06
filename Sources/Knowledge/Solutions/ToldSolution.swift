internal import Features
public import Records

/// What agents wrote of how a case was resolved.
public struct ToldSolution: Sendable, Hashable {
    /// The fewest distinct terms of a text that tells a solution; `done` and `fixed, closing` tell none.
    private static let fewestTerms = 3

    /// The sentences, word for word.
    public var sentences: [RedactedText]
    /// When it was first said; when the case was resolved where only its note says so.
    public var saidAt: Instant

    /// Looks for what resolved a case: its resolution note or, where that says nothing, the last message of an agent before it was resolved.
    ///
    /// - Returns: nil for a case that is open, or whose agents tell nothing.
    public init?(of supportCase: SupportCase) {
        guard let resolvedAt = supportCase.ticket.resolvedAt else { return nil }
        let messages = supportCase.messages.filter {
            $0.side == .agent && $0.isPublic && $0.time <= resolvedAt
        }
        let note = Self.sentences(of: supportCase.ticket.resolution)
        if !note.isEmpty {
            sentences = note
            // The customer knew it when an agent had told them so much of it.
            let terms = Self.terms(of: note)
            let first = messages.first { message in
                let said = Self.terms(of: Self.sentences(of: message.text))
                return 2 * said.intersection(terms).count >= terms.count
            }
            saidAt = first?.time ?? resolvedAt
            return
        }
        for message in messages.reversed() {
            let said = Self.sentences(of: message.text)
            guard !said.isEmpty else { continue }
            sentences = said
            saidAt = message.time
            return
        }
        return nil
    }

    /// All of it.
    var text: RedactedText { sentences.count == 1 ? sentences[0] : RedactedText(joining: sentences) }

    private static func sentences(of text: RedactedText) -> [RedactedText] {
        let said = MessageWords(text)
        let sentences = said.sentences.map { said.text[bytes: $0] }
        return terms(of: sentences).count >= fewestTerms ? sentences : []
    }

    private static func terms(of sentences: [RedactedText]) -> Set<Int32> {
        var lexicon = Lexicon()
        let bag = lexicon.bag(of: sentences.map { ($0, 1) })
        return Set(bag.words.map { lexicon.terms[Int($0)] }).subtracting([Lexicon.noTerm])
    }
}
