import Knowledge
import Records
import Testing

struct CaseIndexTests {
    private static let index = CaseIndex(DeskOfTests.texts)

    private func index(_ texts: [CaseText]) -> CaseIndex {
        var index = CaseIndex()
        for text in texts { index.add(text) }
        return index
    }

    private func numbers(_ index: CaseIndex, _ text: CaseText) -> [Int] {
        index.search(text, count: 10).map(\.number)
    }

    @Test func `cosine, containment and score of three texts are as worked by hand`() {
        let index = index([
            CaseText(body: "disk full"), CaseText(body: "disk error error"), CaseText(body: "printer jam"),
        ])
        let found = index.search(CaseText(body: "disk full"), count: 3)
        // Of 3 texts 2 hold `disk`: ln(1 + 1.5 / 2.5) and (1 + ln(4 / 3))^1.5; 1 holds `full`: ln(1 + 2.5 / 1.5) and (1 + ln 2)^1.5; the mean length is 7 / 3.
        #expect(found.map(\.number) == [0, 1])
        let (same, other) = (found[0].likeness, found[1].likeness)
        #expect(abs(same.cosine - 1) < 1e-5 && abs(same.containment - 0.482759) < 1e-5)
        #expect(abs(other.cosine - 0.201597) < 1e-5 && abs(other.containment - 0.131842) < 1e-5)
        // Two terms of a question: w = 1 / 1.1.
        #expect(abs(found[0].score - 0.277504) < 1e-5 && abs(found[1].score - 0.072382) < 1e-5)
    }

    @Test func `the case that says the same comes first`() {
        let texts = DeskOfTests.texts
        for (number, text) in texts.enumerated() {
            let first = Self.index.search(text, count: 1).first?.number
            #expect(first.map { texts[$0].title == text.title && texts[$0].body == text.body } == true, "\(number)")
        }
    }

    @Test func `a word of the title counts more than one of the body`() {
        let index = index([
            CaseText(title: "slow network", body: "some broken cable"),
            CaseText(title: "broken cable", body: "some slow network"),
        ])
        #expect(numbers(index, CaseText(body: "broken cable")) == [1, 0])
        #expect(numbers(index, CaseText(body: "slow network")) == [0, 1])
    }

    @Test func `only allowed cases are given`() {
        let found = Self.index.search(CaseText(title: "Empty pages from the printer"), count: 100) { $0 % 2 == 1 }
        #expect(!found.isEmpty && found.allSatisfy { $0.number % 2 == 1 })
        #expect(Self.index.search(CaseText(title: "Empty pages"), count: 100) { _ in false }.isEmpty)
    }

    @Test func `nothing is found for an empty question or in an empty index`() {
        #expect(Self.index.search(CaseText(), count: 5).isEmpty)
        #expect(CaseIndex().search(CaseText(body: "printer"), count: 5).isEmpty)
        #expect(CaseIndex([]).search(CaseText(), count: 5).isEmpty)
        #expect(Self.index.search(CaseText(body: "the of and"), count: 5).allSatisfy { $0.score < 0.4 })
    }

    @Test func `one word finds the cases that hold it`() {
        let found = Self.index.search(CaseText(body: "appointments"), count: DeskOfTests.issueCases)
        #expect(found.count == DeskOfTests.issueCases && found.allSatisfy { $0.number % 3 == 2 })
    }

    @Test func `words that nobody has said find nothing`() {
        let index = index([CaseText(body: "disk full"), CaseText(body: "printer jam")])
        #expect(index.search(CaseText(body: "zygote quark"), count: 5).isEmpty)
        let known = index.search(CaseText(body: "disk"), count: 1)[0]
        let mixed = index.search(CaseText(body: "disk zygote quark"), count: 1)[0]
        #expect(mixed.likeness.cosine < known.likeness.cosine && mixed.score < known.score)
    }

    @Test func `a common signature and a common environment raise the score as independent reasons`() {
        let index = index([
            CaseText(body: "disk full", signatures: ["E1"], environment: ["version=4"]), CaseText(body: "printer jam"),
        ])
        let plain = index.search(CaseText(body: "disk slow"), count: 1)[0]
        let signed = index.search(CaseText(body: "disk slow", signatures: ["E1"]), count: 1)[0]
        let placed = index.search(CaseText(body: "disk slow", environment: ["version=4"]), count: 1)[0]
        #expect(signed.likeness.signatures == 1 && placed.likeness.environment == 1)
        #expect(abs(signed.score - (1 - 0.5 * (1 - plain.score))) < 1e-6)
        #expect(abs(placed.score - (1 - 0.9 * (1 - plain.score))) < 1e-6)
    }

    @Test func `facts that no case has do not pass for signatures, and count as environment`() {
        let index = index([CaseText(body: "disk full", signatures: ["E1"], environment: ["version=4"])])
        let asked = CaseText(body: "disk full", signatures: ["E1"], environment: ["version=4", "region=north"])
        let found = index.search(asked, count: 1)[0].likeness
        #expect(found.signatures == 1 && found.environment == 0.5)
        let other = index.search(CaseText(body: "disk full", signatures: ["E1", "E2"]), count: 1)[0].likeness
        #expect(other.signatures > 0 && other.signatures < 1)
    }

    @Test func `what is named twice counts once`() {
        let index = index([CaseText(body: "disk full", signatures: ["E1"]), CaseText(body: "disk jam")])
        let once = index.search(CaseText(body: "disk slow", signatures: ["E1"]), count: 2)
        #expect(index.search(CaseText(body: "disk slow", signatures: ["E1", "E1"]), count: 2) == once)
    }

    @Test func `scores are within 0 and 1 and descend`() {
        for text in DeskOfTests.texts.prefix(6) {
            let scores = Self.index.search(text, count: DeskOfTests.count).map(\.score)
            #expect(scores.count > 10 && scores.allSatisfy { $0 > 0 && $0 <= 1 })
            #expect(scores == scores.sorted(by: >))
        }
    }

    @Test func `of cases that say the same the one that was added last comes first`() {
        let index = index([CaseText](repeating: CaseText(body: "disk full"), count: 4))
        #expect(numbers(index, CaseText(body: "disk full")) == [3, 2, 1, 0])
        let scores = Self.index.search(DeskOfTests.texts[0], count: DeskOfTests.count)
            .filter { DeskOfTests.texts[$0.number] == DeskOfTests.texts[0] }.map(\.score)
        #expect(scores.count > 1 && Set(scores).count == 1)
    }

    @Test func `cases that are added later are found as if they had been there from the start`() {
        let texts = DeskOfTests.texts
        var grown = CaseIndex(Array(texts.prefix(40)))
        for text in texts.dropFirst(40) { grown.add(text) }
        #expect(grown.count == texts.count)
        for text in texts {
            let (one, other) = (numbers(grown, text).first, numbers(Self.index, text).first)
            #expect(one.map { texts[$0] } == text && other.map { texts[$0] } == text)
        }
    }

    @Test func `the same cases give the same index`() {
        let again = CaseIndex(DeskOfTests.texts)
        for text in DeskOfTests.texts {
            #expect(again.search(text, count: 20) == Self.index.search(text, count: 20))
        }
    }
}
