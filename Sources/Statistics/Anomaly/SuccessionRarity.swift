internal import Glibc

/// Which thing follows which, and how rare it is that it does.
///
/// The rarity of a succession (a, b) is `ln((min(n_a, n_b) + 1) / (n_ab + 1))`, with the sequences that hold a, b and the
/// succession: how much rarer it is than its rarer end, so that a rare thing is not counted for a rare order. Where order is
/// regular it is `ln((n + 1) / (n_ab + 1))` for *n* sequences instead; see ``Scale``. There a thing that comes in many places
/// has successions that are each rare, though it is not: `n_ab + 1` is multiplied by the freedom of either end, up to the
/// sequences that have that end. The freedom of a thing is the effective number `(Σ n)² / Σ n²` of the things before it, or
/// after it, less 2 and at least 1: two ways are a branch. Rare ways beside common ones hardly change that number, so that a
/// fault does not make itself ordinary. The begin and the end of a sequence count as things. The rarity of a sequence is that
/// of its rarest succession. Things that were never seen are stepped over, so that a foreign line between two others does
/// not part them.
///
/// Source: for the effective number, M. O. Hill, "Diversity and evenness", Ecology 54 (1973), doi:10.2307/1934352, of order 2.
public struct SuccessionRarity: Sendable, Equatable {
    /// A succession and the sequences that have it.
    public struct Succession: Sendable, Equatable {
        /// The earlier thing; ``boundary`` for the begin.
        public var from: Int32
        /// The later thing; ``boundary`` for the end.
        public var to: Int32
        /// The number of sequences.
        public var support: Int

        /// Describes a succession.
        public init(from: Int32, to: Int32, support: Int) {
            self.from = from
            self.to = to
            self.support = support
        }
    }

    /// What a succession is rare in comparison with.
    public enum Scale: String, Sendable, Codable {
        /// The rarer of its two things.
        case rarerEnd
        /// All sequences.
        case allSequences
    }

    /// What stands before the first thing and after the last.
    public static let boundary: Int32 = -1
    /// The largest number of successions that are kept; the rarest are left out first, and count as never seen.
    public static let largestTable = 65_536

    /// The number of sequences.
    public let sequences: Int
    /// For each thing the sequences that have it.
    public let support: [Int]
    /// What a succession is rare in comparison with.
    public let scale: Scale
    private let table: [UInt64: Int]
    private let freedom: Freedom

    /// In how many ways more than a branch a thing goes on, and is come to.
    private struct Freedom: Sendable, Equatable {
        private(set) var after: [Int32: Double] = [:]
        private(set) var before: [Int32: Double] = [:]

        init(_ table: [UInt64: Int]) {
            var sums: (after: [Int32: (Double, Double)], before: [Int32: (Double, Double)]) = ([:], [:])
            // Sums of whole numbers, the same in any order.
            for (key, support) in table {
                let (from, to, support) = (SuccessionRarity.from(key), SuccessionRarity.to(key), Double(support))
                sums.after[from, default: (0, 0)].0 += support
                sums.after[from, default: (0, 0)].1 += support * support
                sums.before[to, default: (0, 0)].0 += support
                sums.before[to, default: (0, 0)].1 += support * support
            }
            func free(_ sum: (Double, Double)) -> Double? {
                let number = sum.0 * sum.0 / sum.1 - 2
                return number > 1 ? number : nil
            }
            after = sums.after.compactMapValues(free)
            before = sums.before.compactMapValues(free)
        }
    }

    /// Learns from distinct sequences.
    ///
    /// - Parameters:
    ///   - sequences: The sequences and how many cases have each, positive.
    ///   - things: The number of things; those at or beyond it are stepped over.
    ///   - scale: What a succession is rare in comparison with.
    public init(_ sequences: [(sequence: [Int32], count: Int)], things: Int, scale: Scale = .rarerEnd) {
        self.scale = scale
        var support = [Int](repeating: 0, count: things)
        var table: [UInt64: Int] = [:]
        var total = 0
        for (sequence, count) in sequences {
            total += count
            for thing in Set(sequence) where Int(thing) < things { support[Int(thing)] += count }
            for key in Set(Self.keys(in: sequence, things: things).map(\.key)) { table[key, default: 0] += count }
        }
        if table.count > Self.largestTable {
            let kept = table.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.largestTable)
            table = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
        }
        self.sequences = total
        self.support = support
        self.table = table
        freedom = Freedom(table)
    }

    /// Restores what ``successions`` wrote down.
    public init(sequences: Int, support: [Int], successions: [Succession], scale: Scale = .rarerEnd) {
        self.scale = scale
        self.sequences = sequences
        self.support = support
        let table = Dictionary(successions.map { (Self.key($0.from, $0.to), $0.support) }) { $0 + $1 }
        self.table = table
        freedom = Freedom(table)
    }

    /// The successions in the order of their ends.
    public var successions: [Succession] {
        table.sorted { $0.key < $1.key }.map { key, support in
            Succession(from: Self.from(key), to: Self.to(key), support: support)
        }
    }

    /// The rarity of each succession of a sequence, with the position of its later thing; that of the end is the length.
    ///
    /// - Parameters:
    ///   - sequence: The sequence.
    ///   - isLeftOut: Whether the sequence is one of those learnt from, which then does not count.
    /// - Complexity: O(length).
    public func rarities(in sequence: [Int32], isLeftOut: Bool = false) -> [(
        position: Int, from: Int32, rarity: Double
    )] {
        let own = isLeftOut ? 1 : 0
        return Self.keys(in: sequence, things: support.count).compactMap { entry in
            let rarer = min(count(of: entry.from), count(of: entry.to)) - own
            // A thing that nothing else has is not rarely followed; among all sequences it is rare itself.
            guard rarer > 0 || scale == .allSequences else { return nil }
            let compared = scale == .allSequences ? max(0, sequences - own) : rarer
            let together = max(0, (table[entry.key] ?? 0) - own)
            var alike = Double(together + 1)
            if scale == .allSequences {
                let ends = [(entry.from, freedom.after[entry.from]), (entry.to, freedom.before[entry.to])]
                for case (let end, let ways?) in ends {
                    alike = max(alike, min(ways * Double(together + 1), Double(count(of: end) - own + 1)))
                }
            }
            return (entry.position, entry.from, max(0, log(Double(compared + 1) / alike)))
        }
    }

    /// The rarity of the rarest succession of a sequence; 0 where there is none.
    public func rarity(of sequence: [Int32], isLeftOut: Bool = false) -> Double {
        rarities(in: sequence, isLeftOut: isLeftOut).reduce(0) { max($0, $1.rarity) }
    }

    /// The rarity of a thing: `ln((n + 1) / (n_a + 1))` for *n* sequences of which `n_a` hold it; that of a thing never seen is
    /// `ln(n + 1)`.
    public func rarity(of thing: Int32, isLeftOut: Bool = false) -> Double {
        let own = isLeftOut ? 1 : 0
        let holding = Int(thing) < support.count ? max(0, support[Int(thing)] - own) : 0
        return log(Double(max(0, sequences - own) + 1) / Double(holding + 1))
    }

    /// The rarity of the rarest of some things; 0 for none.
    public func rarity(ofRarestOf things: [Int32], isLeftOut: Bool = false) -> Double {
        things.reduce(0) { max($0, rarity(of: $1, isLeftOut: isLeftOut)) }
    }

    private func count(of thing: Int32) -> Int { thing == Self.boundary ? sequences : support[Int(thing)] }

    private static func keys(
        in sequence: [Int32], things: Int
    ) -> [(position: Int, from: Int32, to: Int32, key: UInt64)] {
        var keys: [(position: Int, from: Int32, to: Int32, key: UInt64)] = []
        keys.reserveCapacity(sequence.count + 1)
        var last = boundary
        for (position, thing) in sequence.enumerated() where Int(thing) < things {
            keys.append((position, last, thing, key(last, thing)))
            last = thing
        }
        keys.append((sequence.count, last, boundary, key(last, boundary)))
        return keys
    }

    private static func from(_ key: UInt64) -> Int32 { Int32(bitPattern: UInt32(key >> 32)) }
    private static func to(_ key: UInt64) -> Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: key)) }

    private static func key(_ from: Int32, _ to: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: from)) << 32 | UInt64(UInt32(bitPattern: to))
    }
}
