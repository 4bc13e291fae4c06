import Glibc
import LinearAlgebra
import Records
import Statistics
import Testing

@testable import Features

struct SubwordSpaceTests {
    /// Made texts about three things, by seed: the first ones about printing, then about passwords, then about invoices.
    private struct Corpus {
        static let topics = [
            ["printer", "paper", "toner", "jammed", "tray", "printing", "cartridge", "scanner"],
            ["password", "login", "account", "locked", "reset", "expired", "signin", "username"],
            ["invoice", "payment", "charged", "refund", "billing", "amount", "overdue", "receipt"],
        ]
        var lexicon = Lexicon()
        var bags: [WordBag] = []

        init(textsOfTopic count: Int, seed: UInt64) {
            var generator = SplitMix64(seed: seed)
            for topic in Self.topics {
                for _ in 0..<count {
                    let words = topic.shuffled(using: &generator).prefix(4).joined(separator: " ")
                    bags.append(lexicon.bag(of: [(RedactedText(stringLiteral: "please help \(words)"), 1)]))
                }
            }
        }

        func space(dimensions: Int, seed: UInt64 = 1) throws -> SubwordSpace {
            var generator = SplitMix64(seed: seed)
            return try #require(try SubwordSpace(bags, lexicon, dimensions: dimensions, using: &generator))
        }

        func place(_ text: RedactedText, in space: SubwordSpace) -> [Float] {
            space.encode(lexicon.bag(asking: [(text, 1)]), lexicon)
        }
    }

    private func cosine(_ one: [Float], _ other: [Float]) -> Float { zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }

    @Test func `places have length one, and nothing has none`() throws {
        let corpus = Corpus(textsOfTopic: 15, seed: 1)
        let space = try corpus.space(dimensions: 6)
        #expect(space.dimensions == 6)
        for bag in corpus.bags {
            let place = space.encode(bag, corpus.lexicon)
            #expect(place.count == 6 && abs(cosine(place, place) - 1) < 1e-5)
        }
        #expect(space.encode(WordBag(), corpus.lexicon) == [0, 0, 0, 0, 0, 0])
        #expect(corpus.place("ωωω", in: space) == [0, 0, 0, 0, 0, 0])
    }

    @Test(arguments: [("net", "нет"), ("ab", "发票"), ("the", "μία")])
    func `pieces are of characters, whatever bytes these take`(one: String, other: String) {
        func pieces(_ word: String) -> [UInt64] {
            var found: [UInt64] = []
            Array(word.utf8).withUnsafeBytes { SubwordSpace.forEachPiece(of: $0) { found.append($0) } }
            return found
        }
        // The whole, and the runs of two, three and four between the marks at both ends.
        #expect(pieces(one).count == 1 + 3 * one.count)
        #expect(Set(pieces(one)).count == pieces(one).count)
        #expect(pieces(other).count == pieces(one).count && pieces(other) != pieces(one))
    }

    @Test func `there is no space where no piece is in three texts`() throws {
        var lexicon = Lexicon()
        var generator = SplitMix64(seed: 1)
        #expect(try SubwordSpace([], lexicon, dimensions: 4, using: &generator) == nil)
        var bags = [lexicon.bag(of: [("alpha", 1)]), lexicon.bag(of: [("alpha", 1)]), lexicon.bag(of: [("omega", 1)])]
        // Nor is "a>", which both words end with, in three texts with words that are not of one text alone.
        #expect(try SubwordSpace(bags, lexicon, dimensions: 4, using: &generator) == nil)
        bags.append(lexicon.bag(of: [("alpha", 1)]))
        #expect(try SubwordSpace(bags, lexicon, dimensions: 4, using: &generator) != nil)
        #expect(try SubwordSpace(bags, lexicon, dimensions: 0, using: &generator) == nil)
        #expect(try SubwordSpace([WordBag(), WordBag()], lexicon, dimensions: 4, using: &generator) == nil)
    }

    @Test func `texts about one thing are nearer to each other than to others`() throws {
        let corpus = Corpus(textsOfTopic: 20, seed: 2)
        let space = try corpus.space(dimensions: 4)
        let places = corpus.bags.map { space.encode($0, corpus.lexicon) }
        for one in places.indices {
            func mean(_ topic: Int) -> Float {
                let others = (topic * 20..<topic * 20 + 20).filter { $0 != one }
                return others.reduce(0) { $0 + cosine(places[one], places[$1]) } / Float(others.count)
            }
            let own = one / 20
            for topic in 0..<3 where topic != own { #expect(mean(own) > mean(topic) + 0.2) }
        }
    }

    @Test func `texts without a common word are near when they are about one thing`() throws {
        let corpus = Corpus(textsOfTopic: 20, seed: 3)
        let space = try corpus.space(dimensions: 3)
        let (tray, toner) = (corpus.place("tray jammed", in: space), corpus.place("toner scanner", in: space))
        #expect(cosine(tray, toner) > cosine(tray, corpus.place("refund overdue", in: space)) + 0.2)
    }

    @Test(arguments: [
        ("printers", "printer"), ("prnter", "printer"), ("passwrod", "password"), ("invoicing", "invoice"),
        ("payments", "payment"), ("loginn", "login"),
    ])
    func `forms and misspellings that were never seen lie near their word`(form: String, word: String) throws {
        let corpus = Corpus(textsOfTopic: 20, seed: 4)
        let space = try corpus.space(dimensions: 8)
        #expect(corpus.lexicon.number(of: form) == nil)
        let place = corpus.place(RedactedText(stringLiteral: form), in: space)
        func near(_ word: String) -> Float { cosine(place, corpus.place(RedactedText(stringLiteral: word), in: space)) }
        #expect(near(word) > 0.7)
        let own = try #require(Corpus.topics.first { $0.contains(word) })
        for other in Corpus.topics.joined() where !own.contains(other) { #expect(near(word) > near(other)) }
    }

    @Test func `a word that is new to the space is placed by its pieces as one that it kept`() throws {
        let corpus = Corpus(textsOfTopic: 15, seed: 5)
        let space = try corpus.space(dimensions: 5)
        let bare = SubwordSpace(dimensions: 5, pieces: space.pieces, directions: space.directions)
        for bag in corpus.bags {
            let (kept, made) = (space.encode(bag, corpus.lexicon), bare.encode(bag, corpus.lexicon))
            #expect(zip(kept, made).allSatisfy { abs($0 - $1) < 1e-5 })
        }
        // The same words numbered by a later lexicon, or by none.
        var later = corpus.lexicon
        let added = later.bag(of: [("printouts", 1)])
        #expect(space.encode(added, later) == corpus.place("printouts", in: space))
    }

    @Test func `a mark is one piece, whole`() {
        func pieces(_ bytes: [UInt8]) -> [UInt64] {
            var pieces: [UInt64] = []
            bytes.withUnsafeBytes { SubwordSpace.forEachPiece(of: $0) { pieces.append($0) } }
            return pieces
        }
        #expect(pieces([1] + Array("mark".utf8)).count == 1)
        // ab, and of <ab>: <a ab b>, <ab ab>, <ab>.
        #expect(pieces(Array("ab".utf8)).count == 7)
        #expect(Set(pieces(Array("ab".utf8))).count == 7)
        #expect(pieces([]).count == 1)
        // "tion>" ends both: on, n>, ion, on>, tion, ion> and so on.
        #expect(Set(pieces(Array("station".utf8))).intersection(pieces(Array("caution".utf8))).count == 9)
    }

    @Test func `the same texts and the same seed give the same bytes`() throws {
        let corpus = Corpus(textsOfTopic: 25, seed: 6)
        let (one, other) = (try corpus.space(dimensions: 7), try corpus.space(dimensions: 7))
        #expect(one.pieces == other.pieces && one.directions == other.directions)
        for bag in corpus.bags {
            #expect(one.encode(bag, corpus.lexicon) == other.encode(bag, corpus.lexicon))
        }
    }

    @Test func `texts of lower rank have fewer directions`() throws {
        var lexicon = Lexicon()
        let texts: [RedactedText] = ["printer", "password", "printer", "password", "printer", "password", "password"]
        let bags = texts.map { lexicon.bag(of: [($0, 1)]) }
        for seed in 1...5 {
            var generator = SplitMix64(seed: UInt64(seed))
            let space = try #require(try SubwordSpace(bags, lexicon, dimensions: 6, using: &generator))
            #expect(space.dimensions == 2)
        }
    }

    /// The texts as rows of length one, a column for each piece of the space, and the weights of the pieces; from the definition alone.
    private func dense(_ corpus: Corpus, _ space: SubwordSpace) -> (rows: Matrix, weights: [Double]) {
        var column: [UInt64: Int] = [:]
        for (number, piece) in space.pieces.enumerated() { column[piece] = number }
        var rows = Matrix(rows: corpus.bags.count, columns: space.pieces.count)
        for (row, bag) in corpus.bags.enumerated() {
            for (word, count) in zip(bag.words, bag.counts) {
                // What one text alone says counts for nothing.
                guard corpus.bags.count(where: { $0.words.contains(word) }) > 1 else { continue }
                corpus.lexicon.withBytes(of: word) {
                    SubwordSpace.forEachPiece(of: $0) { piece in
                        if let column = column[piece] { rows[row, column] += Double(WordBag.weight(count)) }
                    }
                }
            }
        }
        let texts = Double(corpus.bags.count)
        let weights = (0..<rows.columns).map { piece in
            1 + log((1 + texts) / (1 + Double((0..<rows.rows).count { rows[$0, piece] > 0 })))
        }
        for row in 0..<rows.rows {
            for piece in 0..<rows.columns { rows[row, piece] *= weights[piece] }
            let length = (0..<rows.columns).reduce(0) { $0 + rows[row, $1] * rows[row, $1] }.squareRoot()
            for piece in 0..<rows.columns { rows[row, piece] /= length }
        }
        return (rows, weights)
    }

    /// Of the first two corpora all is looked at, so that nothing is left to chance; of the others a few random directions more than are asked for.
    @Test(arguments: [(4, 3, 0.999_9), (4, 6, 0.999_9), (20, 3, 0.9), (30, 4, 0.9)])
    func `the directions are the leading right singular vectors`(
        textsOfTopic: Int, dimensions: Int, least: Double
    ) throws {
        let corpus = Corpus(textsOfTopic: textsOfTopic, seed: 8)
        let space = try corpus.space(dimensions: dimensions)
        #expect(space.dimensions == dimensions)
        let (rows, weights) = dense(corpus, space)
        let exact = try SingularValueDecomposition(rows)
        let found = (0..<dimensions).map { row in
            space.pieces.indices.map { Double(space.directions[$0 * dimensions + row]) / weights[$0] }
        }
        let leading = (0..<dimensions).map { row in space.pieces.indices.map { exact.vTransposed[row, $0] } }
        for (row, direction) in found.enumerated() {
            for (other, second) in found.enumerated() {
                #expect(abs(dot(direction, second) - (row == other ? 1 : 0)) < 1e-4)
            }
            // How much of it lies in the space of the leading singular vectors.
            let inside = leading.reduce(0) { $0 + dot(direction, $1) * dot(direction, $1) }
            #expect(inside > least, "direction \(row): \(inside)")
            // How much it explains, against the singular vector of its place.
            let image = rows * direction
            #expect(abs(dot(image, image).squareRoot() / exact.singularValues[row] - 1) < 0.02)
        }
    }
}
