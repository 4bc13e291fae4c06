/// The words of a text and how often each was said, without their order.
public struct WordBag: Sendable, Hashable {
    /// The numbers of the words in a ``Lexicon``, distinct and ascending.
    public internal(set) var words: [Int32] = []
    /// How often each was said; words of a title count several times.
    public internal(set) var counts: [Float] = []
    /// Words that the lexicon does not have, each with its count.
    public internal(set) var unknown: [[UInt8]: Float] = [:]

    /// A bag without words.
    public init() {}

    /// Whether nothing was said.
    public var isEmpty: Bool { words.isEmpty && unknown.isEmpty }

    /// The same bag, whose words have other numbers, no two the same.
    func renumbered(_ number: (Int32) -> Int32) -> WordBag {
        WordBag(zip(words, counts).map { (number($0), $1) }, unknown: unknown)
    }

    /// Makes a bag of words as they were met, each with what it counts for.
    public init(_ met: [(word: Int32, count: Float)], unknown: [[UInt8]: Float] = [:]) {
        let met = met.sorted { $0.word < $1.word }
        words.reserveCapacity(met.count)
        counts.reserveCapacity(met.count)
        for (word, count) in met {
            if words.last == word {
                counts[counts.count - 1] += count
            } else {
                words.append(word)
                counts.append(count)
            }
        }
        self.unknown = unknown
    }
}
