import Glibc
import Statistics
import Testing

struct SuccessionRarityTests {
    /// Nine sequences 0 1 2 and one 0 2 1.
    let order = SuccessionRarity([([0, 1, 2], 9), ([0, 2, 1], 1)], things: 3)

    @Test func `a rare succession of common things is rare`() {
        #expect(order.rarity(of: [0, 1, 2]) == log(11.0 / 10))
        #expect(order.rarity(of: [0, 2, 1]) == log(11.0 / 2))
        // Without itself it was never seen among nine.
        #expect(order.rarity(of: [0, 2, 1], isLeftOut: true) == log(10.0))
    }

    @Test func `each succession is told with its place`() {
        let rarities = order.rarities(in: [0, 2, 1])
        #expect(rarities.map(\.position) == [0, 1, 2, 3])
        #expect(rarities.map(\.from) == [SuccessionRarity.boundary, 0, 2, 1])
        #expect(rarities[0].rarity == 0)
    }

    @Test func `what was never seen parts no others`() {
        #expect(order.rarity(of: [0, 7, 1, 2]) == order.rarity(of: [0, 1, 2]))
    }

    @Test func `a thing is as rare as the sequences that lack it are many`() {
        #expect(order.rarity(of: Int32(0)) == 0)
        #expect(order.rarity(of: Int32(7)) == log(11.0))
        #expect(order.rarity(ofRarestOf: [0, 7]) == log(11.0))
        #expect(order.rarity(ofRarestOf: []) == 0)
        let rare = SuccessionRarity([([0], 9), ([0, 1], 1)], things: 2)
        #expect(rare.rarity(of: Int32(1)) == log(11.0 / 2))
        #expect(rare.rarity(of: Int32(1), isLeftOut: true) == log(10.0))
    }

    @Test func `it is restored from what it writes down`() {
        let copy = SuccessionRarity(
            sequences: order.sequences, support: order.support, successions: order.successions)
        #expect(copy == order)
    }

    @Test func `the table is bounded, and keeps what is common`() {
        var generator = SplitMix64(seed: 5)
        var sequences: [(sequence: [Int32], count: Int)] = [([0, 1], 1_000)]
        for _ in 0..<700 {
            sequences.append(((0..<200).map { _ in Int32.random(in: 0..<4_000, using: &generator) }, 1))
        }
        let order = SuccessionRarity(sequences, things: 4_000)
        #expect(order.successions.count == SuccessionRarity.largestTable)
        #expect(order.rarity(of: [0, 1]) < 0.1)
    }
}
