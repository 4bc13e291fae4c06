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
    /// - Parameters:
    ///   - supportCase: The case.
    ///   - phrases: What agents say about anything.
    /// - Returns: nil for a case that is open, or whose agents tell nothing.
    init?(of supportCase: SupportCase, _ phrases: StockPhrases) {
        guard let resolvedAt = supportCase.ticket.resolvedAt else { return nil }
        let messages = Self.publicMessages(of: supportCase, until: resolvedAt).filter { $0.side == .agent }
        let note = Self.sentences(of: supportCase.ticket.resolution, phrases)
        if !note.isEmpty {
            // The customer knew it when an agent had told them so much of it.
            let first = messages.first { Self.says($0.text, note, phrases) }
            self.init(sentences: note, saidAt: first?.time ?? resolvedAt)
            return
        }
        for message in messages.reversed() {
            let said = Self.sentences(of: message.text, phrases)
            if !said.isEmpty {
                self.init(sentences: said, saidAt: message.time)
                return
            }
        }
        return nil
    }

    private init(sentences: [RedactedText], saidAt: Instant) {
        self.sentences = sentences
        self.saidAt = saidAt
    }

    /// What agents told the customer of a case in vain: messages that the customer answered, and that say something else than what resolved it.
    static func attempts(
        in supportCase: SupportCase, before solution: ToldSolution, _ phrases: StockPhrases
    ) -> [ToldSolution] {
        let messages = publicMessages(of: supportCase, until: supportCase.ticket.resolvedAt ?? solution.saidAt)
        return zip(messages, messages.dropFirst()).compactMap { message, next in
            guard message.side == .agent, next.side == .customer, !says(message.text, solution.sentences, phrases)
            else { return nil }
            let said = sentences(of: message.text, phrases)
            return said.isEmpty ? nil : ToldSolution(sentences: said, saidAt: message.time)
        }
    }

    private static func publicMessages(of supportCase: SupportCase, until end: Instant) -> [Interaction] {
        supportCase.messages.filter { $0.isPublic && $0.side != .system && $0.time <= end }
    }

    /// Whether a message says half of what some sentences do.
    private static func says(
        _ message: RedactedText, _ sentences: [RedactedText], _ phrases: StockPhrases
    ) -> Bool {
        let wanted = terms(of: sentences)
        return 2 * terms(of: Self.sentences(of: message, phrases)).intersection(wanted).count >= wanted.count
    }

    /// All of it.
    var text: RedactedText { sentences.count == 1 ? sentences[0] : RedactedText(joining: sentences) }

    private static func sentences(of text: RedactedText, _ phrases: StockPhrases) -> [RedactedText] {
        let sentences = MessageWords(text).said.filter { !phrases.contains($0) }
        return terms(of: sentences).count >= fewestTerms ? sentences : []
    }

    private static func terms(of sentences: [RedactedText]) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for sentence in sentences {
            sentence.forEachTerm { if !FunctionWords.contains($0) { found.insert(Lexicon.stemHash(of: $0)) } }
        }
        return found
    }
}
