public import Statistics

/// How much a similar case speaks for its solution: `exp` of the weighted sum of its ``count`` values.
///
/// The values are the score of the match, its cosine, containment, latent cosine, common signatures and common environment, and the months since the case
/// was opened, negative. The weights are learnt from past cases that are asked again, by a conditional logit with priors around ``prior``.
public struct VoteModel: Sendable, Hashable, Codable {
    /// The number of values.
    public static let count = 7
    /// What holds before anything was learnt: e^1.2 times the vote for a tenth of the score, and half of it for each month.
    public static let prior = VoteModel(weights: [12, 0, 0, 0, 0, 0, 0.693_147_180_559_945_3])
    private static let deviations = [6, 6, 6, 6, 3, 3, 0.7]

    /// The weight of each value.
    public let weights: [Double]

    private init(weights: [Double]) {
        self.weights = weights
    }

    /// Learns from past cases.
    ///
    /// - Parameter choices: For each the values of the cases found, and which of them have its solution.
    /// - Returns: nil where that cannot be told from the choices.
    public init?(_ choices: [ConditionalLogit.Choice]) {
        let estimator = ConditionalLogit(means: Self.prior.weights, deviations: Self.deviations)
        guard let weights = try? estimator.fit(choices) else { return nil }
        self.weights = weights
    }

    /// Whether there is a finite weight for each value.
    var isSound: Bool { weights.count == Self.count && weights.allSatisfy(\.isFinite) }

    /// The logarithm of a vote.
    public func logVote(_ values: [Double]) -> Double {
        zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
