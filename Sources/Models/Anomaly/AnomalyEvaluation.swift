public import Records
internal import Statistics

/// How well a model of anomalies tells the sessions of a labelled test apart; labels are looked at only here.
public struct AnomalyEvaluation: Sendable, Codable, Equatable {
    /// The share of the flagged that is anomalous, at ``prevalence``.
    public var precision: Double
    /// The share of the anomalous that is flagged.
    public var recall: Double
    /// The harmonic mean of precision and recall.
    public var f1: Double
    /// The share of anomalous sessions at which precision and F1 are given.
    public var prevalence: Double
    /// The F1 of flagging every session.
    public var flagEverythingF1: Double
    /// The share of the normal sessions that is flagged.
    public var falseAlarmRate: Double
    /// The share of sessions like those of the training that the model promises to flag, about.
    public var promisedRate: Double
    /// The score from which a session is flagged; nil where none could be.
    public var threshold: Double?
    /// The probability that an anomalous session scores above a normal one.
    public var auroc: Double
    /// The area under precision over recall, at ``prevalence``.
    public var averagePrecision: Double
    /// The sessions of the test.
    public var n: Int
    /// The normal sessions of the test.
    public var normal: Int
    /// The anomalous sessions of the test.
    public var anomalous: Int
    /// The sessions that were learned from.
    public var training: Int
    /// Those of them that are anomalous because they were mixed in.
    public var mixedIn: Int

    /// Learns from the training sessions of a data set and scores its test.
    ///
    /// - Parameters:
    ///   - dataset: The data set.
    ///   - contamination: The share of anomalous sessions, drawn from the test, that is mixed into the training; they are not
    ///     tested.
    ///   - alarmRate: As of ``AnomalyModel``.
    ///   - seed: The seed of random choices.
    /// - Throws: ``AnomalyError``, `LinearAlgebraError`.
    public init(of dataset: SessionDataset, contamination: Double = 0, alarmRate: Double? = nil, seed: UInt64 = 1)
        throws
    {
        var generator = SplitMix64(seed: seed)
        let order = dataset.anomalous.indices.shuffled(using: &generator)
        let wanted = contamination / (1 - contamination) * Double(dataset.training.count)
        let drawn = min(Int(wanted.rounded()), order.count)
        let training = dataset.training + order.prefix(drawn).map { dataset.anomalous[$0] }
        let anomalous = order.dropFirst(drawn).map { dataset.anomalous[$0] }
        let normal = dataset.normal
        if normal.isEmpty { throw AnomalyError.nothingToTest("normal") }
        if anomalous.isEmpty { throw AnomalyError.nothingToTest("anomalous") }

        let model = try AnomalyModel(
            training: training, source: .init(name: dataset.descriptor.name), alarmRate: alarmRate, seed: seed)
        var scorer = AnomalyScorer(model)
        let normalScores = normal.map { scorer.finding(for: $0).score }
        let anomalousScores = anomalous.map { scorer.finding(for: $0).score }
        let prevalence =
            dataset.descriptor.prevalence ?? Double(anomalous.count) / Double(anomalous.count + normal.count)
        let measures = DetectionMeasures(
            normal: normalScores.map { model.flags($0) }, anomalous: anomalousScores.map { model.flags($0) },
            prevalence: prevalence)
        precision = measures.precision
        recall = measures.recall
        f1 = measures.f1
        falseAlarmRate = measures.falseAlarmRate
        self.prevalence = prevalence
        flagEverythingF1 = DetectionMeasures.flagEverything(prevalence: prevalence)
        promisedRate = model.promisedRate
        threshold = model.threshold
        auroc = DetectionMeasures.auroc(normal: normalScores, anomalous: anomalousScores)
        averagePrecision = DetectionMeasures.averagePrecision(
            normal: normalScores, anomalous: anomalousScores, prevalence: prevalence)
        n = normal.count + anomalous.count
        self.normal = normal.count
        self.anomalous = anomalous.count
        self.training = training.count
        mixedIn = drawn
    }
}
