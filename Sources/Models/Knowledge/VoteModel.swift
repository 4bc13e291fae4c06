public import Statistics

/// How much a similar case speaks for its solution: `exp` of the weighted sum of its values.
///
/// The first ``likenessCount`` values are the score of the match, its cosine, containment, latent cosine, common signatures and common environment, and the
/// months since the case was opened, negative. One value for each of ``fields`` follows: 1 where the case has what the question has in a field of the
/// environment, -1 where it has something else, 0 where either does not tell. The weights are learnt from past cases that are asked again, by a
/// conditional logit with priors around ``prior``.
public struct VoteModel: Sendable, Hashable, Codable {
    /// The number of values that do not depend on the environment's fields.
    public static let likenessCount = 7
    /// What holds before anything was learnt: e^1.2 times the vote for a tenth of the score, and half of it for each month.
    public static let prior = VoteModel(fields: [], weights: [12, 0, 0, 0, 0, 0, 0.693_147_180_559_945_3])
    private static let deviations = [6, 6, 6, 6, 3, 3, 0.7]
    private static let fieldDeviation = 2.0

    /// The fields of the environment that are weighed one by one.
    public let fields: [String]
    /// The weight of each value.
    public let weights: [Double]

    private init(fields: [String], weights: [Double]) {
        self.fields = fields
        self.weights = weights
    }

    /// Learns from past cases.
    ///
    /// - Parameters:
    ///   - choices: For each the values of the cases found, and which of them have its solution.
    ///   - fields: The fields of the environment that the values are of.
    /// - Returns: nil where the weights cannot be told from the choices.
    public init?(_ choices: [ConditionalLogit.Choice], fields: [String]) {
        let estimator = ConditionalLogit(
            means: Self.prior.weights + fields.map { _ in 0 },
            deviations: Self.deviations + fields.map { _ in Self.fieldDeviation })
        guard let weights = try? estimator.fit(choices) else { return nil }
        self.init(fields: fields, weights: weights)
    }

    /// Whether there is a finite weight for each value.
    var isSound: Bool {
        weights.count == Self.likenessCount + fields.count && weights.allSatisfy(\.isFinite)
            && Set(fields).count == fields.count
    }

    /// The logarithm of a vote.
    public func logVote(_ values: [Double]) -> Double {
        zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
