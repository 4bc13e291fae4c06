/// How common a kind of case may be and still count as rare, from cases that nobody has labelled.
///
/// Let F(s) be the share of the cases that are rare when a kind of share *s* is still called rare. The share is the greatest
/// *s* up to ``ceiling`` with F(*s*) ≥ 2 *s*: a kind at the threshold is never more than half of all that is rare. So where
/// there is a gap in how common kinds are, the threshold comes to lie in it: of ordinary kinds just below the ceiling,
/// with next to nothing below them, none is called rare, and of many kinds of fault each may be as common as they are.
public enum RareShare {
    /// No kind above this share is rare.
    public static let ceiling = 0.03
    /// How much rarer things there are at least, in shares of a kind at the threshold.
    private static let kinds = 2.0
    private static let largestSteps = 8

    /// The share.
    ///
    /// - Parameters:
    ///   - least: What is returned where nothing fulfils the condition; positive, at most ``ceiling``.
    ///   - rare: F, which need not be monotone.
    /// - Complexity: At most 8 calls of `rare`.
    public static func value(least: Double, rare: (Double) -> Double) -> Double {
        var share = ceiling
        for _ in 0..<largestSteps {
            let next = max(least, min(share, rare(share) / kinds))
            // Refits move F a little; a tenth of a share is no gap.
            if next > 0.9 * share { return share }
            share = next
        }
        return share
    }
}
