/// A case that is like another, and what makes it so.
public struct CaseMatch: Sendable, Hashable, Comparable {
    /// The number of the case in its index.
    public var number: Int
    /// How alike they are, 0 to 1.
    public var score: Double
    /// What the score was made of.
    public var likeness: Likeness

    /// The better one first, of two as good the one that was added later: it tells of what holds now.
    public static func < (left: CaseMatch, right: CaseMatch) -> Bool {
        (-left.score, -left.number) < (-right.score, -right.number)
    }
}

/// How two texts are alike, each from 0 to 1.
///
/// The score is the share of what the words and the latent directions give, raised by common signatures and by a common environment as by independent
/// reasons: `1 - (1 - words)(1 - .5 · signatures)(1 - .1 · environment)`, with
/// `words = ((1 - w) · cosine + w · (containment + latent)) / (1 + w)`. Short questions are about what is in them and use other words than the
/// texts, long ones are about what they have in common with a text: `w = 1 / (1 + terms / 20)` of the question's distinct terms.
public struct Likeness: Sendable, Hashable {
    private static let shortLength: Float = 20
    private static let signatureShare: Float = 0.5
    private static let environmentShare: Float = 0.1

    /// The cosine of the two texts with term weights `(1 + ln count) · (1 + ln((1 + n) / (1 + df)))^1.5` (Salton and Buckley 1988).
    public var cosine: Float = 0
    /// The part of the question that the text holds, by Okapi BM25 (Robertson and Zaragoza 2009) with k₁ 1.2 and b .75, of the most that any text could.
    public var containment: Float = 0
    /// The cosine in the latent space; not below 0.
    public var latent: Float = 0
    /// The share of the question's signatures that were seen with the text, the rarer ones counting more.
    public var signatures: Float = 0
    /// The share of the question's environment that is the text's too.
    public var environment: Float = 0

    /// The mean of both cosines, what the texts share of all that both say, raised by common signatures as the score is.
    var resemblance: Double {
        1 - Double(1 - (cosine + max(0, latent)) / 2) * Double(1 - Self.signatureShare * signatures)
    }

    /// The score of texts that are so alike.
    func score(terms: Int) -> Double {
        let short = 1 / (1 + Float(terms) / Self.shortLength)
        let words = ((1 - short) * cosine + short * (containment + max(0, latent))) / (1 + short)
        let rest =
            (1 - words) * (1 - Self.signatureShare * signatures) * (1 - Self.environmentShare * environment)
        return Double(1 - max(0, rest))
    }
}
