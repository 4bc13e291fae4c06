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
        public var trainingWindow: TrainingWindow
        /// The moment at which everything that the model knows had happened, ISO 8601.
        public var knownUntil: String
        /// The tickets that were learned from.
        public var tickets: Int
        /// Those of them that were resolved.
        public var resolvedTickets: Int
        /// The seed of the random start.
        public var seed: UInt64
        /// The version of the package that trained the model: see ``ResolutionTimeModel/codeVersion``.
        public var codeVersion: String
        /// Figures on the last part of the training window, each ticket predicted before it was learned from.
        public var heldOut: [String: Double]

        /// Creates a provenance.
        public init(
            dataset: String, dataSHA256: [String: String], trainingWindow: TrainingWindow, knownUntil: String,
            tickets: Int,
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
    /// The clocks on which the base models, the mixture and the calibration see durations.
    let weeks: WorkingWeeks
    let desk: DeskState
    let day: Double
    let mixture: HazardMixture
    /// The least cumulative hazard that a base model gives the last interval: ``ResolutionTimeLearner/leastLastHazard``.
    let leastLastHazard: Double
    /// What the training tells of parts that a ticket lacks; nil in files from before it was learnt.
    let missingParts: MissingParts?
    private let scorer: ResolutionTimeScorer

    init(
        provenance: Provenance, settings: ResolutionTimeSettings, schema: FeatureSchema, precisions: [[Double]],
        fits: [HazardFit], location: LocationFit, reference: Reference, calibration: HazardCalibration,
        weeks: WorkingWeeks, desk: DeskState, day: Double, mixture: HazardMixture, leastLastHazard: Double,
        missingParts: MissingParts?
    ) {
        self.provenance = provenance
        self.settings = settings
        self.schema = schema
        self.precisions = precisions
        self.fits = fits
        self.location = location
        self.reference = reference
        self.calibration = calibration
        self.weeks = weeks
        self.desk = desk
        self.day = day
        self.leastLastHazard = leastLastHazard
        self.missingParts = missingParts
        var mixture = mixture
        mixture.refresh(day)
        self.mixture = mixture
        scorer = ResolutionTimeScorer(
            schema: schema, fits: fits, location: location,
            ensemble: HazardEnsemble(
                fits: fits, location: location, leastLastHazard: leastLastHazard, mixture: mixture,
                calibration: calibration, day: day),
            missingParts: missingParts, weeks: weeks, desk: desk, reference: reference)
    }

    /// The ages in hours at which survival curves have their points, the first 0.
    public var ageBoundaries: [Double] { fits[0].grid.boundaries }

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
        scorer.forecasts(of: table, observations: observations)
    }

    /// The cumulative hazards that the base models give a row, the location model last.
    static func hazards(
        _ fits: [HazardFit], _ location: LocationFit?, leastLastHazard: Double, design: SparseMatrix, row: Int,
        frailty: Frailty?
    ) -> [[Double]] {
        var hazards = fits.enumerated().map { position, fit in
            guard let frailty else { return fit.hazards(design, row: row) }
            let shifts = fit.bands.indices.map { frailty.shifts[1 + $0 * fits.count + position] }
            return fit.hazards(design, row: row, shifts: shifts)
        }
        if let location {
            let shift = design.rowProduct(row, location.coefficients)
            hazards.append(
                frailty.map { location.hazards(fits[0].grid, shifts: shift + $0.shifts[0]) }
                    ?? location.hazards(fits[0].grid, shift: shift))
        }
        for position in hazards.indices {
            let last = hazards[position].count - 1
            hazards[position][last] = max(hazards[position][last], leastLastHazard)
        }
        return hazards
    }
}
