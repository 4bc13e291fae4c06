internal import Features
public import Records

/// What agents wrote of how a case was resolved.
public struct ToldSolution: Sendable, Hashable {
    /// The fewest distinct terms of a text that tells a solution; `done` and `fixed, closing` tell none.
    private static let fewestTerms = 3
    /// Those of a note that cases about one issue have, where no message tells more.
    ///
    /// One word tells that something was done and not to what, and who closes with `done` may see few issues.
    private static let fewestTermsOfOneIssue = 2

    /// How long after the state of a case, in seconds, the message arrives that goes with it.
    private static let closing = 3_600.0

    /// The sentences, word for word.
    public var sentences: [RedactedText]
    /// When it was first said; when the case was resolved where only its note says so.
    public var saidAt: Instant
    /// Whether only an internal message says it, so that no customer may read it; cases of another customer must tell it as well.
    public var isForTeamAlone = false

    /// Looks for what resolved a case: its resolution note or, where that says nothing, the last message of an agent before it was resolved or with that,
    /// be it an internal one where the customer was told nothing.
    ///
    /// - Parameters:
    ///   - supportCase: The case.
    ///   - words: What was said in it.
    ///   - phrases: What agents say about anything.
    /// - Returns: nil for a case that is open, or whose agents tell nothing.
    init?(of supportCase: SupportCase, _ words: CaseWords, _ phrases: StockPhrases) {
        guard let resolvedAt = supportCase.ticket.resolvedAt else { return nil }
        let messages = Self.messages(of: supportCase, words, until: resolvedAt).filter { $0.side == .agent }
        for stock in [phrases.likely, phrases.certainInNotes] {
            let note = Self.telling(words.resolution, stock)
            if note.isEmpty { continue }
            // The customer knew it when an agent had told them so much of it.
            let wanted = messages.isEmpty ? [] : RedactedText.stems(of: note)
            let first = messages.first { message in
                Self.says(message.said.filter { note.contains($0) || !phrases.likely.contains($0.string) }, wanted)
            }
            self.init(sentences: note, saidAt: first?.time ?? resolvedAt)
            return
        }
        let closing = Self.closingMessages(of: supportCase, words, at: resolvedAt)
        for stock in [phrases.likely, phrases.certain] {
            for message in (messages + closing).reversed() {
                let said = Self.telling(message.said, stock)
                if !said.isEmpty {
                    self.init(sentences: said, saidAt: message.time)
                    return
                }
            }
        }
        let short = words.resolution.filter { phrases.ofOneIssue.contains($0.string) && !Repetition.isOne($0) }
        if RedactedText.hold(Self.fewestTermsOfOneIssue, stemsIn: short) {
            self.init(sentences: short, saidAt: resolvedAt)
            return
        }
        let notes = Self.messages(of: supportCase, words, isPublic: false, until: resolvedAt).filter {
            $0.side == .agent
        }
        for message in notes.reversed() {
            let said = Self.telling(message.said, phrases.likely)
            if !said.isEmpty {
                self.init(sentences: said, saidAt: message.time)
                isForTeamAlone = true
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
        in supportCase: SupportCase, _ words: CaseWords, before solution: ToldSolution, _ phrases: StockPhrases
    ) -> [ToldSolution] {
        let messages = messages(of: supportCase, words, until: supportCase.ticket.resolvedAt ?? solution.saidAt)
        let answered = zip(messages, messages.dropFirst()).filter { $0.side == .agent && $1.side == .customer }
        guard !answered.isEmpty else { return [] }
        let wanted = RedactedText.stems(of: solution.sentences)
        return answered.compactMap { message, _ in
            let said = telling(message.said, phrases.likely)
            guard !says(said, wanted) else { return nil }
            return said.isEmpty ? nil : ToldSolution(sentences: said, saidAt: message.time)
        }
    }

    /// What the customer of a case replied to an agent who had told something, but for what was said between a solution and more that was told.
    static func replies(
        in supportCase: SupportCase, _ words: CaseWords, to solution: ToldSolution, _ phrases: StockPhrases
    ) -> [ReplyMeaning.Reply] {
        let messages = messages(of: supportCase, words, until: supportCase.lastAt)
        guard messages.contains(where: { $0.side == .customer }) else { return [] }
        let told = messages.map { $0.side == .agent ? telling($0.said, phrases.likely) : [] }
        let last = told.lastIndex { !$0.isEmpty } ?? -1
        let wanted = RedactedText.stems(of: solution.sentences)
        let resolvedAt = supportCase.ticket.resolvedAt ?? supportCase.lastAt
        var isSolutionTold: Bool?
        return messages.indices.compactMap { place in
            if !told[place].isEmpty { isSolutionTold = says(told[place], wanted) }
            let message = messages[place]
            guard message.side == .customer, !message.said.isEmpty else { return nil }
            let isFollowed = place < last
            if message.time > resolvedAt {
                return ReplyMeaning.Reply(
                    said: message.said, goesOn: isFollowed || supportCase.isReopened, isLate: true)
            }
            guard let isSolutionTold, !(isSolutionTold && isFollowed) else { return nil }
            return ReplyMeaning.Reply(said: message.said, goesOn: !isSolutionTold, isLate: false)
        }
    }

    private typealias Message = (side: Interaction.Side, time: Instant, said: [RedactedText])

    private static func messages(
        of supportCase: SupportCase, _ words: CaseWords, isPublic: Bool = true, until end: Instant
    ) -> [Message] {
        zip(supportCase.messages, words.messages).compactMap { message, said in
            message.isPublic == isPublic && message.side != .system && message.time <= end
                ? (message.side, message.time, said) : nil
        }
    }

    /// What agents told the customer as they resolved the case, where the state was set first: what came within the hour and before the customer wrote again.
    private static func closingMessages(of supportCase: SupportCase, _ words: CaseWords, at resolvedAt: Instant)
        -> [Message]
    {
        let end = Instant(seconds: resolvedAt.seconds + closing)
        return Array(
            messages(of: supportCase, words, until: end).drop { $0.time <= resolvedAt }.prefix { $0.side == .agent })
    }

    /// Whether a message says half of some terms.
    private static func says(_ said: [RedactedText], _ wanted: Set<UInt64>) -> Bool {
        2 * RedactedText.stems(of: telling(said, [])).intersection(wanted).count >= wanted.count
    }

    /// All of it.
    var text: RedactedText { sentences.count == 1 ? sentences[0] : RedactedText(joining: sentences) }

    /// The sentences that are no stock phrases and name no other case; none where they say too little.
    private static func telling(_ said: [RedactedText], _ stock: Set<String>) -> [RedactedText] {
        let sentences = said.filter { !stock.contains($0.string) && !Repetition.isOne($0) }
        return RedactedText.hold(fewestTerms, stemsIn: sentences) ? sentences : []
    }
}
