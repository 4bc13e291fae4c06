internal import Features
internal import LinearAlgebra
public import Records
internal import Statistics

extension AnomalyModel {
    /// The fewest sessions that can be learned from.
    public static let fewestSessions = 2
    /// The fewest sessions from which a signature never seen is remarkable by itself.
    static let fewestForSignature = 20
    /// The largest number of different vectors of counts that are learned from.
    static let largestKinds = 8_192

    /// What a model is made of, beside its sessions.
    public struct Source: Sendable {
        /// The name of the data set or file.
        public var name: String
        /// The paths of the files, for their checksums.
        public var files: [String]
        /// The templates of the signatures, where they are known.
        public var templates: [String: String]
        /// The number of records of a window where the sessions are such windows of a log.
        public var window: Int?
        /// The minutes of a window where the sessions are such windows of a log.
        public var minutes: Int?

        /// Describes a source.
        public init(
            name: String, files: [String] = [], templates: [String: String] = [:], window: Int? = nil,
            minutes: Int? = nil
        ) {
            self.name = name
            self.files = files
            self.templates = templates
            self.window = window
            self.minutes = minutes
        }
    }

    /// Learns from sessions, of which an unknown few may be anomalous.
    ///
    /// - Parameters:
    ///   - sessions: The sessions.
    ///   - source: Where they come from.
    ///   - alarmRate: About the share of such sessions that is to be flagged, in 0...1; by default those that score 1 or more are.
    ///   - seed: The seed of random choices.
    /// - Throws: ``AnomalyError/tooFewSessions(_:needed:)``, ``RecordError`` for a file whose checksum cannot be made,
    ///   `LinearAlgebraError`.
    /// - Complexity: See ``TrimmedKinds``; beside it, O(lines).
    public init(
        training sessions: [LogSession], source: Source, alarmRate: Double? = nil, seed: UInt64 = 1
    ) throws {
        guard sessions.count >= Self.fewestSessions else {
            throw AnomalyError.tooFewSessions(sessions.count, needed: Self.fewestSessions)
        }
        var checksums: [String: String] = [:]
        for file in source.files {
            let name = file.split(separator: "/").last.map(String.init) ?? file
            checksums[name] = Checksum.sha256(try RecordFile(reading: file).bytes)
        }
        let vocabulary = SignatureVocabulary(of: sessions.lazy.map(\.signatures))
        let table = SessionTable(sessions, vocabulary: vocabulary, largestKinds: Self.largestKinds, seed: seed)
        let ordinary = OrdinarySessions(table, signatures: vocabulary.signatures.count)
        let (fit, order) = (ordinary.kinds, ordinary.order)
        let rarities = zip(table.sequences, ordinary.sequences).map { entry, isOrdinary in
            order.rarity(of: entry.sequence, isLeftOut: isOrdinary)
        }
        let signatureRarities = table.vectors.indices.map { kind in
            order.rarity(ofRarestOf: table.vectors[kind].columns, isLeftOut: ordinary.counts[kind] > 0)
        }

        var mixture: PrincipalResidual?
        var residuals = [Double](repeating: 0, count: table.vectors.count)
        var residualLimit: Double?
        if Double(table.sessions) * Self.rareRate >= 1 {
            let width = min(Self.largestMixture, vocabulary.signatures.count)
            var rows = Matrix(rows: table.vectors.count, columns: width)
            for (i, vector) in table.vectors.enumerated() {
                for (j, value) in Self.row(vector, columns: width).enumerated() { rows[i, j] = value }
            }
            let weights = ordinary.counts.map(Double.init)
            let components = try PrincipalResidual(rows: rows, counts: weights)
            residuals = try components.heldOut(rows: rows, counts: weights)
            residualLimit = Self.limit(Array(zip(residuals, ordinary.counts)))
            mixture = components
        }

        let rare = ordinary.rareOrder ?? Self.limit(Array(zip(rarities, ordinary.sequenceCounts)))
        let rareSignature = ordinary.rareOrder ?? Self.limit(Array(zip(signatureRarities, ordinary.counts)))
        let repetition =
            ordinary.rareOrder == nil
            ? nil
            : RepetitionRarity(
                zip(table.vectors, ordinary.counts).map { (vector: $0, count: $1) }, rate: Self.rareRate)
        let repetitions = zip(table.vectors, ordinary.counts).map { vector, count in
            repetition?.score(of: vector, isLeftOut: count > 0) ?? 0
        }
        let limits = Limits(
            counts: fit.threshold, signature: table.sessions < Self.fewestForSignature ? nil : rareSignature,
            order: table.sessions < Self.fewestForSignature ? nil : rare, mixture: residualLimit,
            repetition: repetition?.threshold)
        let scores = zip(table.sequences, rarities).map { entry, rarity in
            let ratios = Ratios(
                counts: fit.distances[entry.kind] / limits.counts,
                signature: limits.signature.map { signatureRarities[entry.kind] / $0 } ?? 0,
                order: limits.order.map { rarity / $0 } ?? 0,
                mixture: limits.mixture.map { residuals[entry.kind] / $0 } ?? 0,
                repetition: repetitions[entry.kind])
            return (score: ratios.largest, count: entry.count)
        }
        let remarkable = scores.reduce(0) { $0 + ($1.score >= 1 ? $1.count : 0) }
        self.init(
            provenance: Provenance(
                source: source.name, dataSHA256: checksums, sessions: sessions.count, learned: table.sessions,
                kinds: table.vectors.count, remarkableShare: Double(remarkable) / Double(table.sessions),
                loneShare: Double(table.counts.count { $0 == 1 }) / Double(table.sessions), rareShare: ordinary.share,
                isOrdered: ordinary.rareOrder != nil,
                window: source.window, minutes: source.minutes, seed: seed, codeVersion: ResolutionTimeModel.codeVersion
            ),
            alarmRate: alarmRate, templates: source.templates, vocabulary: vocabulary, kinds: fit.kinds, order: order,
            mixture: mixture, repetition: repetition, limits: limits, calibration: ConformalCalibration(scores))
    }

    /// The threshold that a share of ordinary sessions exceeds; nil where there are too few to tell.
    private static func limit(_ scores: [(Double, Int)]) -> Double? {
        let cases = scores.filter { $0.1 > 0 }.map { (score: $0.0, count: $0.1) }
        let limit = ConformalCalibration(cases).threshold(rate: rareRate)
        return limit.isFinite && limit > 0 ? limit : nil
    }
}
