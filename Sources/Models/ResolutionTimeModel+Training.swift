public import Records
internal import Statistics

extension ResolutionTimeModel {
    /// The version of the package, written into every model file.
    ///
    /// Each release raises it; it does not tell the changes between two releases apart.
    public static let codeVersion = "0.1.0"

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - table: The tickets in the order of opening, as known at the cut.
    ///   - day: The cut in days since 1970 UTC.
    ///   - observations: Log signatures in the order of time.
    ///   - source: The data set, for the provenance.
    ///   - seed: The seed of random starts.
    public init(
        training table: TicketTable, knownOn day: Double, observations: [SignatureObservation] = [],
        source: TicketDataset, seed: UInt64
    ) throws {
        let hashed = BackgroundValue { try Self.checksums(of: source) }
        var generator = SplitMix64(seed: seed)
        let training = try ResolutionTimeTraining(
            table, knownOn: day, settings: ResolutionTimeSettings(), observations: observations, using: &generator)
        let checksums = try hashed.get()
        let evaluation = try? ResolutionTimeEvaluation(training.warmUp, of: table, protocol: "prequential")
        var heldOut: [String: Double] = [:]
        if let evaluation {
            heldOut = [
                "tickets": Double(evaluation.n), "maeHours": evaluation.maeHours, "rmsle": evaluation.rmsle,
            ]
            heldOut["concordance"] = evaluation.concordance
            for (level, share) in evaluation.coverage { heldOut["coverage\(level)"] = share }
        }
        func moment(_ seconds: Double?) -> String { Instant(seconds: seconds ?? 0).iso8601 }
        let provenance = Provenance(
            dataset: source.descriptor.name, dataSHA256: checksums,
            trainingWindow: TrainingWindow(from: moment(table.openedAt.first), to: moment(table.openedAt.last)),
            knownUntil: moment(day * 86_400), tickets: table.count, resolvedTickets: table.resolved.count { $0 },
            seed: seed, codeVersion: Self.codeVersion, heldOut: heldOut)
        self = training.learner.model(
            provenance: provenance, predictions: training.warmUp.map(\.distribution), desk: training.desk, day: day)
    }

    /// The checksum of each file of a data set.
    private static func checksums(of source: TicketDataset) throws -> [String: String] {
        var checksums: [String: String] = [:]
        for (name, file) in zip(source.descriptor.files, source.files) {
            checksums[name] = Checksum.sha256(try RecordFile(reading: file).bytes)
        }
        return checksums
    }
}
