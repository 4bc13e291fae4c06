@_spi(Stored) import Records
import Testing

@testable import Features

struct LexiconTests {
    private func term(_ word: String, _ lexicon: Lexicon) throws -> Int32 {
        lexicon.terms[Int(try #require(lexicon.number(of: word)))]
    }

    @Test func `words are numbered as they are first met, and keep their numbers`() {
        var lexicon = Lexicon()
        _ = lexicon.bag(of: [("the export fails", 1)])
        #expect((0..<3).map { lexicon.word($0) } == ["the", "export", "fails"])
        let bag = lexicon.bag(of: [("Export again, export!", 1)])
        #expect(lexicon.count == 4 && lexicon.word(3) == "again")
        #expect(bag.words == [1, 3])
        #expect(lexicon.number(of: "export") == 1)
        #expect(lexicon.number(of: "Export") == nil)
        #expect(lexicon.number(of: "missing") == nil)
    }

    @Test func `many texts at a time are numbered as one after the other`() {
        // Words that come again soon, late and never, in more texts than one core takes at a time.
        let texts = (0..<1_300).map { number in
            RedactedText(
                stored: "Word\(number % 7) late\(number / 600) rare\(number * 31 % 1_009) words again word\(number % 7)"
            )
        }
        @Sendable func bag(_ number: Int, _ lexicon: inout Lexicon) -> WordBag {
            lexicon.bag(
                of: [(texts[number], 2)], words: ["kept\(number % 3)"],
                marks: number % 5 == 0 ? ["s \(number % 11)"] : [])
        }
        var one = Lexicon()
        _ = one.bag(of: [("again and before", 1)])
        var other = one
        let serial = texts.indices.map { bag($0, &one) }
        #expect(other.bags(texts.count, bag) == serial)
        #expect(other.terms == one.terms && other.termCount == one.termCount)
        #expect((0..<Int32(one.count)).map(other.word) == (0..<Int32(one.count)).map(one.word))
    }

    @Test func `bags of another lexicon are numbered as if their texts had been read`() {
        let texts: [RedactedText] = [
            "the exports fail again", "", "connected again, export failed", "the report fails",
        ]
        var other = Lexicon()
        let read = texts.map { other.bag(of: [($0, 2)], marks: ["s 1"]) }
        var one = Lexicon()
        _ = one.bag(of: [("reports and connections again", 1)])
        var two = one
        #expect(one.bags(read, of: other) == texts.map { two.bag(of: [($0, 2)], marks: ["s 1"]) })
        #expect(one.terms == two.terms && one.termCount == two.termCount)
        #expect((0..<Int32(one.count)).map(one.word) == (0..<Int32(two.count)).map(two.word))
    }

    @Test func `forms of a word are one term`() throws {
        var lexicon = Lexicon()
        _ = lexicon.bag(of: [("connect connected connections server", 1)])
        #expect(lexicon.count == 4 && lexicon.termCount == 2)
        #expect(lexicon.terms == [0, 0, 0, 1])
        #expect(try term("connected", lexicon) == term("connect", lexicon))
    }

    @Test func `words with digits and of other languages are terms of their own`() throws {
        var lexicon = Lexicon()
        _ = lexicon.bag(of: [("v1 v2 größe größen", 1)])
        #expect(Set(lexicon.terms).count == 4 && lexicon.termCount == 4)
    }

    @Test func `words that only hold sentences together have no term`() throws {
        var lexicon = Lexicon()
        let bag = lexicon.bag(of: [("please export the report for us", 1)])
        #expect(bag.words.count == 6)
        for word in ["please", "the", "for"] { #expect(try term(word, lexicon) == Lexicon.noTerm) }
        for word in ["export", "report"] { #expect(try term(word, lexicon) >= 0) }
    }

    @Test func `marks are no words`() throws {
        var lexicon = Lexicon()
        let bag = lexicon.bag(of: [("sig", 1)], words: ["extra"], marks: ["sig", "e linux"])
        #expect(bag.words == [0, 1, 2, 3])
        #expect((0..<4).map { lexicon.isMark($0) } == [false, false, true, true])
        #expect((0..<4).map { lexicon.isEnvironment($0) } == [false, false, false, true])
        #expect(lexicon.number(of: "sig") == 0)
        #expect(lexicon.terms[2] == Lexicon.noTerm && lexicon.terms[3] == Lexicon.noTerm)
        #expect(lexicon.termCount == 2)
    }

    @Test func `a mark that only begins with the letter of the environment says nothing of it`() {
        var lexicon = Lexicon()
        _ = lexicon.bag(of: [], marks: ["error 5", "e x"])
        #expect(!lexicon.isEnvironment(0))
        #expect(lexicon.isEnvironment(1))
    }

    @Test func `what no person wrote is passed over`() {
        var lexicon = Lexicon()
        let (long, longer) = (String(repeating: "a", count: 40), String(repeating: "b", count: 41))
        let bag = lexicon.bag(of: [
            (RedactedText(joining: ["x", .init(stringLiteral: longer), .init(stringLiteral: long)]), 1)
        ])
        #expect(bag.words == [0, 1] && lexicon.count == 2)
        #expect(lexicon.word(1) == long)
        #expect(lexicon.bag(asking: [(.init(stringLiteral: longer), 1)]).isEmpty)
    }

    @Test func `a word counts as often as it was said, by what each text counts`() {
        var lexicon = Lexicon()
        let bag = lexicon.bag(of: [("login fails", 3), ("fails and fails", 1)], words: ["login"], marks: ["m", "m"])
        #expect(bag.words.map { lexicon.word($0) } == ["login", "fails", "and", "\u{1}m"])
        #expect(bag.counts == [4, 5, 1, 2])
        #expect(bag.unknown.isEmpty)
    }

    @Test func `words that a machine wrote count half, and together no more than twice what was said`() {
        var lexicon = Lexicon()
        #expect(lexicon.bag(of: [("login fails", 4)], pasted: "disk full").counts == [4, 4, 0.5, 0.5])
        #expect(
            lexicon.bag(of: [("login", 1)], pasted: "disk full disk sda full sdb a b").counts == [
                1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25,
            ])
        #expect(lexicon.bag(of: [], pasted: "disk full disk").counts == [1, 0.5])
        let asked = lexicon.bag(asking: [("login", 1)], pasted: "disk panic disk sdc sda sdb sdb full")
        #expect(asked.counts.reduce(0, +) + asked.unknown.values.reduce(0, +) == 3)
        #expect(asked.unknown == [Array("panic".utf8): 0.25, Array("sdc".utf8): 0.25])
    }

    @Test func `asking learns nothing, and unknown words are counted`() {
        var lexicon = Lexicon()
        _ = lexicon.bag(of: [("login fails", 1)])
        let asked = lexicon.bag(asking: [("Login breaks, breaks", 2), ("breaks", 1)], words: ["new"], marks: ["m"])
        #expect(lexicon.count == 2 && lexicon.termCount == 2)
        #expect(asked.words == [0] && asked.counts == [2])
        #expect(
            asked.unknown == [Array("breaks".utf8): 5, Array("new".utf8): 1, [1] + Array("m".utf8): 1])
        #expect(!asked.isEmpty)
    }

    @Test func `asking for what is known gives the bag that adding it gives`() {
        var lexicon = Lexicon()
        let parts: [(text: RedactedText, count: Float)] = [("the export fails again", 2), ("again", 1)]
        let added = lexicon.bag(of: parts, words: ["w"], marks: ["m"])
        #expect(lexicon.bag(asking: parts, words: ["w"], marks: ["m"]) == added)
        #expect(lexicon.bag(of: parts, words: ["w"], marks: ["m"]) == added)
    }

    @Test func `forms of a word have the same hash of their stem, known or not`() {
        func hash(_ word: String) -> UInt64 { Array(word.utf8).withUnsafeBytes { Lexicon.stemHash(of: $0) } }
        #expect(hash("connected") == hash("connections"))
        #expect(hash("connected") != hash("corrected"))
        #expect(hash("") != 0)
    }
}
