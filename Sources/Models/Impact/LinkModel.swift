internal import Glibc
public import Statistics

/// The probability that an incident hurts an account, from the evidence of both.
///
/// A logistic regression whose coefficients are shrunk to stated priors, not to zero: with no history they are the priors, and
/// every link that people confirm or reject moves them. The penalty `λⱼ (βⱼ - β⁰ⱼ)²` is that of a normal prior around `β⁰`.
public struct LinkModel: Sendable, Hashable, Codable {
    /// The evidence of a link, each term a logarithm of odds or a share.
    public struct Evidence: Sendable, Hashable, Codable {
        /// The log odds that an account of its deployment is hurt.
        public var exposure: Double
        /// The log likelihood ratio of its failing lines.
        public var lines: Double
        /// The log likelihood ratio of its tickets.
        public var tickets: Double
        /// The log likelihood ratio of the change of its ordinary use.
        public var change: Double
        /// The share of its failing lines that are known to be its own only by likeness, 0...1.
        public var similar: Double
        /// The share of its failing lines that are its own by a trace or a key of a request, session or user, 0...1.
        public var joined: Double

        /// No evidence at all.
        public init(
            exposure: Double = 0, lines: Double = 0, tickets: Double = 0, change: Double = 0, similar: Double = 0,
            joined: Double = 0
        ) {
            self.exposure = exposure
            self.lines = lines
            self.tickets = tickets
            self.change = change
            self.similar = similar
            self.joined = joined
        }

        /// The six values in the order of the properties, as they are kept.
        public var values: [Double] { [exposure, lines, tickets, change, similar, joined] }

        /// Takes values that were kept; nil when they are not six.
        public init?(values: [Double]) {
            guard values.count == 6 else { return nil }
            self.init(
                exposure: values[0], lines: values[1], tickets: values[2], change: values[3], similar: values[4],
                joined: values[5])
        }

        /// The terms in the order of the coefficients, log odds cut at ±``LinkModel/largest``.
        var terms: [Double] {
            [exposure, lines, tickets, change].map { min(max($0, -LinkModel.largest), LinkModel.largest) }
                + [similar, joined, 1]
        }
    }

    /// A link that a person confirmed or rejected.
    public struct Decision: Sendable, Hashable, Codable {
        /// What was known of it.
        public var evidence: Evidence
        /// Whether the account was hurt.
        public var isHurt: Bool

        /// Creates a decision.
        public init(evidence: Evidence, isHurt: Bool) {
            self.evidence = evidence
            self.isHurt = isHurt
        }
    }

    /// The share of links that are right where nothing speaks against them: the incident itself may be none, or two in one.
    public static let certainty = 0.985
    /// Beyond it a term says no more.
    static let largest = 8.0
    /// How far the coefficients may lie from their priors, as standard deviations.
    private static let spreads = [0.3, 0.3, 0.3, 0.3, 1.0, 0.5, 1.0]

    /// The coefficients in the order exposure, lines, tickets, change, similar, joined, intercept.
    public let coefficients: [Double]
    /// The decisions that they were learnt from.
    public let decisions: Int

    /// The stated priors: logarithms of odds add up, what is only similar counts for less.
    public static let prior = LinkModel(coefficients: [1, 1, 0.8, 0.8, -2, -0.3, 0], decisions: 0)

    private init(coefficients: [Double], decisions: Int) {
        self.coefficients = coefficients
        self.decisions = decisions
    }

    /// Learns from decisions, by the probability that is told: a link that nothing speaks against is wrong in 1 - ``certainty`` of cases, so that one
    /// that a person rejects moves little, and only those that are rejected again and again are believed to be wrong by their evidence.
    ///
    /// - Throws: ``RegressionError``, when a term is not finite.
    public init(learning decisions: [Decision]) throws(RegressionError) {
        guard !decisions.isEmpty else {
            self = .prior
            return
        }
        let prior = Self.prior.coefficients
        let moved = try DecidedLinks(decisions, prior: prior, spreads: Self.spreads, certainty: Self.certainty).moved()
        coefficients = zip(prior, moved).map { $0 + $1 }
        self.decisions = decisions.count
    }

    /// The probability, 0 to ``certainty``.
    public func probability(_ evidence: Evidence) -> Double {
        Self.certainty / (1 + exp(-zip(coefficients, evidence.terms).reduce(0) { $0 + $1.0 * $1.1 }))
    }
}
