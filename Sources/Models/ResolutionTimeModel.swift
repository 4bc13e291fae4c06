public import Features
internal import Glibc
internal import LinearAlgebra
public import Records
public import Statistics

/// A fitted model of resolution times, as it is saved and as it scores.
///
/// The model is the state of a ``ResolutionTimeLearner`` at a moment: the schema, the base models, the mixture, the calibration and the
/// desk. Scoring changes nothing: every ticket is answered as if it were the only one.
public struct ResolutionTimeModel: Sendable {
    /// What the model was told about itself when it was made.
    public struct Provenance: Sendable, Codable, Equatable {
        /// The name of the data set.
        public var dataset: String
        /// The SHA-256 of its files.
        public var dataSHA256: [String: String]
        /// The first and the last opening of the tickets that were learned from, ISO 8601.
        public var trainingWindow: [String]
        /// The moment at which everything that the model knows had happened, ISO 8601.
        public var knownUntil: String
        /// The tickets that were learned from.
        public var tickets: Int
        /// Those of them that were resolved.
        public var resolvedTickets: Int
        /// The seed of the random start.
        public var seed: UInt64
        /// The version of the code.
        public var codeVersion: String
        /// Figures on the last part of the training window, each ticket predicted before it was learned from.
        public var heldOut: [String: Double]

        /// Creates a provenance.
        public init(
            dataset: String, dataSHA256: [String: String], trainingWindow: [String], knownUntil: String, tickets: Int,
            resolvedTickets: Int, seed: UInt64, codeVersion: String, heldOut: [String: Double]
        ) {
            self.dataset = dataset
            self.dataSHA256 = dataSHA256
            self.trainingWindow = trainingWindow
            self.knownUntil = knownUntil
            self.tickets = tickets
            self.resolvedTickets = resolvedTickets
            self.seed = seed
            self.codeVersion = codeVersion
            self.heldOut = heldOut
        }
    }

    /// What is known of durations in the training window, against which a ticket is judged.
    public struct Reference: Sendable, Codable, Equatable {
        /// The mean of ln(1 + hours) of predictions.
        public var meanLogHours: Double
        /// The predicted means of ln(1 + hours) that half, 80 % and 95 % of the tickets stay below.
        public var tierBounds: [Double]
        /// The hours that three quarters of the tickets stay below.
        public var longHours: Double
    }

    /// Where the model comes from.
    public var provenance: Provenance
    /// The hyper-parameters.
    public let settings: ResolutionTimeSettings
    /// The translation of tickets into numbers.
    public let schema: FeatureSchema
    /// The precision of the effects of each block, one list a band.
    public let precisions: [[Double]]
    /// The base models.
    public let fits: [HazardFit]
    /// The base model of the location.
    public let location: LocationFit
    /// What is known of durations.
    public let reference: Reference
    let calibration: HazardCalibration
    let desk: DeskState
    let day: Double
    let mixture: HazardMixture

    init(
        provenance: Provenance, settings: ResolutionTimeSettings, schema: FeatureSchema, precisions: [[Double]],
        fits: [HazardFit], location: LocationFit, reference: Reference, calibration: HazardCalibration, desk: DeskState,
        day: Double,
        mixture: HazardMixture
    ) {
        self.provenance = provenance
        self.settings = settings
        self.schema = schema
        self.precisions = precisions
        self.fits = fits
        self.location = location
        self.reference = reference
        self.calibration = calibration
        self.desk = desk
        self.day = day
        var mixture = mixture
        mixture.refresh(day)
        self.mixture = mixture
    }

    /// The kinds of the columns that the model reads.
    public var sourceColumns: [String: ColumnKind] {
        let columns = schema.sourceColumns
        var kinds: [String: ColumnKind] = [:]
        for name in columns.words + ["customer", "group", "assignee"] { kinds[name] = .categorical }
        for name in columns.numbers { kinds[name] = .numeric }
        for name in columns.texts { kinds[name] = .text }
        return kinds
    }

    /// Forecasts tickets.
    ///
    /// - Parameters:
    ///   - table: The tickets; columns that are absent count as missing.
    ///   - observations: Log signatures in the order of time.
    /// - Returns: One forecast a ticket, in the order of the table.
    public func forecasts(
        of table: TicketTable, observations: [SignatureObservation] = []
    ) -> [ResolutionTimeForecast] {
        let memberships = Memberships(table)
        var mixture = mixture
        let context = TicketContext(
            desk: (0..<table.count).map { desk.features(for: memberships[$0], at: table.openedAt[$0]) },
            signatures: TicketContext.signatures(of: table, observations: observations))
        let design = schema.encode(table, rows: 0..<table.count, context: context)
        let baseline =
            fits.map { fit in fit.logBaselines.map { exp(min(20, max(-30, $0))) } }
            + [location.hazards(fits[0].grid, shift: 0)]
        let weights = mixture.baseWeights
        let typical = corrected(mixture.predict(base: baseline, group: "", day: day), group: "")
        return (0..<table.count).map { row in
            let group = memberships[row].group
            let hazards = mixture.predict(
                base: Self.hazards(fits, location, design: design, row: row), group: group, day: day)
            let distribution = corrected(hazards, group: group)
            return ResolutionTimeForecast(
                id: table.ids[row], distribution: distribution, reference: reference,
                contributions: contributions(
                    to: distribution, from: typical, design: design, row: row, weights: weights),
                missing: schema.missing(in: table, row: row))
        }
    }

    /// The least cumulative hazard of the last interval, whose upper boundary no ticket had passed when the ages were laid out.
    ///
    /// It bounds the base models, not the answer: the ratios and the calibration undo it where durations outgrow the ages.
    private static let leastLastHazard = 3.0

    /// The cumulative hazards that the base models give a row, the location model last.
    static func hazards(
        _ fits: [HazardFit], _ location: LocationFit?, design: SparseMatrix, row: Int
    ) -> [[Double]] {
        var hazards = fits.map { $0.hazards(design, row: row) }
        if let location {
            hazards.append(location.hazards(fits[0].grid, shift: design.rowProduct(row, location.coefficients)))
        }
        for position in hazards.indices {
            let last = hazards[position].count - 1
            hazards[position][last] = max(hazards[position][last], leastLastHazard)
        }
        return hazards
    }

    private func corrected(_ hazards: [Double], group: String) -> DurationDistribution {
        calibration.distribution(grid: fits[0].grid, hazards: hazards, group: group, day: day)
    }

    /// How many hours each block of features adds to the median of a typical ticket.
    ///
    /// The effect of a block on the cumulative hazard up to the median, divided by the hazard there, moves the median in ln(1 + hours)
    /// to first order; the remainder is spread in proportion, so that the contributions sum to the difference in hours.
    private func contributions(
        to distribution: DurationDistribution, from typical: DurationDistribution, design: SparseMatrix, row: Int,
        weights: [[Double]]
    ) -> [ResolutionTimeForecast.Contribution] {
        let grid = distribution.grid
        let (median, origin) = (distribution.quantile(0.5), typical.quantile(0.5))
        let middle = grid.interval(ofLogAge: (log1p(median) + log1p(origin)) / 2)
        var shifts = [Double](repeating: 0, count: schema.blocks.count)
        let cumulative = distribution.cumulativeHazards
        let width = grid.logarithms[middle + 1] - grid.logarithms[middle]
        let density = max(1e-3, (cumulative[middle + 1] - cumulative[middle]) / width)
        for (band, range) in fits[0].bands.enumerated() where range.lowerBound <= middle {
            let hazard = cumulative[min(range.upperBound, middle + 1)] - cumulative[range.lowerBound]
            for (fit, weight) in zip(fits, weights[band]) {
                let sums = schema.blockSums(of: row, in: design, coefficients: fit.coefficients[band])
                for block in shifts.indices { shifts[block] -= weight * sums[block] * hazard / density }
            }
        }
        let band = fits[0].bands.firstIndex { $0.contains(middle) } ?? 0
        let sums = schema.blockSums(of: row, in: design, coefficients: location.coefficients)
        for block in shifts.indices { shifts[block] += weights[band][fits.count] * sums[block] }
        let difference = log1p(median) - log1p(origin)
        let total = shifts.reduce(0) { $0 + abs($1) }
        let rest = difference - shifts.reduce(0, +)
        let hoursPerLog = abs(difference) > 1e-9 ? (median - origin) / difference : 1 + median
        return shifts.enumerated().map { block, shift in
            let share = total > 0 ? shift + rest * abs(shift) / total : difference / Double(shifts.count)
            return ResolutionTimeForecast.Contribution(feature: schema.blocks[block].name, hours: share * hoursPerLog)
        }
    }
}
