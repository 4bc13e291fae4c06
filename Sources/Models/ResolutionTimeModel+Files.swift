internal import Features
internal import Glibc
internal import LinearAlgebra
internal import Records
internal import Statistics

extension ResolutionTimeModel {
    /// The name of the model's folder in a registry.
    public static let name = "resolution-time"
    private static let kind = "resolution-time"

    /// What model.json holds besides what every model file holds.
    private struct Body: Codable, Sendable {
        var provenance: Provenance
        var hyperparameters: ResolutionTimeSettings
        var ageBoundaries: [Double]
        var bandStarts: [Int]
        /// Absent from files that were written when it was 3 for all desks.
        var leastLastHazard: Double?
        var schema: FeatureSchema
        var precisions: [NumberList]
        var reference: Reference
        var day: Double
        /// The groups with a week of their own, in the order of `weeks.rates` after that of the desk.
        var weekGroups: [String]
        var desk: DeskState.Names
        var mixture: HazardMixture
        var calibration: HazardCalibration
    }

    /// Writes the model as a new version.
    ///
    /// - Returns: The number of the version.
    public func store(in registry: ModelRegistry) throws(ModelFileError) -> Int {
        var tensors: [String: Tensor] = [:]
        for (position, fit) in fits.enumerated() {
            tensors["base.\(position).coefficients"] = Tensor(
                shape: [fit.bands.count, schema.columnCount], values: fit.coefficients.flatMap(\.self))
            tensors["base.\(position).logBaselines"] = Tensor(
                shape: [fit.logBaselines.count], values: fit.logBaselines)
        }
        let clocks = [weeks.desk] + weeks.groups.sorted { $0.key < $1.key }.map(\.value)
        tensors["weeks.rates"] = Tensor(shape: [clocks.count, WeeklyClock.cells], values: clocks.flatMap(\.rates))
        tensors["location.coefficients"] = Tensor(shape: [schema.columnCount], values: location.coefficients)
        tensors["location.residual"] = Tensor(
            shape: [location.cumulativeHazards.count + 2],
            values: [location.intercept, location.deviation] + location.cumulativeHazards)
        for (name, values) in schema.projections {
            tensors["text.\(name).projection"] = Tensor(shape: [values.count], values: values)
        }
        if let missingParts { tensors.merge(missingParts.tensors) { first, _ in first } }
        for (name, numbers) in desk.numbers {
            tensors["desk.\(name)"] = Tensor(shape: numbers.shape, values: numbers.values)
        }
        let body = Body(
            provenance: provenance, hyperparameters: settings, ageBoundaries: fits[0].grid.boundaries,
            bandStarts: fits[0].bands.map(\.lowerBound), leastLastHazard: leastLastHazard, schema: schema,
            precisions: precisions.map { NumberList($0) },
            reference: reference,
            day: day, weekGroups: weeks.groups.keys.sorted(), desk: desk.names, mixture: mixture,
            calibration: calibration)
        return try registry.store(body, tensors: tensors, card: card, model: Self.name, kind: Self.kind)
    }

    /// Loads a version.
    ///
    /// - Parameters:
    ///   - registry: The registry.
    ///   - version: The version; the current one if absent.
    /// - Throws: ``ModelFileError``, ``ResolutionTimeError/inconsistent(_:)`` where the parts contradict each other.
    public init(from registry: ModelRegistry, version: Int? = nil) throws {
        let stored = try registry.load(Body.self, model: Self.name, kind: Self.kind, version: version)
        let body = stored.body
        var schema = body.schema
        var projections: [String: [Double]] = [:]
        for (name, values) in schema.projections {
            guard let tensor = stored.tensors["text.\(name).projection"], tensor.values.count == values.count else {
                throw ResolutionTimeError.inconsistent("text.\(name).projection")
            }
            projections[name] = tensor.values
        }
        schema.projections = projections
        let grid = try AgeGrid(boundaries: body.ageBoundaries)
        let bands = try HazardRegression(grid: grid, bandStarts: body.bandStarts, halfLifeDays: 1).bands
        guard body.precisions.count == bands.count,
            body.precisions.allSatisfy({ $0.values.count == schema.blocks.count })
        else { throw ResolutionTimeError.inconsistent("precisions") }
        let fits = try body.hyperparameters.halfLives.indices.map { position in
            guard let coefficients = stored.tensors["base.\(position).coefficients"],
                coefficients.shape == [bands.count, schema.columnCount],
                let baselines = stored.tensors["base.\(position).logBaselines"], baselines.values.count == grid.count
            else { throw ResolutionTimeError.inconsistent("base.\(position)") }
            let columns = schema.columnCount
            return HazardFit(
                grid: grid, bands: bands,
                coefficients: bands.indices.map { Array(coefficients.values[($0 * columns)..<(($0 + 1) * columns)]) },
                logBaselines: baselines.values)
        }
        guard let coefficients = stored.tensors["location.coefficients"]?.values,
            coefficients.count == schema.columnCount,
            let residual = stored.tensors["location.residual"]?.values, residual.count > 4, residual[1] > 0
        else { throw ResolutionTimeError.inconsistent("location") }
        let location = LocationFit(
            coefficients: coefficients, intercept: residual[0], deviation: residual[1],
            cumulativeHazards: Array(residual[2...]))
        guard let weeks = WorkingWeeks(groups: body.weekGroups, rates: stored.tensors["weeks.rates"]) else {
            throw ResolutionTimeError.inconsistent("weeks")
        }
        guard !fits.isEmpty, body.mixture.fits(intervals: grid.count, bands: bands.count, baseModels: fits.count + 1)
        else {
            throw ResolutionTimeError.inconsistent("mixture")
        }
        var numbers: [String: [Double]] = [:]
        for (name, tensor) in stored.tensors where name.hasPrefix("desk.") {
            numbers[String(name.dropFirst("desk.".count))] = tensor.values
        }
        guard let desk = DeskState(names: body.desk, numbers: numbers) else {
            throw ResolutionTimeError.inconsistent("desk")
        }
        let missingParts = try MissingParts(
            tensors: stored.tensors, predictors: MissingParts.predictors(fits, location), schema: schema)
        self.init(
            provenance: body.provenance, settings: body.hyperparameters, schema: schema,
            precisions: body.precisions.map(\.values), fits: fits, location: location, reference: body.reference,
            calibration: body.calibration, weeks: weeks, desk: desk, day: body.day, mixture: body.mixture,
            leastLastHazard: body.leastLastHazard ?? 3, missingParts: missingParts)
    }

    /// The model card of a version.
    ///
    /// Source: Mitchell et al. 2019, FAT*.
    private func card(version: Int) -> String {
        let figures = provenance.heldOut.sorted { $0.key < $1.key }
            .map { "| \($0.key) | \($0.value.rounded(places: 3)) |" }.joined(separator: "\n")
        let sources = schema.blocks.enumerated()
            .map { block, source in
                let mean = precisions.reduce(0) { $0 + log($1[block]) } / Double(precisions.count)
                return "| \(source.name) | \(source.kind.rawValue) | \(exp(mean).rounded(places: 2)) |"
            }
            .joined(separator: "\n")
        return """
            # Resolution time, version \(version)

            **Use.** Estimates, when a ticket opens, the distribution of the hours to its resolution. Made to set a customer's
            expectation and to plan work; not to judge people.

            **Data.** \(provenance.dataset): \(provenance.tickets) tickets opened from \(provenance.trainingWindow.first) to
            \(provenance.trainingWindow.last), \(provenance.resolvedTickets) of them resolved by \(provenance.knownUntil); the others
            count as censored. Casebook \(provenance.codeVersion), seed \(provenance.seed).

            **Method.** Penalised piecewise-exponential hazard regressions with \(fits[0].bands.count) bands of
            \(fits[0].grid.count) age intervals and half-lives of \(settings.halfLives.map { "\(Int($0))" }.joined(separator: ", "))
            days, mixed online by their predictive likelihood and calibrated within groups.

            **Held-out figures.** The later \(Int((1 - settings.warmUp) * 100)) % of the training window, each ticket predicted before
            it was learned from. The variances of the blocks were estimated on the whole window.

            | measure | value |
            |---|---|
            \(figures)

            **Sources.** A high precision means that the effects of a source are drawn strongly to zero.

            | source | kind | geometric mean of precisions |
            |---|---|---|
            \(sources)

            **Limits.** Hours are hours on the wall; the model works on clocks that run as each group works in each hour of the week
            (UTC), so that nights and weekends are foreseen. Single tickets of real desks cannot be predicted to 20 %: use the intervals.
            Effort is measured in resolution time, because the data has no working time.

            """
    }
}
