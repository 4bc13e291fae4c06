internal import Features

/// The terms of a text, ascending, and how often each was said.
struct TermList: Sendable {
    var terms: [Int32] = []
    var counts: [Float] = []
    /// What each count weighs.
    var weights: [Float] = []
    /// The words that have a term, by their counts.
    var length: Float = 0
    /// Distinct words of a question that no text of the index has, but for those that say nothing of what it is about.
    var unknown = 0

    init(_ bag: WordBag, _ lexicon: Lexicon) {
        var met: [(term: Int32, count: Float)] = []
        for (word, count) in zip(bag.words, bag.counts) where lexicon.terms[Int(word)] >= 0 {
            met.append((lexicon.terms[Int(word)], count))
        }
        met.sort { $0.term < $1.term }
        for (term, count) in met {
            length += count
            if terms.last == term {
                counts[counts.count - 1] += count
            } else {
                terms.append(term)
                counts.append(count)
            }
        }
        weights = counts.map(WordBag.weight)
        unknown = bag.unknown.keys.count { word in !word.withUnsafeBytes { FunctionWords.contains($0) } }
    }
}
