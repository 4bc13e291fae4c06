/// What past texts teach of words, for reading others: the words, the number of texts with each of their terms, and the latent space.
public struct TextBackground: Sendable {
    /// The most texts that a latent space is fitted to.
    private static let fittedTexts = 10_000
    private static let dimensions = 256

    /// The number of the rules by which texts become words and pieces; another one after each change of what a text becomes.
    public static let rules = 3

    /// The words that are known.
    public let lexicon: Lexicon
    /// The number of texts with each term of the lexicon.
    public let holders: [Int32]
    /// The number of texts.
    public let count: Int
    /// The latent space of such texts; nil where too little was said to find one.
    public let space: SubwordSpace?

    /// What no text teaches: no word is known.
    public init() {
        lexicon = Lexicon()
        holders = []
        count = 0
        space = nil
    }

    /// Learns from all words of texts.
    ///
    /// - Parameters:
    ///   - bags: The texts.
    ///   - lexicon: The lexicon that numbered their words.
    ///   - generator: The source of the random start of the directions.
    public init(_ bags: [WordBag], _ lexicon: Lexicon, using generator: inout some RandomNumberGenerator) {
        self.lexicon = lexicon
        var holders = [Int32](repeating: 0, count: lexicon.termCount)
        var last = [Int](repeating: -1, count: lexicon.termCount)
        for (text, bag) in bags.enumerated() {
            for word in bag.words {
                let term = Int(lexicon.terms[Int(word)])
                guard term >= 0, last[term] != text else { continue }
                last[term] = text
                holders[term] += 1
            }
        }
        self.holders = holders
        count = bags.count
        let fitted = min(Self.fittedTexts, bags.count)
        // Evenly spaced, so that what is learnt is of all times.
        let sample = (0..<fitted).map { bags[$0 * bags.count / fitted] }
        space = try? SubwordSpace(sample, lexicon, dimensions: Self.dimensions, using: &generator)
    }

    /// Learns from the words of texts that enough owners use, so that nothing of it tells of fewer.
    ///
    /// - Parameters:
    ///   - bags: The texts.
    ///   - lexicon: The lexicon that numbered their words.
    ///   - owners: Whose each text is.
    ///   - least: The fewest owners of texts with a word that is learnt.
    ///   - generator: The source of the random start of the directions.
    public init(
        _ bags: [WordBag], _ lexicon: Lexicon, sharedBy least: Int, owners: [Int32],
        using generator: inout some RandomNumberGenerator
    ) {
        precondition(bags.count == owners.count && least > 0, "each text has an owner")
        var found = [Int32](repeating: -1, count: lexicon.count * least)
        for (bag, owner) in zip(bags, owners) {
            for word in bag.words {
                let own = Int(word) * least..<(Int(word) + 1) * least
                if let free = own.first(where: { found[$0] < 0 || found[$0] == owner }) { found[free] = owner }
            }
        }
        var shared = Lexicon()
        var numbers = [Int32](repeating: -1, count: lexicon.count)
        for word in 0..<lexicon.count where found[(word + 1) * least - 1] >= 0 {
            numbers[word] = lexicon.withBytes(of: Int32(truncatingIfNeeded: word)) { shared.insert($0) }
        }
        let kept = bags.map { bag in
            WordBag(
                zip(bag.words, bag.counts).compactMap { word, count in
                    numbers[Int(word)] < 0 ? nil : (numbers[Int(word)], count)
                })
        }
        self.init(kept, shared, using: &generator)
    }

    /// Takes what was learnt before.
    ///
    /// - Parameters:
    ///   - words: The words in the order of their numbers.
    ///   - holders: The number of texts with each term, in the order in which words have them first.
    ///   - count: The number of texts.
    ///   - pieces: The hashes of the pieces of words, none of them 0; empty where there is no space.
    ///   - directions: The same number of numbers for each piece.
    /// - Returns: nil where these contradict each other.
    public init?(words: [String], holders: [Int32], count: Int, pieces: [UInt64], directions: [Float]) {
        var lexicon = Lexicon()
        for word in words { _ = Array(word.utf8).withUnsafeBytes { lexicon.insert($0) } }
        guard lexicon.count == words.count, !words.contains(""), holders.count == lexicon.termCount,
            holders.allSatisfy({ 0...count ~= Int($0) })
        else { return nil }
        self.lexicon = lexicon
        self.holders = holders
        self.count = count
        guard !pieces.isEmpty else {
            guard directions.isEmpty else { return nil }
            space = nil
            return
        }
        guard !directions.isEmpty, directions.count % pieces.count == 0, directions.allSatisfy(\.isFinite),
            !pieces.contains(0), Set(pieces).count == pieces.count
        else { return nil }
        var space = SubwordSpace(
            dimensions: directions.count / pieces.count, pieces: pieces, directions: directions)
        space.keepVectors(of: lexicon)
        self.space = space
    }
}
