import Glibc
import Statistics
import Testing

@testable import Features

struct WordBagTests {
    @Test func `words are distinct and ascending, and their counts are added`() {
        let bag = WordBag([(5, 1), (2, 0.5), (5, 2), (0, 1), (2, 1)])
        #expect(bag.words == [0, 2, 5])
        #expect(bag.counts == [1, 1.5, 3])
    }

    @Test func `the order in which words were met does not matter`() {
        var met: [(word: Int32, count: Float)] = (0..<60).map { (Int32($0 % 7), Float($0 % 4)) }
        let bag = WordBag(met)
        var generator = SplitMix64(seed: 3)
        met.shuffle(using: &generator)
        #expect(WordBag(met) == bag)
    }

    @Test func `a bag is empty when nothing was said, known or unknown`() {
        #expect(WordBag().isEmpty)
        #expect(!WordBag([(0, 1)]).isEmpty)
        #expect(!WordBag([], unknown: [[97]: 1]).isEmpty)
    }

    @Test func `a word that is said often counts more, but not as often`() {
        #expect(WordBag.weight(0.25) == 0.25)
        #expect(WordBag.weight(1) == 1)
        #expect(abs(WordBag.weight(3) - (1 + logf(3))) < 1e-6)
        #expect(WordBag.weight(1.000_01) >= 1)
    }
}
