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
    private(set) var unknown = 0
    /// What these count, up to 1 each, in sum and in the sum of squares.
    private(set) var unknownSum: Float = 0
    private(set) var unknownSquare: Float = 0

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
        let unheard = bag.unknown.filter { word, _ in !word.withUnsafeBytes { FunctionWords.contains($0) } }
        unknown = unheard.count
        // Sorted, as sums of floating-point numbers depend on the order.
        for count in unheard.values.map({ min(1, $0) }).sorted() {
            unknownSum += count
            unknownSquare += count * count
        }
    }

    /// Takes marks off what is unknown, each of which counts once.
    mutating func dropUnknown(marks: Int) {
        unknown -= marks
        unknownSum -= Float(marks)
        unknownSquare -= Float(marks)
    }
}
