public import Records

/// The words of many texts, numbered in the order in which they were first met, and the terms that they are forms of.
///
/// A term is the stem that the forms of an English word share (`connect`, `connected`, `connection`); words of other languages and with digits are
/// terms of their own. Words that only hold sentences together have no term. Marks stand for facts that are no words, such as a log signature.
public struct Lexicon: Sendable {
    /// The term of a word that has none.
    public static let noTerm: Int32 = -1
    /// The first byte of a mark, which no word has.
    static let markByte: UInt8 = 1
    /// What a word counts for that a machine wrote.
    private static let pastedCount: Float = 0.5
    /// The longest word in bytes; what is longer was not written by a person, and no text has it.
    public static let longestWord = 40

    private var text: [UInt8] = []
    private var ends: [Int] = []
    private var numbers = HashedTable<Int32>(none: -1)
    private var termNumbers = HashedTable<Int32>(none: -1)
    /// The term of each word, or ``noTerm``.
    public private(set) var terms: [Int32] = []
    /// The number of terms.
    public private(set) var termCount = 0

    /// A lexicon without words.
    public init() {}

    /// The number of words.
    public var count: Int { ends.count }

    /// The word with a number.
    public func word(_ number: Int32) -> String {
        withBytes(of: number) { String(decoding: $0, as: UTF8.self) }
    }

    /// The number of a word, as it stands in the lexicon; nil where it does not.
    public func number(of word: String) -> Int32? {
        Array(word.utf8).withUnsafeBytes { number(of: $0) }
    }

    /// The same for the bytes of a word.
    public func number(of word: UnsafeRawBufferPointer) -> Int32? { numbers[WordHash.of(word)] }

    /// Whether a number stands for a mark.
    public func isMark(_ number: Int32) -> Bool {
        terms[Int(number)] == Self.noTerm && withBytes(of: number) { $0.first == Self.markByte }
    }

    /// Whether a number stands for a mark whose name begins with `e `.
    public func isEnvironment(_ number: Int32) -> Bool {
        withBytes(of: number) {
            $0.count > 2 && $0[0] == Self.markByte && $0[1] == UInt8(ascii: "e") && $0[2] == UInt8(ascii: " ")
        }
    }

    /// Calls `body` with the bytes of a word.
    func withBytes<Result>(of number: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let range = (number == 0 ? 0 : ends[Int(number) - 1])..<ends[Int(number)]
        return text.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Numbers the words of texts that belong together.
    ///
    /// A log may be a thousand times longer than what is said of it: its words count half, or all together twice as much as those of `parts` where that is less.
    ///
    /// - Parameters:
    ///   - parts: The texts, and how often each word of them counts.
    ///   - pasted: What a machine wrote.
    ///   - words: Single words, each counting once.
    ///   - marks: Facts that are no words, each counting once.
    public mutating func bag(
        of parts: [(text: RedactedText, count: Float)], pasted: RedactedText = RedactedText(), words: [String] = [],
        marks: [String] = []
    ) -> WordBag {
        var met: [(word: Int32, count: Float)] = []
        Self.forEachWord(of: parts, pasted) { met.append((insert($0), $1)) }
        for word in words { Array(word.utf8).withUnsafeBytes { met.append((insert($0), 1)) } }
        for name in marks { ([Self.markByte] + Array(name.utf8)).withUnsafeBytes { met.append((insert($0), 1)) } }
        return WordBag(met)
    }

    /// The bag of a question, from which nothing is learnt.
    public func bag(
        asking parts: [(text: RedactedText, count: Float)], pasted: RedactedText = RedactedText(), words: [String] = [],
        marks: [String] = []
    ) -> WordBag {
        var met: [(word: Int32, count: Float)] = []
        var unknown: [[UInt8]: Float] = [:]
        func take(_ bytes: UnsafeRawBufferPointer, _ count: Float) {
            if let number = numbers[WordHash.of(bytes)] {
                met.append((number, count))
            } else {
                unknown[Array(bytes), default: 0] += count
            }
        }
        Self.forEachWord(of: parts, pasted, take)
        for word in words { Array(word.utf8).withUnsafeBytes { take($0, 1) } }
        for name in marks { ([Self.markByte] + Array(name.utf8)).withUnsafeBytes { take($0, 1) } }
        return WordBag(met, unknown: unknown)
    }

    /// Calls `body` with each word of texts, and what it counts for.
    private static func forEachWord(
        of parts: [(text: RedactedText, count: Float)], _ pasted: RedactedText,
        _ body: (UnsafeRawBufferPointer, Float) -> Void
    ) {
        var said: Float = 0
        for (text, count) in parts {
            text.forEachTerm {
                guard $0.count <= longestWord else { return }
                said += count
                body($0, count)
            }
        }
        var written: Float = 0
        pasted.forEachTerm { if $0.count <= longestWord { written += 1 } }
        let count = said > 0 ? min(pastedCount, 2 * said / max(1, written)) : pastedCount
        pasted.forEachTerm { if $0.count <= longestWord { body($0, count) } }
    }

    /// Numbers the words of many texts, as doing so one after the other would.
    ///
    /// - Parameters:
    ///   - count: The number of texts.
    ///   - bag: Numbers the words of one of them.
    public mutating func bags(
        _ count: Int, _ bag: @Sendable (Int, inout Lexicon) -> WordBag
    ) -> [WordBag] {
        let parts = concurrently(count, by: 512) { range in
            var own = Lexicon()
            let bags = range.map { bag($0, &own) }
            return (bags: bags, lexicon: own)
        }
        // Words that are met first come first in their part, and parts in their order.
        let numbers = parts.map { part in
            (0..<part.lexicon.count).map { word in
                part.lexicon.withBytes(of: Int32(truncatingIfNeeded: word)) { insert($0) }
            }
        }
        return concurrently(parts.count, by: 1) { range in
            parts[range.lowerBound].bags.map { $0.renumbered { numbers[range.lowerBound][Int($0)] } }
        }.flatMap(\.self)
    }

    /// Bags of another lexicon by the numbers of this one, which takes in what it does not know: as if it had read their texts.
    ///
    /// - Parameters:
    ///   - bags: The bags, without unknown words.
    ///   - other: The lexicon that numbered their words, in the order in which they were met.
    public mutating func bags(_ bags: [WordBag], of other: Lexicon) -> [WordBag] {
        let numbers = (0..<other.count).map { word in
            other.withBytes(of: Int32(truncatingIfNeeded: word)) { insert($0) }
        }
        return concurrently(each: bags.count, by: 512) { bags[$0].renumbered { numbers[Int($0)] } }
    }

    /// The number of a word, which is taken in where it is not there yet.
    public mutating func insert(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        let hash = WordHash.of(bytes)
        if let known = numbers[hash] { return known }
        let number = Int32(truncatingIfNeeded: ends.count)
        numbers.update(hash) { $0 = number }
        text.append(contentsOf: bytes)
        ends.append(text.count)
        terms.append(term(of: bytes))
        return number
    }

    private mutating func term(of bytes: UnsafeRawBufferPointer) -> Int32 {
        if bytes.first == Self.markByte || FunctionWords.contains(bytes) { return Self.noTerm }
        let hash = Self.stemHash(of: bytes)
        if let known = termNumbers[hash] { return known }
        let number = Int32(truncatingIfNeeded: termCount)
        termNumbers.update(hash) { $0 = number }
        termCount += 1
        return number
    }

    /// A hash of the stem of a word, whether the lexicon has it or not.
    public static func stemHash(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { stem in
            _ = stem.initialize(fromContentsOf: bytes)
            let count = EnglishStemmer.stem(stem)
            return WordHash.of(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(stem)[..<count]))
        }
    }
}
