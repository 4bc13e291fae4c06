internal import Features
internal import Glibc
internal import Records

/// A sentence that somebody said in a case.
struct SaidSentence: Sendable {
    /// The number of the case among those of the group.
    var member: Int
    /// The sentence, word for word.
    var text: RedactedText
    /// Its terms, ascending.
    var terms: [Int32]
    /// The number of its words; where no blanks put words apart, half that of the pieces of two characters.
    var words: Int

    /// The sentences of a message that may stand in an article.
    ///
    /// - Parameters:
    ///   - message: What was said.
    ///   - member: The number of the case.
    ///   - isWhole: Whether the message is one sentence, as a title is.
    ///   - isOpening: Whether it opens the case.
    ///   - isWanted: Which of them are looked for.
    static func of(
        _ message: RedactedText, member: Int, isWhole: Bool = false, isOpening: Bool, _ lexicon: Lexicon,
        _ privacy: WordPrivacy,
        where isWanted: (RedactedText) -> Bool = { _ in true }
    ) -> [SaidSentence] {
        let parts = isWhole ? [message] : MessageWords(message, isOpening: isOpening).said
        return parts.compactMap { text in
            guard isWanted(text), privacy.allows(text) else { return nil }
            let bag = lexicon.bag(asking: [(text, 1)])
            let terms = Set(bag.words.map { lexicon.terms[Int($0)] }).subtracting([Lexicon.noTerm])
            var words = 0.0
            text.forEachTerm { words += WordCharacter(at: 0, in: $0).kind == .unspaced ? 0.5 : 1 }
            guard !terms.isEmpty else { return nil }
            return SaidSentence(member: member, text: text, terms: terms.sorted(), words: Int(words.rounded(.up)))
        }
    }
}

/// Chooses few sentences that say most of what tells a group, with a budget of words.
///
/// Greedy choice by gain a word (Lin and Bilmes 2011, "A class of submodular functions for document summarization"): the gain of a sentence is the sum of the weights of its terms,
/// each term counting .3 of what it did before for every time that it was said already.
struct SentenceChoice {
    /// What a term counts for that was said before.
    private static let repetition = 0.3
    /// The fewest words of a sentence that says something by itself.
    private static let fewestWords = 3
    /// The least that a sentence says of a group for its length, of what the best one says: pleas for help, which anybody writes, say a twentieth of it.
    private static let leastShare = 0.1

    private var said: [Int32: Int] = [:]

    /// The sentences chosen, in the order of choice.
    ///
    /// - Parameters:
    ///   - sentences: Those to choose from.
    ///   - weights: The weights of terms.
    ///   - budget: The most words.
    mutating func choose(
        from sentences: [SaidSentence], weights: [Int32: Double], budget: Int
    ) -> [SaidSentence] {
        var chosen: [SaidSentence] = []
        var left = budget
        let long = sentences.filter { $0.words >= Self.fewestWords }
        func share(_ sentence: SaidSentence) -> Double {
            sentence.terms.reduce(0) { $0 + (weights[$1] ?? 0) } / Double(sentence.words)
        }
        let least = Self.leastShare * (long.lazy.map(share).max() ?? 0)
        // What is left out for its length stays so, as the budget only shrinks.
        var rest = long.filter { $0.words <= budget && share($0) >= least }
        while !rest.isEmpty {
            var best: (gain: Double, place: Int)?
            for (place, sentence) in rest.enumerated() {
                let gain = sentence.terms.reduce(0) { $0 + self.gain(of: $1, weights) } / Double(sentence.words)
                if gain > best?.gain ?? 0 { best = (gain, place) }
            }
            guard let best else { break }
            let sentence = rest[best.place]
            chosen.append(sentence)
            for term in sentence.terms { said[term, default: 0] += 1 }
            left -= sentence.words
            rest.removeAll { $0.words > left || $0.text == sentence.text }
        }
        return chosen
    }

    /// The sentence that says the most for its length, which counts by its square root, among some of which none has more words than given.
    ///
    /// - Parameters:
    ///   - first: Those to choose from.
    ///   - second: Those to choose from where none of `first` says anything beside them; of these a sentence says something by itself, unlike a field of a form.
    mutating func best(
        _ first: [SaidSentence], orElse second: [SaidSentence], weights: [Int32: Double], words: Int
    ) -> SaidSentence? {
        func best(of sentences: [SaidSentence]) -> (gain: Double, sentence: SaidSentence)? {
            var best: (gain: Double, sentence: SaidSentence)?
            for sentence in sentences where sentence.words <= words && sentence.words > 1 {
                let sum = sentence.terms.reduce(0) { $0 + (weights[$1] ?? 0) }
                let gain = sum / Double(sentence.words).squareRoot()
                if gain > best?.gain ?? 0 { best = (gain, sentence) }
            }
            return best
        }
        let (one, other) = (best(of: first), best(of: second.filter { $0.words >= Self.fewestWords }))
        let isTelling = one.map { $0.gain >= Self.leastShare * (other?.gain ?? 0) } ?? false
        guard let chosen = isTelling ? one : other else { return nil }
        for term in chosen.sentence.terms { said[term, default: 0] += 1 }
        return chosen.sentence
    }

    private func gain(of term: Int32, _ weights: [Int32: Double]) -> Double {
        guard let weight = weights[term] else { return 0 }
        return weight * pow(Self.repetition, Double(said[term] ?? 0))
    }
}
