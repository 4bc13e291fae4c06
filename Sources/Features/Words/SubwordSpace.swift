public import Glibc
internal import Records

/// Directions of meaning that texts are measured along, so that texts with no word in common can be near each other.
///
/// Latent semantic analysis (Deerwester, Dumais, Furnas, Landauer and Harshman 1990) on the pieces of words instead of the words: a text is the
/// sum of the runs of two to four characters of its words, letters of Latin beyond ASCII counting as two, and of the words themselves, each by
/// `count · (1 + ln((1 + n) / (1 + df)))`, a word that is said k times counting
/// `1 + ln k`; rows of unit length; the directions are the leading right singular vectors. Forms and misspellings of a word share most of their
/// pieces, whatever the language is, and a word that was never seen lies where its pieces do (as in Bojanowski, Grave, Joulin and Mikolov 2017).
public struct SubwordSpace: Sendable {
    /// The number of directions.
    public let dimensions: Int
    /// The row of each piece in ``directions``, by the hash of the piece.
    var rows: HashedTable<Int32>
    /// The hashes of the pieces, in the order of their rows.
    public let pieces: [UInt64]
    /// One row of `dimensions` numbers a piece, with the weight of the piece.
    public let directions: [Float]
    /// The sum of the rows of its pieces, for each word of the lexicon that was there when it was fitted.
    private var wordVectors: [Float] = []
    private var wordCount = 0

    init(dimensions: Int, pieces: [UInt64], directions: [Float]) {
        self.dimensions = dimensions
        self.pieces = pieces
        self.directions = directions
        rows = HashedTable(none: -1)
        for (row, piece) in pieces.enumerated() { rows.update(piece) { $0 = Int32(truncatingIfNeeded: row) } }
    }

    /// Keeps the vectors of the words of a lexicon, so that texts are encoded faster; what they become stays the same.
    mutating func keepVectors(of lexicon: Lexicon) {
        let (space, dimensions) = (self, dimensions)
        let vectors = concurrently(lexicon.count, by: 4_096) { words in
            var vectors = [Float](repeating: 0, count: words.count * dimensions)
            vectors.withUnsafeMutableBufferPointer { vectors in
                for word in words {
                    let start = (word - words.lowerBound) * dimensions
                    lexicon.withBytes(of: Int32(truncatingIfNeeded: word)) {
                        space.add($0, 1, to: UnsafeMutableBufferPointer(rebasing: vectors[start..<start + dimensions]))
                    }
                }
            }
            return vectors
        }
        wordVectors = []
        wordVectors.reserveCapacity(lexicon.count * dimensions)
        for part in vectors { wordVectors += part }
        wordCount = lexicon.count
    }

    /// The place of a text: a vector of unit length, or of zeros where nothing of it was ever seen.
    ///
    /// - Parameters:
    ///   - bag: The words of the text.
    ///   - lexicon: The lexicon that numbered them.
    public func encode(_ bag: WordBag, _ lexicon: Lexicon) -> [Float] {
        var result = [Float](repeating: 0, count: dimensions)
        result.withUnsafeMutableBufferPointer { sum in
            for (word, count) in zip(bag.words, bag.counts) {
                let factor = WordBag.weight(count)
                if Int(word) < wordCount {
                    wordVectors.withUnsafeBufferPointer { vectors in
                        let start = Int(word) * dimensions
                        for place in 0..<dimensions { sum[place] += factor * vectors[start + place] }
                    }
                } else {
                    lexicon.withBytes(of: word) { add($0, factor, to: sum) }
                }
            }
            // In the order of their bytes, as sums of floating-point numbers depend on the order.
            for (word, count) in bag.unknown.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                word.withUnsafeBytes { add($0, WordBag.weight(count), to: sum) }
            }
            var square: Float = 0
            for value in sum { square += value * value }
            guard square > 0 else { return }
            let length = square.squareRoot()
            for place in 0..<dimensions { sum[place] /= length }
        }
        return result
    }

    private func add(_ word: UnsafeRawBufferPointer, _ factor: Float, to sum: UnsafeMutableBufferPointer<Float>) {
        directions.withUnsafeBufferPointer { directions in
            Self.forEachPiece(of: word) { piece in
                guard let row = rows[piece] else { return }
                let start = Int(row) * dimensions
                for place in 0..<dimensions { sum[place] += factor * directions[start + place] }
            }
        }
    }

    /// Calls `body` with the hashes of the pieces of a word: its runs of two to four characters, with marks at both ends, and the whole; of a mark the whole alone.
    static func forEachPiece(of word: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
        body(WordHash.of(word))
        guard let first = word.first, first != Lexicon.markByte else { return }
        // The low byte of each of the last characters, and what is beyond it, which is nothing in ASCII.
        var window = UInt64(UInt8(ascii: "<"))
        var beyond: UInt64 = 0
        var length = 1
        func take(_ character: UInt32) {
            window = window << 8 | UInt64(character & 0xFF)
            beyond = beyond << 13 | UInt64(character >> 8)
            length += 1
            for size in 2...4 where size <= length {
                let run = window & (1 << UInt64(8 * size) - 1)
                let rest = beyond & (1 << UInt64(13 * size) - 1)
                let hash = WordHash.of(run | UInt64(size) << 40)
                body(rest == 0 ? hash : WordHash.of(hash ^ rest))
            }
        }
        var place = 0
        while place < word.count {
            if word[place] < 0xCA {
                // Latin goes by its bytes: beyond ASCII they are much like a letter and a mark on it, and models have them.
                take(UInt32(word[place]))
                place += 1
            } else {
                let character = WordCharacter(at: place, in: word)
                take(character.small.value)
                place += character.width
            }
        }
        take(UInt32(UInt8(ascii: ">")))
    }
}

extension WordBag {
    /// What a word counts that was said so often: `1 + ln count` from 1 on.
    @inlinable
    public static func weight(_ count: Float) -> Float {
        count > 1 ? 1 + logf(count) : count
    }
}
