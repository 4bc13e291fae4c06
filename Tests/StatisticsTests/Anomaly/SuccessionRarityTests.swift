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

    /// A thing 9 that 80 of 800 sequences have, ten in each of eight places.
    @Test func `a thing that comes in many places is no rarer in each than its ways are many`() {
        let steps: [Int32] = [0, 1, 2, 3, 4, 5, 6, 7]
        let inserted = steps.indices.map { place in
            (sequence: Array(steps[...place]) + [9] + Array(steps[(place + 1)...]), count: 10)
        }
        let order = SuccessionRarity([(steps, 720)] + inserted, things: 10, scale: .allSequences)
        // Eight ways before it and eight after it, each less two: six times ten and one.
        #expect(order.rarity(of: inserted[3].sequence) == log(801.0 / 66))
        #expect(-log(RareShare.ceiling) > log(801.0 / 66))
        #expect(-log(RareShare.ceiling) < log(801.0 / 11))
        // What comes in one place only is as rare elsewhere as before.
        #expect(order.rarity(of: [0, 1, 3, 2, 4, 5, 6, 7]) == log(801.0))
        let copy = SuccessionRarity(
            sequences: order.sequences, support: order.support, successions: order.successions, scale: .allSequences)
        #expect(copy == order)
    }

    @Test func `a rare way beside a common one stays rare`() {
        let order = SuccessionRarity(
            [([0, 1, 2], 600), ([0, 3, 2], 390), ([0, 2], 10)], things: 4, scale: .allSequences)
        #expect(order.rarity(of: [0, 2]) == log(1_001.0 / 11))
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
