import Glibc
import Statistics
import Testing

struct RepetitionRarityTests {
    func vector(_ count: Int32, _ thing: Int32 = 0) -> CountVector { CountVector(columns: [thing], counts: [count]) }

    /// 600 cases have a thing once, 300 twice and 100 five times.
    var bounded: RepetitionRarity {
        RepetitionRarity([(vector(1), 600), (vector(2), 300), (vector(5), 100)], rate: 0.0005)
    }

    @Test func `more often than any of many cases is remarkable, and as often as some are is not`() {
        let rarity = bounded
        #expect(rarity.threshold == -log(RareShare.ceiling))
        #expect(rarity.score(of: vector(6)) == log(1_001.0) / rarity.threshold)
        #expect(rarity.score(of: vector(6)) > 1)
        #expect(rarity.score(of: vector(4)) == log(1_001.0 / 101) / rarity.threshold)
        #expect(rarity.score(of: vector(5)) < 1)
        #expect(rarity.score(of: vector(1)) == 0)
    }

    @Test func `the more often the more remarkable, until nothing can be told apart`() {
        let scores = (1...12).map { bounded.score(of: vector($0)) }
        #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `a few runaways among the cases hide no others`() {
        let mixed = RepetitionRarity(
            [(vector(1), 600), (vector(2), 300), (vector(5), 100)] + (20...24).map { (vector($0), 1) }, rate: 0.0005)
        #expect(mixed.threshold == bounded.threshold)
        #expect(mixed.score(of: vector(20), isLeftOut: true) > 1)
        #expect(mixed.score(of: vector(15)) > 1)
        #expect(mixed.score(of: vector(5), isLeftOut: true) < 1)
    }

    /// Half of the cases that repeat a thing repeat it once more.
    @Test func `where counts fall off slowly only what is far beyond them is remarkable`() {
        let falling = (1...10).map { (vector: vector(Int32($0)), count: 1 << (10 - $0)) }
        let rarity = RepetitionRarity(falling, rate: 0.0005)
        #expect(falling.allSatisfy { rarity.score(of: $0.vector, isLeftOut: true) < 1 })
        #expect(rarity.score(of: vector(11)) < 1)
        #expect(rarity.score(of: vector(40)) > 1)
    }

    @Test func `a thing that few have, and one that none has, are not repeated remarkably`() {
        let rarity = RepetitionRarity([(vector(1), 500), (vector(1, 1), 9)], rate: 0.0005)
        #expect(rarity.score(of: vector(50, 1)) < 1)
        #expect(rarity.score(of: vector(50, 2)) == 0)
        #expect(rarity.score(of: vector(2)) > 1)
    }

    @Test func `it is restored from what it writes down`() {
        let rarity = bounded
        #expect(rarity.tails.map(\.support) == [1_000, 400, 100])
        #expect(RepetitionRarity(tails: rarity.tails, threshold: rarity.threshold) == rarity)
        #expect(RepetitionRarity([], rate: 0.0005).score(of: vector(3)) == 0)
    }
}
