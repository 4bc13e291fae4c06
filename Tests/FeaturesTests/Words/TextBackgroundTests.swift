import Features
import Records
import Statistics
import Testing

struct TextBackgroundTests {
    private static let texts: [RedactedText] = [
        "printer jammed", "printer jams again", "the printer of anna", "password expired", "password of anna",
        "printer",
    ]

    private func bags() -> (bags: [WordBag], lexicon: Lexicon) {
        var lexicon = Lexicon()
        return (Self.texts.map { lexicon.bag(of: [($0, 1)]) }, lexicon)
    }

    private func background(sharedBy least: Int, owners: [Int32]) -> TextBackground {
        let (bags, lexicon) = bags()
        var generator = SplitMix64(seed: 1)
        return TextBackground(bags, lexicon, sharedBy: least, owners: owners, using: &generator)
    }

    private func words(_ background: TextBackground) -> [String] {
        (0..<background.lexicon.count).map { background.lexicon.word(Int32($0)) }
    }

    @Test func `words of fewer owners are not known`() {
        let own = background(sharedBy: 3, owners: [0, 1, 2, 3, 4, 5])
        #expect(words(own) == ["printer"])
        #expect(own.holders == [4] && own.count == Self.texts.count)
        #expect(words(background(sharedBy: 2, owners: [0, 1, 2, 3, 4, 5])) == ["printer", "of", "anna", "password"])
        // Both texts that name her are of one owner.
        #expect(words(background(sharedBy: 2, owners: [0, 1, 2, 3, 2, 5])) == ["printer", "password"])
        #expect(words(background(sharedBy: 2, owners: [0, 0, 0, 0, 0, 0])) == [])
    }

    @Test func `forms of one word are held together`() throws {
        let (bags, lexicon) = bags()
        var generator = SplitMix64(seed: 1)
        let background = TextBackground(bags, lexicon, using: &generator)
        let number = try #require(lexicon.number(of: "jammed"))
        #expect(lexicon.terms[Int(number)] == lexicon.terms[Int(try #require(lexicon.number(of: "jams")))])
        #expect(background.holders[Int(lexicon.terms[Int(number)])] == 2)
    }

    @Test func `its parts make it again`() throws {
        let first = background(sharedBy: 1, owners: [0, 1, 2, 3, 4, 5])
        let space = try #require(first.space)
        let again = try #require(
            TextBackground(
                words: words(first), holders: first.holders, count: first.count, pieces: space.pieces,
                directions: space.directions))
        var lexicon = first.lexicon
        let bag = lexicon.bag(of: [("printer of anna is unheard of", 1)])
        #expect(again.space?.encode(bag, lexicon) == space.encode(bag, lexicon))
        #expect(again.holders == first.holders && again.count == first.count)
    }

    @Test func `parts that contradict each other make none`() {
        func made(
            words: [String] = ["a1", "b1"], holders: [Int32] = [1, 2], count: Int = 2, pieces: [UInt64] = [3, 4],
            directions: [Float] = [0, 1, 1, 0]
        ) -> TextBackground? {
            TextBackground(words: words, holders: holders, count: count, pieces: pieces, directions: directions)
        }
        #expect(made() != nil && made(pieces: [], directions: []) != nil)
        #expect(made(words: ["a1", "a1"]) == nil && made(words: ["a1", ""]) == nil && made(words: ["a1"]) == nil)
        #expect(made(holders: [1, 3]) == nil && made(holders: [1, -1]) == nil && made(holders: [1]) == nil)
        #expect(made(pieces: [3, 3]) == nil && made(pieces: [0, 4]) == nil && made(pieces: []) == nil)
        #expect(made(directions: [0, 1, 1]) == nil && made(directions: [.nan, 1, 1, 0]) == nil)
        #expect(made(directions: []) == nil)
    }
}
