import Foundation
import Testing

@testable import Knowledge

struct PhraseOddsTests {
    /// Two cases of each of the answers 0, 1 and 4, of which 0 and 4 are in one part.
    private static let phrases: [[UInt64]] = [[1, 2], [1, 3], [1, 5], [5, 6], [7, 8], [7, 9]]
    private static let answers: [Int?] = [0, 0, 1, 1, 4, 4]
    private static let odds = PhraseOdds(phrases, answerOfCase: answers, answers: 5)

    @Test func `a question is covered as far as what it says was said of the answer, by how rare it is`() {
        func rarity(_ cases: Double, of all: Double) -> Double { 1 + log((1 + all) / (1 + cases)) }
        let covered = Self.odds.reading(of: [1, 2, 99], for: [0, 1]).coverage
        let parts = [rarity(3, of: 6), rarity(1, of: 6), rarity(0, of: 6)]
        #expect(abs(covered[0] - (parts[0] + parts[1]) / parts.reduce(0, +)) < 1e-12)
        #expect(abs(covered[1] - parts[0] / parts.reduce(0, +)) < 1e-12)
        #expect(Self.odds.reading(of: [98, 99], for: [0]).coverage == [0])
        #expect(Self.odds.reading(of: [], for: [0]).coverage == [0])
    }

    @Test func `a case is read as a question that it is not one of`() {
        let others = PhraseOdds(
            Array(Self.phrases.dropFirst()), answerOfCase: Array(Self.answers.dropFirst()), answers: 5)
        let left = Self.odds.reading(of: Self.phrases[0], for: [0, 1, 4], leavingOut: 0)
        let new = others.reading(of: Self.phrases[0], for: [0, 1, 4])
        #expect(zip(left.odds, new.odds).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(zip(left.coverage, new.coverage).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test func `answers that are taken away are taken out of what is said of all others`() {
        let others = PhraseOdds([[1, 5], [5, 6]], answerOfCase: [1, 1], answers: 5)
        let left = Self.odds.reading(of: Self.phrases[4], for: [1], leavingOut: 4, withoutPart: 0)
        let new = others.reading(of: Self.phrases[4], for: [1])
        #expect(abs(left.odds[0] - new.odds[0]) < 1e-12)
        #expect(zip(left.coverage, new.coverage).allSatisfy { abs($0 - $1) < 1e-12 })
    }
}
