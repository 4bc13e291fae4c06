internal import Glibc

/// How common a kind of case may be and still count as rare, from cases that nobody has labelled.
///
/// With a share *s*, a case is rare when it scores `−ln s` or more. Of the shares ``ceiling``, ¾ ``ceiling``, … the greatest is
/// taken whose threshold lies in a gap: where hardly any of the rare cases score just above it. Where none does, it is the
/// one with the fewest cases there in proportion. So ordinary kinds that are uncommon by chance, whose scores crowd around any
/// threshold near them, lower the share until they are not rare, and a fault that has come again and again does not.
public enum RareShare {
    /// The greatest share.
    public static let ceiling = 0.025
    private static let step = 0.75
    private static let largestSteps = 10
    /// What is just above a threshold: scores up to so many times the threshold.
    private static let near = 1.25
    /// Hardly any: this part of the rare cases.
    private static let few = 0.1

    /// The share.
    ///
    /// - Parameters:
    ///   - least: The least share that can be told apart from nothing; positive, at most ``ceiling``.
    ///   - scores: For a share the scores of the cases, each with its number of cases, and the threshold.
    /// - Complexity: At most 10 calls of `scores`.
    public static func value(
        least: Double, scores: (Double) -> (cases: [(score: Double, count: Int)], threshold: Double)
    ) -> Double {
        var best = (share: ceiling, part: Double.infinity)
        var share = ceiling
        for _ in 0..<largestSteps {
            let (cases, threshold) = scores(share)
            let rare = cases.filter { $0.score >= threshold }
            let all = rare.reduce(0) { $0 + $1.count }
            let close = rare.reduce(0) { $0 + ($1.score < near * threshold ? $1.count : 0) }
            let part = all > 0 ? Double(close) / Double(all) : 0
            if part <= few { return share }
            if part < best.part { best = (share, part) }
            if share * step < least { break }
            share *= step
        }
        return best.share
    }
}
