internal import Features
internal import Statistics

extension AnomalyModel {
    /// The name of the model's folder in a registry.
    public static let name = "anomaly"
    private static let kind = "anomaly"

    /// What model.json holds besides what every model file holds.
    private struct Body: Codable, Sendable {
        var provenance: Provenance
        var alarmRate: Double?
        var vocabulary: SignatureVocabulary
        var templates: [String: String]
        var limits: Limits
        var otherWeight: Double
        var ballMass: Double
        var sequences: Int
    }

    /// Writes the model as a new version.
    ///
    /// - Returns: The number of the version.
    public func store(in registry: ModelRegistry) throws(ModelFileError) -> Int {
        func list(_ values: [some BinaryInteger]) -> Tensor {
            Tensor(shape: [values.count], values: values.map { Double($0) })
        }
        let successions = order.successions
        var tensors = [
            "kinds.lengths": list(kinds.vectors.map(\.columns.count)),
            "kinds.columns": list(kinds.vectors.flatMap(\.columns)),
            "kinds.counts": list(kinds.vectors.flatMap(\.counts)),
            "kinds.masses": Tensor(shape: [kinds.masses.count], values: kinds.masses),
            "kinds.weights": Tensor(shape: [kinds.weights.count], values: kinds.weights),
            "order.support": list(order.support),
            "order.successions": Tensor(
                shape: [successions.count, 3],
                values: successions.flatMap { [Double($0.from), Double($0.to), Double($0.support)] }),
            "calibration.scores": Tensor(shape: [calibration.scores.count], values: calibration.scores),
            "calibration.counts": list(calibration.counts),
        ]
        if let mixture {
            tensors["mixture.mean"] = Tensor(shape: [mixture.mean.count], values: mixture.mean)
            tensors["mixture.deviation"] = Tensor(shape: [mixture.deviation.count], values: mixture.deviation)
            tensors["mixture.components"] = Tensor(
                shape: [mixture.components.count, mixture.mean.count], values: mixture.components.flatMap(\.self))
        }
        if let repetition {
            tensors["repetition.tails"] = Tensor(
                shape: [repetition.tails.count, 3],
                values: repetition.tails.flatMap { [Double($0.thing), Double($0.count), Double($0.support)] })
        }
        let body = Body(
            provenance: provenance, alarmRate: alarmRate, vocabulary: vocabulary, templates: templates, limits: limits,
            otherWeight: kinds.otherWeight, ballMass: kinds.mass, sequences: order.sequences)
        return try registry.store(body, tensors: tensors, card: card, model: Self.name, kind: Self.kind)
    }

    /// Loads a version.
    ///
    /// - Parameters:
    ///   - registry: The registry.
    ///   - version: The version; the current one if absent.
    /// - Throws: ``ModelFileError``, ``AnomalyError/inconsistent(_:)`` where the parts contradict each other.
    public init(from registry: ModelRegistry, version: Int? = nil) throws {
        let stored = try registry.load(Body.self, model: Self.name, kind: Self.kind, version: version)
        let body = stored.body
        let columns = body.vocabulary.signatures.count
        func numbers(_ name: String) throws -> [Double] {
            guard let tensor = stored.tensors[name], tensor.values.allSatisfy(\.isFinite) else {
                throw AnomalyError.inconsistent(name)
            }
            return tensor.values
        }
        func integers(_ name: String, in range: ClosedRange<Int32>) throws -> [Int32] {
            try numbers(name).map { value in
                guard let number = Int32(exactly: value), range.contains(number) else {
                    throw AnomalyError.inconsistent(name)
                }
                return number
            }
        }
        func check(_ holds: Bool, _ part: String) throws {
            if !holds { throw AnomalyError.inconsistent(part) }
        }

        let last = Int32(truncatingIfNeeded: columns)
        let lengths = try integers("kinds.lengths", in: 0...(last + 1))
        let entries = try integers("kinds.columns", in: 0...last)
        let counts = try integers("kinds.counts", in: 1...Int32.max)
        let masses = try numbers("kinds.masses")
        let weights = try numbers("kinds.weights")
        let total = lengths.reduce(0) { $0 + Int($1) }
        try check(entries.count == total && counts.count == total, "kinds.columns")
        try check(masses.count == lengths.count && weights.count == columns + 1, "kinds.masses")
        try check((masses + weights + [body.otherWeight, body.ballMass]).allSatisfy { $0 >= 0 }, "kinds.weights")
        var vectors: [CountVector] = []
        var start = 0
        for length in lengths {
            let end = start + Int(length)
            let columns = Array(entries[start..<end])
            try check(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 }, "kinds.columns")
            vectors.append(CountVector(columns: columns, counts: Array(counts[start..<end])))
            start = end
        }
        let support = try integers("order.support", in: 0...Int32.max).map { Int($0) }
        let flat = try integers("order.successions", in: -1...Int32.max)
        try check(support.count == columns && flat.count % 3 == 0, "order.successions")
        let successions = stride(from: 0, to: flat.count, by: 3).map {
            SuccessionRarity.Succession(from: flat[$0], to: flat[$0 + 1], support: Int(flat[$0 + 2]))
        }
        let scores = try numbers("calibration.scores")
        let cases = try integers("calibration.counts", in: 1...Int32.max).map { Int($0) }
        try check(scores.count == cases.count && !scores.isEmpty, "calibration.scores")
        try check(body.limits.counts > 0, "limits")

        var mixture: PrincipalResidual?
        if stored.tensors["mixture.mean"] != nil {
            let mean = try numbers("mixture.mean")
            let deviation = try numbers("mixture.deviation")
            let components = try numbers("mixture.components")
            let width = mean.count
            try check(
                width > 0 && width <= columns && deviation.count == width && deviation.allSatisfy { $0 > 0 }
                    && components.count % width == 0, "mixture.components")
            mixture = PrincipalResidual(
                mean: mean, deviation: deviation,
                components: stride(from: 0, to: components.count, by: width).map {
                    Array(components[$0..<($0 + width)])
                })
        }
        var repetition: RepetitionRarity?
        if let threshold = body.limits.repetition {
            let flat = try integers("repetition.tails", in: 0...Int32.max)
            let places = stride(from: 0, to: flat.count - 2, by: 3)
            try check(
                flat.count % 3 == 0 && threshold > 0
                    && zip(places, places.dropFirst()).allSatisfy {
                        (flat[$0], flat[$0 + 1]) < (flat[$1], flat[$1 + 1])
                    },
                "repetition.tails")
            repetition = RepetitionRarity(
                tails: places.map { .init(thing: flat[$0], count: flat[$0 + 1], support: Int(flat[$0 + 2])) },
                threshold: threshold)
        }
        self.init(
            provenance: body.provenance, alarmRate: body.alarmRate, templates: body.templates,
            vocabulary: body.vocabulary,
            kinds: OrdinaryKinds(
                vectors, masses: masses, weights: weights, otherWeight: body.otherWeight, mass: body.ballMass),
            order: SuccessionRarity(
                sequences: body.sequences, support: support, successions: successions,
                scale: body.provenance.isOrdered ? .allSequences : .rarerEnd),
            mixture: mixture, repetition: repetition, limits: body.limits,
            calibration: ConformalCalibration(zip(scores, cases).map { (score: $0, count: $1) }))
    }

    /// The model card of a version.
    ///
    /// Source: Mitchell et al. 2019, FAT*.
    private func card(version: Int) -> String {
        func percent(_ share: Double) -> String { "\((share * 100_000).rounded() / 1_000) %" }
        let rate =
            threshold == nil
            ? "No session is flagged: \(calibrationSize) sessions are too few for a rate of \(percent(alarmRate ?? 0))."
            : "About \(percent(promisedRate)) of sessions like those of the training are flagged."
        return """
            # Anomalies, version \(version)

            **Use.** Says which sessions of log lines are out of the ordinary and which lines make them so. Made to point people at
            what to read first; a rare session is not a fault until somebody says so.

            **Data.** \(provenance.source): \(provenance.sessions) sessions without labels, \(provenance.learned) learned from,
            \(provenance.kinds) different vectors of counts, \(vocabulary.signatures.count) signatures (\(vocabulary.leftOut) more left out).
            Casebook \(provenance.codeVersion), seed \(provenance.seed).

            **Alarms.** \(rate) \(percent(provenance.remarkableShare)) of the training scores 1 or more. No p-value is
            below \(percent(1 / Double(calibrationSize + 1))).

            **Limits.** The rate is promised for traffic like that of the training; a new release writes new lines and needs
            a new version. Kinds of session that make up less than \(percent(provenance.rareShare)) of the traffic are not taken for a norm.
            """
    }
}
