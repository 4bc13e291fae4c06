/// Where the right answers to a query stand in the order that was given.
public struct RankedAnswers: Sendable, Hashable {
    /// The places of the right answers, from 1, ascending.
    public let ranks: [Int]
    /// The number of right answers, at least 1, whether they were given or not.
    public let relevant: Int

    /// Looks the right answers up.
    ///
    /// - Parameters:
    ///   - ranked: The answers given, the best first. One that is given again takes a place and is no second right answer.
    ///   - relevant: The right answers.
    /// - Returns: nil where no answer is right: no order is good or bad then.
    /// - Complexity: O(answers).
    public init?<Answer: Hashable>(ranked: [Answer], relevant: Set<Answer>) {
        guard !relevant.isEmpty else { return nil }
        var missing = relevant
        ranks = ranked.enumerated().compactMap { place, answer in
            missing.remove(answer).map { _ in place + 1 }
        }
        self.relevant = relevant.count
    }

    /// Whether a right answer is among the first k.
    public func isAnswered(within k: Int) -> Bool { ranks.first.map { $0 <= k } ?? false }

    /// The share of the right answers that are among the first k.
    public func recall(at k: Int) -> Double { Double(ranks.count { $0 <= k }) / Double(relevant) }

    /// One by the place of the first right answer; 0 where none was given.
    public var reciprocalRank: Double { ranks.first.map { 1 / Double($0) } ?? 0 }

    /// The normalised discounted cumulative gain at k, where a right answer gains 1: see ``DiscountedGain``.
    ///
    /// - Parameter k: The places that count, at least 1.
    public func normalizedGain(at k: Int) -> Double {
        let right = Set(ranks)
        let items = (1...max(1, k)).map { (score: -Double($0), gain: right.contains($0) ? 1.0 : 0) }
        let missed = [Double](repeating: 1, count: relevant - ranks.count { $0 <= k })
        return DiscountedGain.normalized(items, missed: missed, at: k) ?? 0
    }
}
