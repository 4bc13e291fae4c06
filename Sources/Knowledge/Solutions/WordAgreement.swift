internal import Features
internal import Glibc
internal import Records
internal import Statistics

/// Parts texts that are taken for one solution although they say different things: of few texts nobody can tell which words mean the same.
///
/// Two texts may be one where they share enough of the words of the shorter one. A word that n of N customers say of their issues weighs
/// `ln((1 + N) / (1 + n))`: what holds the sentences of a language together, and what the issue is called, is in all its remedies.
struct WordAgreement: Sendable {
    /// The least share of the weight of one of two texts that is common.
    ///
    /// The texts of one remedy on simulated desks hang together up to .4 by one pair or
    /// another, and 19 in 20 pairs of different ones have less than .35.
    private static let leastShare = 0.35

    /// The weight of the hash of each stem.
    private let weights: [UInt64: Double]
    private let sum: Double

    private init(_ text: RedactedText, _ index: CaseIndex) {
        var weights: [UInt64: Double] = [:]
        text.forEachTerm { word in
            guard !FunctionWords.contains(word) else { return }
            let term = index.lexicon.number(of: word).map { index.lexicon.terms[Int($0)] } ?? Lexicon.noTerm
            let holders = term == Lexicon.noTerm ? 0 : index.holders(of: term)
            weights[Lexicon.stemHash(of: word)] = log(Double(1 + index.count) / Double(1 + holders))
        }
        self.weights = weights
        sum = Self.sum(weights)
    }

    private static func sum(_ weights: [UInt64: Double]) -> Double {
        // Sorted, as sums of floating-point numbers depend on the order.
        weights.values.sorted().reduce(0, +)
    }

    private func mayBe(_ other: WordAgreement) -> Bool {
        Self.sum(weights.filter { other.weights[$0.key] != nil }) >= Self.leastShare * min(sum, other.sum)
    }

    /// Groups of which those are parted whose texts do not hang together by pairs that agree.
    ///
    /// - Parameters:
    ///   - groups: The group of each text, numbered from 0.
    ///   - texts: The texts.
    ///   - index: What the customers said.
    /// - Returns: The group of each text, numbered from 0 by the first of its texts.
    static func parting(_ groups: [Int], _ texts: [RedactedText], _ index: CaseIndex) -> [Int] {
        let all = concurrently(texts.count, by: 512) { texts[$0].map { WordAgreement($0, index) } }.flatMap(\.self)
        var members = [[Int]](repeating: [], count: (groups.max() ?? -1) + 1)
        var sets = DisjointSets(count: groups.count)
        for (number, group) in groups.enumerated() {
            for other in members[group] where sets.root(of: other) != sets.root(of: number) {
                if all[number].mayBe(all[other]) { sets.join(other, number) }
            }
            members[group].append(number)
        }
        return sets.labels
    }
}
