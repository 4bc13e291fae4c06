internal import Features
internal import Glibc
internal import LinearAlgebra
internal import Records
internal import Statistics

/// A model of resolution times, laid out to forecast many tickets.
struct ResolutionTimeScorer: Sendable {
    private typealias Lanes = LaneCoefficients.Lanes

    private let schema: FeatureSchema
    /// The coefficients of the location, and those of the proportional models in each band in turn.
    private let coefficients: LaneCoefficients
    private let ensemble: HazardEnsemble
    private let missingParts: MissingParts?
    private let weeks: WorkingWeeks
    private let desk: DeskState
    private let reference: ResolutionTimeModel.Reference
    private let features: [String]
    /// The median of a ticket without any effect, in hours of the desk's clock.
    private let typicalMedian: Double
    /// The place of the calendar among the features, which answers for nights and weekends too.
    private let calendar: Int?

    init(
        schema: FeatureSchema, fits: [HazardFit], location: LocationFit, ensemble: HazardEnsemble,
        missingParts: MissingParts?, weeks: WorkingWeeks, desk: DeskState, reference: ResolutionTimeModel.Reference
    ) {
        self.schema = schema
        coefficients = LaneCoefficients(MissingParts.predictors(fits, location), columns: schema.columnCount)
        self.ensemble = ensemble
        self.missingParts = missingParts
        self.weeks = weeks
        self.desk = desk
        self.reference = reference
        features = schema.blocks.map(\.name)
        let none = [Double](repeating: 0, count: ensemble.predictorCount)
        typicalMedian = none.withUnsafeBufferPointer {
            ensemble.distribution(predictors: $0, correction: ensemble.correction(ofGroup: "")).quantile(0.5)
        }
        calendar = schema.blocks.firstIndex { $0.kind == .calendar }
    }

    /// One forecast a ticket, in the order of the table.
    func forecasts(of table: TicketTable, observations: [SignatureObservation]) -> [ResolutionTimeForecast] {
        let memberships = Memberships(table)
        let context = TicketContext(
            desk: (0..<table.count).map { desk.features(for: memberships[$0], at: table.openedAt[$0]) },
            signatures: TicketContext.signatures(of: table, observations: observations))
        let features = TableFeatures(schema, of: table, rows: Array(0..<table.count))
        let design = features.encode(context: context)
        var patterns = missingParts.map { MissingPatterns(of: $0) }
        return design.columnIndices.withUnsafeBufferPointer { indices in
            design.values.withUnsafeBufferPointer { values in
                (0..<table.count).map { row in
                    let entries = design.rowStarts[row]..<design.rowStarts[row + 1]
                    let (indices, values) = (
                        UnsafeBufferPointer(rebasing: indices[entries]), UnsafeBufferPointer(rebasing: values[entries])
                    )
                    let completion = patterns?.completion(
                        ofTicketWithout: features.missingParts(at: row, context: context), indices: indices,
                        values: values)
                    return forecast(
                        id: table.ids[row], openedAt: table.openedAt[row], group: memberships[row].group,
                        indices: indices, values: values, completion: completion, missing: features.missing(at: row))
                }
            }
        }
    }

    private func forecast(
        id: String, openedAt: Double, group: String, indices: UnsafeBufferPointer<Int32>,
        values: UnsafeBufferPointer<Double>, completion: TicketCompletion?, missing: [String]
    ) -> ResolutionTimeForecast {
        withUnsafeTemporaryAllocation(of: Lanes.self, capacity: coefficients.blocks) { lanes in
            coefficients.multiply(indices: indices, values: values, into: lanes)
            let distribution = lanes.withMemoryRebound(to: Double.self) {
                ensemble.distribution(
                    predictors: UnsafeBufferPointer($0), frailty: completion?.frailty,
                    correction: ensemble.correction(ofGroup: group))
            }
            let clock = weeks[group]
            let (median, wall) = (distribution.quantile(0.5), onTheWall(distribution, clock, openedAt: openedAt))
            let wallMedian = wall.quantile(0.5)
            var hours = featureHours(
                distribution, median: median, indices: indices, values: values, completion: completion, lanes: lanes)
            if let calendar { hours[calendar] += wallMedian - median }
            return ResolutionTimeForecast(
                id: id, openedAt: openedAt, distribution: wall, deskDistribution: distribution, clock: clock,
                median: wallMedian, reference: reference, features: features, featureHours: hours, missing: missing)
        }
    }

    private func onTheWall(
        _ distribution: DurationDistribution, _ clock: WeeklyClock, openedAt: Double
    ) -> DurationDistribution {
        distribution.onTheWall(SubjectClock(clock, from: openedAt), grid: distribution.grid)
    }

    /// How many hours each block of features adds to the median of a typical ticket.
    ///
    /// The effect of a block on the cumulative hazard up to the median, divided by the hazard there, moves the median in ln(1 + hours)
    /// to first order; the remainder is spread in proportion, so that the hours sum to the difference.
    private func featureHours(
        _ distribution: DurationDistribution, median: Double, indices: UnsafeBufferPointer<Int32>,
        values: UnsafeBufferPointer<Double>, completion: TicketCompletion?, lanes: UnsafeMutableBufferPointer<Lanes>
    ) -> [Double] {
        let grid = distribution.grid
        let difference = log1p(median) - log1p(typicalMedian)
        let middle = grid.interval(ofLogAge: (log1p(median) + log1p(typicalMedian)) / 2)
        lanes.update(repeating: Lanes())
        lanes.withMemoryRebound(to: Double.self) { weigh(distribution, middle: middle, into: $0) }
        var hours = [Double](repeating: 0, count: features.count)
        coefficients.addShares(
            indices: indices, values: values, weights: UnsafeBufferPointer(lanes),
            groupOfColumn: schema.blockOfColumn, to: &hours)
        if let completion {
            lanes.withMemoryRebound(to: Double.self) { weights in
                for (place, part) in completion.parts.enumerated() {
                    for (predictor, shifts) in completion.shifts.enumerated() {
                        hours[schema.block(ofPart: part)] += weights[predictor] * shifts[place]
                    }
                }
            }
        }
        let total = hours.reduce(0) { $0 + abs($1) }
        let rest = difference - hours.reduce(0, +)
        let hoursPerLog = abs(difference) > 1e-9 ? (median - typicalMedian) / difference : 1 + median
        for block in hours.indices {
            let share =
                total > 0 ? hours[block] + rest * abs(hours[block]) / total : difference / Double(hours.count)
            hours[block] = share * hoursPerLog
        }
        return hours
    }

    /// The first-order effect of each linear predictor on the median in ln(1 + hours).
    private func weigh(
        _ distribution: DurationDistribution, middle: Int, into weights: UnsafeMutableBufferPointer<Double>
    ) {
        let grid = distribution.grid
        let cumulative = distribution.cumulativeHazards
        let width = grid.logarithms[middle + 1] - grid.logarithms[middle]
        let density = max(1e-3, (cumulative[middle + 1] - cumulative[middle]) / width)
        let bands = ensemble.bands
        for (band, range) in bands.enumerated() where range.lowerBound <= middle {
            let hazard = cumulative[min(range.upperBound, middle + 1)] - cumulative[range.lowerBound]
            for (fit, weight) in ensemble.baseWeights[band].dropLast().enumerated() {
                weights[ensemble.predictor(ofFit: fit, band: band)] = -weight * hazard / density
            }
        }
        let band = bands.firstIndex { $0.contains(middle) } ?? 0
        weights[0] = ensemble.baseWeights[band].last ?? 0
    }
}
