internal import Glibc
public import LinearAlgebra
internal import Records

extension SubwordSpace {
    /// The most pieces that are looked at, the most frequent first.
    private static let mostPieces = 40_000
    /// The fewest texts that have a piece.
    private static let fewestTexts = 3
    /// The texts that a core takes at a time.
    private static let gathered = 512
    private static let powerIterations = 2
    /// The smallest square of a singular value, as a share of the largest, that is told from rounding.
    private static let smallestShare = 1e-7

    /// Finds the directions of some texts, by the randomised range finder of Halko, Martinsson and Tropp (2011, SIAM Review 53(2), algorithm 4.4), whose
    /// bases are made orthonormal through the eigenvectors of their Gram matrices.
    ///
    /// - Parameters:
    ///   - bags: The texts; some ten thousand say as much as all.
    ///   - lexicon: The lexicon that numbered their words.
    ///   - dimensions: The number of directions wanted; fewer result from texts of lower rank.
    ///   - generator: The source of the random start.
    /// - Returns: nil where no piece of a word occurs in three texts.
    public init?(
        _ bags: [WordBag], _ lexicon: Lexicon, dimensions: Int, using generator: inout some RandomNumberGenerator
    ) throws(LinearAlgebraError) {
        let table = PieceTable(bags, lexicon, most: Self.mostPieces, fewestTexts: Self.fewestTexts)
        guard !table.pieces.isEmpty, dimensions > 0 else { return nil }
        let samples = min(table.pieces.count, bags.count, dimensions + 8)
        var basis = Matrix(rows: samples, columns: table.pieces.count)
        withoutActuallyEscaping({ generator.next() }) { next in
            var drawn = DrawnBits(draw: next)
            for place in 0..<basis.elements.count { basis.elements[place] = Double.random(in: -1...1, using: &drawn) }
        }
        var values: [Double] = []
        for _ in 0...Self.powerIterations {
            let image = table.square(of: basis)
            let spectrum = try SymmetricEigendecomposition(image.outerGram())
            // Ascending: the leading direction is the last. The image is BᵀB times an orthonormal basis, so that the roots of the eigenvalues of its
            // Gram matrix are those of the square, once the basis has settled.
            let largest = spectrum.values[image.rows - 1]
            let kept = (0..<image.rows).reversed().filter {
                spectrum.values[$0] > Self.smallestShare * Self.smallestShare * largest
            }
            guard !kept.isEmpty else { return nil }
            values = kept.map { spectrum.values[$0].squareRoot() }
            var turn = Matrix(rows: kept.count, columns: image.rows)
            for (row, index) in kept.enumerated() {
                let length = spectrum.values[index].squareRoot()
                for column in 0..<image.rows { turn[row, column] = spectrum.vectors[column, index] / length }
            }
            basis = turn * image
        }
        let rank = values.prefix(dimensions).count { $0 > Self.smallestShare * values[0] }
        guard rank > 0 else { return nil }
        var directions = [Float](repeating: 0, count: table.pieces.count * rank)
        for piece in 0..<table.pieces.count {
            for row in 0..<rank {
                directions[piece * rank + row] = Float(basis[row, piece] * table.weights[piece])
            }
        }
        self.init(dimensions: rank, pieces: table.pieces, directions: directions)
        keepVectors(of: lexicon)
    }
}

/// A generator of a type that is known where millions of numbers are drawn, so that drawing one is compiled for it.
private struct DrawnBits: RandomNumberGenerator {
    let draw: () -> UInt64

    func next() -> UInt64 { draw() }
}

/// Texts as weighted sums of the pieces of their words, in two sparse steps: words of texts, pieces of words.
private struct PieceTable: Sendable {
    /// The hashes of the pieces.
    var pieces: [UInt64] = []
    /// `1 + ln((1 + n) / (1 + df))` of each piece.
    var weights: [Double] = []
    /// The pieces of each word, one after the other, and where those of a word begin.
    private var ofWord: [Int32] = []
    private var starts: [Int] = [0]
    /// The words that the texts hold, numbered anew, and what each counts in a row of unit length.
    private var words: [Int32] = []
    private var factors: [Float] = []
    private var ends: [Int] = []

    init(_ bags: [WordBag], _ lexicon: Lexicon, most: Int, fewestTexts: Int) {
        var numbers = HashedTable<Int32>(none: -1)
        var hashes: [UInt64] = []
        var local = [Int32](repeating: -1, count: lexicon.count)
        var lastText: [Int32] = []
        var frequencies: [Int32] = []
        var all: [Int32] = []
        var allStarts = [0]
        var holders = [Int32](repeating: 0, count: lexicon.count)
        for bag in bags {
            for word in bag.words { holders[Int(word)] += 1 }
        }
        for (text, bag) in bags.enumerated() {
            // What one text alone says, most words of a language, tells no two texts apart.
            for word in bag.words where holders[Int(word)] > 1 {
                if local[Int(word)] < 0 {
                    local[Int(word)] = Int32(truncatingIfNeeded: allStarts.count - 1)
                    lexicon.withBytes(of: word) { bytes in
                        SubwordSpace.forEachPiece(of: bytes) { hash in
                            var number: Int32 = 0
                            numbers.update(hash) {
                                if $0 < 0 { $0 = Int32(truncatingIfNeeded: hashes.count) }
                                number = $0
                            }
                            if Int(number) == hashes.count {
                                hashes.append(hash)
                                frequencies.append(0)
                                lastText.append(-1)
                            }
                            all.append(number)
                        }
                    }
                    allStarts.append(all.count)
                }
                let number = Int(local[Int(word)])
                for piece in all[allStarts[number]..<allStarts[number + 1]] where lastText[Int(piece)] != text {
                    lastText[Int(piece)] = Int32(truncatingIfNeeded: text)
                    frequencies[Int(piece)] += 1
                }
            }
        }
        let kept = frequencies.indices.filter { frequencies[$0] >= fewestTexts }
            .sorted { frequencies[$0] == frequencies[$1] ? $0 < $1 : frequencies[$0] > frequencies[$1] }.prefix(most)
        var row = [Int32](repeating: -1, count: hashes.count)
        for (number, piece) in kept.enumerated() { row[piece] = Int32(truncatingIfNeeded: number) }
        pieces = kept.map { hashes[$0] }
        weights = kept.map { 1 + log(Double(1 + bags.count) / Double(1 + frequencies[$0])) }
        for word in 0..<allStarts.count - 1 {
            for piece in all[allStarts[word]..<allStarts[word + 1]] where row[Int(piece)] >= 0 {
                ofWord.append(row[Int(piece)])
            }
            starts.append(ofWord.count)
        }
        var sum = [Double](repeating: 0, count: pieces.count)
        for bag in bags {
            let begin = words.count
            var touched: [Int32] = []
            for (word, count) in zip(bag.words, bag.counts) {
                let number = local[Int(word)]
                guard number >= 0 else { continue }
                let factor = Double(WordBag.weight(count))
                words.append(number)
                factors.append(Float(factor))
                for piece in ofWord[starts[Int(number)]..<starts[Int(number) + 1]] {
                    if sum[Int(piece)] == 0 { touched.append(piece) }
                    sum[Int(piece)] += factor * weights[Int(piece)]
                }
            }
            var square = 0.0
            for piece in touched {
                square += sum[Int(piece)] * sum[Int(piece)]
                sum[Int(piece)] = 0
            }
            if square > 0 {
                for place in begin..<factors.count { factors[place] /= Float(square.squareRoot()) }
            }
            ends.append(words.count)
        }
    }

    /// The rows of `basis` (samples × pieces), taken through all texts and back: `basis BᵀB`.
    func square(of basis: Matrix) -> Matrix {
        let half = (basis.rows + 1) / 2
        let parts = concurrently(basis.rows, by: max(1, half)) { square(of: basis, rows: $0) }
        var result = Matrix(rows: basis.rows, columns: pieces.count)
        var first = 0
        for part in parts {
            let rows = part.count / max(1, pieces.count)
            for piece in 0..<pieces.count {
                for row in 0..<rows { result[first + row, piece] = Double(part[piece * rows + row]) }
            }
            first += rows
        }
        return result
    }

    /// The same for some rows, which do not depend on each other; in single precision, piece by piece.
    private func square(of basis: Matrix, rows: Range<Int>) -> [Float] {
        let count = rows.count
        var ofPieces = [Float](repeating: 0, count: pieces.count * count)
        for piece in 0..<pieces.count {
            for row in rows { ofPieces[piece * count + row - rows.lowerBound] = Float(basis[row, piece]) }
        }
        let words = starts.count - 1
        var ofWords = [Float](repeating: 0, count: words * count)
        for word in 0..<words {
            for piece in ofWord[starts[word]..<starts[word + 1]] {
                Self.add(Float(weights[Int(piece)]), ofPieces, Int(piece), to: &ofWords, word, count)
            }
        }
        var back = [Float](repeating: 0, count: words * count)
        var image = [Float](repeating: 0, count: count)
        for text in ends.indices {
            for place in 0..<count { image[place] = 0 }
            let entries = (text == 0 ? 0 : ends[text - 1])..<ends[text]
            for entry in entries { Self.add(factors[entry], ofWords, Int(self.words[entry]), to: &image, 0, count) }
            for entry in entries { Self.add(factors[entry], image, 0, to: &back, Int(self.words[entry]), count) }
        }
        for place in ofPieces.indices { ofPieces[place] = 0 }
        for word in 0..<words {
            for piece in ofWord[starts[word]..<starts[word + 1]] {
                Self.add(Float(weights[Int(piece)]), back, word, to: &ofPieces, Int(piece), count)
            }
        }
        return ofPieces
    }

    /// Adds `factor` times a column of `source` to a column of `target`, each of `count` elements.
    @inline(__always)
    private static func add(
        _ factor: Float, _ source: [Float], _ from: Int, to target: inout [Float], _ column: Int, _ count: Int
    ) {
        source.withUnsafeBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                let (begin, end) = (from * count, column * count)
                for place in 0..<count { target[end + place] += factor * source[begin + place] }
            }
        }
    }
}
