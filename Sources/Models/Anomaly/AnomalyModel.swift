internal import Features
internal import Glibc
internal import LinearAlgebra
internal import Statistics

/// Says how far a session of log lines is out of the ordinary, and which of its lines make it so.
///
/// It learns from sessions of which an unknown few may be anomalous; no label is needed. A score of 1 is where a session
/// becomes remarkable. It is the largest of five ratios to a threshold: of the distance of the counts of signatures from
/// what is common, of the rarity of the rarest signature (one never seen is the rarest), of the rarity of the order, of what
/// principal components leave unexplained of the counts, and of how rarely a signature is repeated so often. Where counts
/// mostly tell the order of the lines, order and signatures have the thresholds that are found from the sessions, and
/// otherwise counts, and repetitions are not looked at; the others have those that only one ordinary session in 2,000
/// exceeds. Order and components are silent until there are enough sessions to tell.
///
/// The p-value of a session is the share of sessions like those of the training that score as high, itself counted:
/// never below 1 / (n + 1).
public struct AnomalyModel: Sendable {
    /// Where a model comes from.
    public struct Provenance: Sendable, Codable, Equatable {
        /// The name of the data set or file.
        public var source: String
        /// The SHA-256 of its files.
        public var dataSHA256: [String: String]
        /// The sessions that were given.
        public var sessions: Int
        /// Those that were learned from; others are left out at random where there are too many different ones.
        public var learned: Int
        /// The different vectors of counts among them.
        public var kinds: Int
        /// The share of them that score 1 or more, each left out of the model that scores it.
        public var remarkableShare: Double
        /// The share of them whose counts no other has.
        public var loneShare: Double
        /// The share below which something counts as rare, found from the sessions.
        public var rareShare: Double
        /// Whether the counts of a session mostly tell the order of its lines, so that a rare order is remarkable.
        public var isOrdered: Bool
        /// The number of records of a window where the sessions are such windows of a log.
        public var window: Int?
        /// The minutes of a window where the sessions are such windows of a log.
        public var minutes: Int?
        /// The seed of the random choices.
        public var seed: UInt64
        /// The version of the package that trained the model: see ``ResolutionTimeModel/codeVersion``.
        public var codeVersion: String
    }

    /// The thresholds of the distances; nil for one that cannot tell yet.
    struct Limits: Sendable, Codable, Equatable {
        var counts: Double
        var signature: Double?
        var order: Double?
        var mixture: Double?
        var repetition: Double?
    }

    /// Where the model comes from.
    public let provenance: Provenance
    /// The share of sessions like those of the training that is to be flagged, if it was asked for: about so many, as each session that p-values are made of
    /// was scored by a model that leaves it out (see `ConformalCalibration`).
    public let alarmRate: Double?
    /// The score from which a session is flagged; nil where there are too few sessions for the rate that was asked for.
    public let threshold: Double?
    /// The templates of the signatures, where they are known.
    public let templates: [String: String]
    let vocabulary: SignatureVocabulary
    let kinds: OrdinaryKinds
    let order: SuccessionRarity
    let mixture: PrincipalResidual?
    let repetition: RepetitionRarity?
    let limits: Limits
    let calibration: ConformalCalibration

    /// The share of ordinary sessions beyond the thresholds of signature, order and mixture, each.
    static let rareRate = 0.0005
    /// The largest number of signatures that principal components are made of, those of the most sessions.
    static let largestMixture = 128

    /// Whether what was learned from looks mostly ordinary: at most a tenth of it is remarkable, and at most half is like no
    /// other, of which nobody can say what is ordinary.
    public var looksOrdinary: Bool { provenance.remarkableShare <= 0.1 && provenance.loneShare <= 0.5 }

    /// The number of sessions that p-values are made of: none is below 1 / (n + 1).
    public var calibrationSize: Int { calibration.size }

    /// The share of sessions like those of the training that is flagged, about: what the model promises.
    public var promisedRate: Double { threshold.map { calibration.pValue($0) } ?? 0 }

    init(
        provenance: Provenance, alarmRate: Double?, templates: [String: String], vocabulary: SignatureVocabulary,
        kinds: OrdinaryKinds, order: SuccessionRarity, mixture: PrincipalResidual?,
        repetition: RepetitionRarity?, limits: Limits, calibration: ConformalCalibration
    ) {
        self.provenance = provenance
        self.alarmRate = alarmRate
        self.templates = templates
        self.vocabulary = vocabulary
        self.kinds = kinds
        self.order = order
        self.mixture = mixture
        self.repetition = repetition
        self.limits = limits
        self.calibration = calibration
        let limit = alarmRate.map { calibration.threshold(rate: $0) } ?? 1
        threshold = limit.isFinite ? limit : nil
    }

    /// The p-value of a score.
    public func pValue(_ score: Double) -> Double { calibration.pValue(score) }

    /// Whether a score is high enough to flag its session.
    public func flags(_ score: Double) -> Bool { threshold.map { score >= $0 } ?? false }

    /// The five distances, each divided by its threshold; 0 for one that cannot tell.
    struct Ratios {
        var counts: Double
        var signature: Double
        var order: Double
        var mixture: Double
        var repetition: Double
        var largest: Double { max(counts, signature, order, mixture, repetition) }
    }

    func ratios(_ sequence: [Int32], _ vector: CountVector, ball: OrdinaryKinds.Ball) -> Ratios {
        Ratios(
            counts: ball.radius / limits.counts,
            signature: limits.signature.map { order.rarity(ofRarestOf: vector.columns) / $0 } ?? 0,
            order: limits.order.map { order.rarity(of: sequence) / $0 } ?? 0,
            mixture: mixtureRatio(vector),
            repetition: repetition?.score(of: vector) ?? 0)
    }

    private func mixtureRatio(_ vector: CountVector) -> Double {
        guard let mixture, let limit = limits.mixture else { return 0 }
        return mixture.residual(of: Self.row(vector, columns: mixture.mean.count)) / limit
    }

    /// The counts that principal components are made of: `log₂(1 + n)`.
    static func row(_ vector: CountVector, columns: Int) -> [Double] {
        var row = [Double](repeating: 0, count: columns)
        for (column, count) in zip(vector.columns, vector.counts) where Int(column) < columns {
            row[Int(column)] = log2(1 + Double(count))
        }
        return row
    }
}
