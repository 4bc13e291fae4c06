/// How well a search ranks, over queries that have a right answer; the mean of no query is NaN.
///
/// Source: C. D. Manning, P. Raghavan, H. Schütze, "Introduction to Information Retrieval", Cambridge 2008, sections 8.3 and 8.4;
/// the reciprocal rank by E. M. Voorhees, "The TREC-8 question answering track report", 1999.
public struct RankingMeasures: Sendable {
    /// The queries.
    public let queries: [RankedAnswers]

    /// Measures queries.
    public init(_ queries: [RankedAnswers]) { self.queries = queries }

    /// The share of the queries with a right answer among the first k: the recall rate of work on duplicate reports.
    public func answeredShare(within k: Int) -> Double { mean { $0.isAnswered(within: k) ? 1 : 0 } }

    /// The mean share of the right answers that are among the first k.
    public func recall(at k: Int) -> Double { mean { $0.recall(at: k) } }

    /// The mean of one by the place of the first right answer.
    public var meanReciprocalRank: Double { mean(\.reciprocalRank) }

    /// The mean normalised discounted cumulative gain at k, of right answers that gain 1 each.
    public func normalizedGain(at k: Int) -> Double { mean { $0.normalizedGain(at: k) } }

    /// The bootstrap interval of a mean over the queries.
    ///
    /// - Parameters:
    ///   - confidence: The probability that the interval is meant to cover, between 0 and 1.
    ///   - resamples: The number of samples drawn.
    ///   - generator: The source of the samples.
    ///   - value: The value of a query, such as `\.reciprocalRank`.
    public func interval(
        confidence: Double = 0.95, resamples: Int = 2_000, using generator: inout some RandomNumberGenerator,
        of value: (RankedAnswers) -> Double
    ) -> BootstrapInterval {
        BootstrapInterval(
            ofMean: queries.map(value), confidence: confidence, resamples: resamples, using: &generator)
    }

    private func mean(_ value: (RankedAnswers) -> Double) -> Double { ErrorMeasures.mean(queries.map(value)) }
}
