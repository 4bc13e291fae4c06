internal import Glibc

/// Which successions are common among sequences of which an unknown few are anomalous.
///
/// A sequence is as rare as its rarest succession. Those rarer than ``share``, which ``RareShare`` finds, are left out of what
/// is learned, in turns, until nothing changes; never more than ``largestTrim`` of the cases. It is the counterpart of
/// ``TrimmedKinds`` for sequences whose order is regular.
public struct TrimmedSuccessions: Sendable {
    /// The successions of the sequences that count as ordinary.
    public let order: SuccessionRarity
    /// Which sequences count as ordinary, in the order given.
    public let isOrdinary: [Bool]
    /// The share below which a succession is rare.
    public let share: Double
    /// The rarity from which a sequence is out of the ordinary: `−ln` ``share``.
    public var threshold: Double { -log(share) }

    /// The largest share of the cases that is left out.
    public static let largestTrim = 0.2
    private static let largestTurns = 6

    /// Fits.
    ///
    /// - Parameters:
    ///   - sequences: Distinct sequences and the cases of each, positive.
    ///   - things: The number of things.
    /// - Complexity: O(turns · length of all sequences).
    public init(_ sequences: [(sequence: [Int32], count: Int)], things: Int) {
        let cases = sequences.reduce(0) { $0 + $1.count }
        var order = SuccessionRarity(sequences, things: things, scale: .allSequences)
        var isOrdinary = [Bool](repeating: true, count: sequences.count)
        var rarities = sequences.map { order.rarity(of: $0.sequence, isLeftOut: true) }
        // Twice among all is as rare as can be told: once would be nothing that was not seen before.
        let least = min(RareShare.ceiling, 1.5 / Double(max(1, cases)))
        let scores = zip(sequences, rarities).map { (score: $1, count: $0.count) }
        let share = RareShare.value(least: least) { (scores, -log($0)) }
        for _ in 0..<Self.largestTurns {
            let rarest = sequences.indices.sorted { (rarities[$1], $0) < (rarities[$0], $1) }
            var next = [Bool](repeating: true, count: sequences.count)
            var trimmed = 0
            for index in rarest {
                trimmed += sequences[index].count
                guard rarities[index] >= -log(share), Double(trimmed) <= Self.largestTrim * Double(cases) else { break }
                next[index] = false
            }
            if next == isOrdinary { break }
            isOrdinary = next
            order = SuccessionRarity(
                sequences.indices.filter { next[$0] }.map { sequences[$0] }, things: things, scale: .allSequences)
            rarities = sequences.indices.map { order.rarity(of: sequences[$0].sequence, isLeftOut: next[$0]) }
        }
        self.order = order
        self.isOrdinary = isOrdinary
        self.share = share
    }
}
