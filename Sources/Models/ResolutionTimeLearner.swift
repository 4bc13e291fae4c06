internal import Dispatch
public import Features
internal import Glibc
internal import LinearAlgebra
public import Records
public import Statistics
internal import Synchronization

/// The model of resolution times while it learns from a stream of tickets.
///
/// Time is in days since 1970 UTC. The learner knows at any moment what a desk knows: tickets that have opened, resolutions that have
/// happened, and that all other tickets are still open.
public struct ResolutionTimeLearner: Sendable {
    /// The hyper-parameters.
    public let settings: ResolutionTimeSettings
    /// The tickets in the order of opening.
    public let table: TicketTable
    /// What was known when each ticket opened.
    public let context: TicketContext
    /// The share by which the known openings and closings must have grown before a refit.
    public var refitGrowth: Double
    var schema: FeatureSchema
    /// The precision of the effects of each block, one list a band.
    var precisions: [[Double]]
    private(set) var fits: [HazardFit] = []
    /// The fit behind the variances, from which the first fits start.
    var estimate: HazardFit?
    var location: LocationFit?
    /// The precision of the effects of each block on the location.
    var locationPrecisions: [Double]
    private(set) var mixture: HazardMixture
    private(set) var calibration: HazardCalibration

    /// The least cumulative hazard that a base model gives the last interval, whose upper boundary no ticket had passed when the ages
    /// were laid out.
    ///
    /// Three events in a span of ages by ``AgeGrid/margin`` end the durations soon after the longest; what open tickets have lived
    /// through beyond it speaks against that (the mean of a gamma posterior whose prior has one such span of exposure). It bounds the
    /// base models, not the answer: the ratios and the calibration undo it where durations outgrow the ages.
    let leastLastHazard: Double

    /// The clocks on which durations are modelled.
    private(set) var weeks: WorkingWeeks
    let history: TicketHistory
    let regressions: [HazardRegression]
    let locationRegression: LocationRegression
    private var open: [OpenTicket] = []
    /// The tickets that were encoded ahead, since the last change of the schema.
    private var encoded = SparseMatrix(columns: 0)
    private var encodedRows = 0..<0
    /// The parts that each of them lacks.
    private var encodedMissing: [[Int]] = []
    private var missingPatterns: MissingPatterns?
    private var lastFitDay = -Double.infinity
    private var known = 0.0
    private var knownAtFit = 0.0
    private var knownAtWeeks = 0

    private static let encodedAtATime = 64
    /// The share by which the openings must have grown before the weeks are taken anew.
    private static let weeksGrowth = 0.1
    /// The gain, as a share of the objective, that a fit may leave: far less than the data leaves open.
    private static let tolerance = 1e-4

    /// The resolved tickets without which nothing can be learned.
    public static let smallestTraining = 30

    private struct OpenTicket: Sendable {
        var row: Int
        var base: [[Double]]
        var mixture: [Double]
        var interval = 0
        var part = 0.0
        var cumulative = 0.0
        /// The clock at the opening, on which the ticket is followed to its end.
        var clock: WeeklyClock
    }

    /// Creates a learner that has seen nothing yet, with the age grid and the schema of the tickets known at a day.
    public init(
        table: TicketTable, context: TicketContext, knownOn day: Double, settings: ResolutionTimeSettings,
        using generator: inout some RandomNumberGenerator
    ) throws {
        self.settings = settings
        refitGrowth = settings.refitGrowth
        self.table = table
        self.context = context
        let history = TicketHistory(table)
        self.history = history
        let rows = history.count(before: day)
        let closed = (0..<rows).filter { history.closings[$0] <= day }
        guard closed.count >= Self.smallestTraining else {
            throw ResolutionTimeError.tooFewResolved(closed.count, needed: Self.smallestTraining)
        }
        let fitted = BackgroundValue { WorkingWeeks(fitting: history, rows: rows, on: day) }
        schema = try FeatureSchema(
            fitting: table.rows(Array(0..<rows)), context: context.prefix(rows), using: &generator)
        let weeks = try fitted.get()
        self.weeks = weeks
        knownAtWeeks = rows
        let ages = (0..<rows).map {
            history.hours(of: $0, knownOn: day, on: weeks[history.memberships[$0].group])
        }
        let sorted = closed.map { ages[$0] }.sorted()
        let grid = try AgeGrid(covering: sorted, longestAge: ages.max() ?? 0, intervals: settings.intervals)
        let longest = log1p(sorted[sorted.count - 1])
        let outlived = ages.reduce(0) { $0 + max(0, log1p($1) - longest) } / log(AgeGrid.margin)
        leastLastHazard = 3 / (1 + outlived)
        var starts = [0]
        for band in 1..<settings.bands {
            let quantile = sorted[sorted.count * band / settings.bands]
            let start = grid.interval(ofLogAge: log1p(quantile))
            if start > starts[starts.count - 1] { starts.append(start) }
        }
        regressions = try settings.halfLives.map {
            try HazardRegression(grid: grid, bandStarts: starts, halfLifeDays: $0, tolerance: Self.tolerance)
        }
        locationRegression = try LocationRegression(halfLifeDays: settings.locationHalfLife)
        precisions = [[Double]](repeating: [Double](repeating: 3, count: schema.blocks.count), count: starts.count)
        locationPrecisions = [Double](repeating: 3, count: schema.blocks.count)
        mixture = HazardMixture(
            bands: regressions[0].bands, baseModels: settings.halfLives.count + 1, settings: settings.mixture)
        calibration = HazardCalibration(halfLife: 30, groupHalfLife: 60, strength: 10, groupStrength: 10)
    }

    /// The intervals of age.
    public var grid: AgeGrid { regressions[0].grid }

    /// What is known of tickets on a day.
    func sample(on day: Double, rows: some Collection<Int>) -> HazardSample {
        var ages: [Double] = []
        var events: [Bool] = []
        var entries: [Double] = []
        for row in rows {
            let clock = weeks[history.memberships[row].group]
            ages.append(log1p(history.hours(of: row, knownOn: day, on: clock)))
            events.append(history.closings[row] <= day)
            entries.append(history.opened[row])
        }
        let design = schema.encodeMixed(table, rows: rows, context: context)
        return HazardSample(
            design: design, logAges: ages, events: events, entryDays: entries, now: day)
    }

    func penalties(scale: Double) -> [[Double]] {
        precisions.map { precisions in schema.blockOfColumn.map { scale * precisions[$0] } }
    }

    /// Fits the base models to all that is known on a day.
    public mutating func refit(on day: Double) throws {
        let rows = history.count(before: day)
        schema.learnLevels(of: table, rows: 0..<rows)
        if Double(rows) > (1 + Self.weeksGrowth) * Double(knownAtWeeks) {
            weeks = WorkingWeeks(fitting: history, rows: rows, on: day)
            knownAtWeeks = rows
        }
        let sample = sample(on: day, rows: 0..<rows)
        if let fit = estimate {
            estimate = try regressions[regressions.count - 1].surveyed(
                fit, on: sample, bandPenalties: penalties(scale: 1))
        }
        (fits, location) = try baseModels(sample)
        missingPatterns = location.map { MissingPatterns(of: missingParts(rows: rows, location: $0)) }
        estimate = nil
        encodedRows = 0..<0
        lastFitDay = day
        knownAtFit = known
    }

    private func missingParts(rows: Int, location: LocationFit) -> MissingParts {
        let step = max(1, rows / MissingParts.typicalSample)
        let sample = TableFeatures(schema, of: table, rows: Array(stride(from: 0, to: rows, by: step)))
        return MissingParts(
            learningFrom: sample, context: context, tickets: rows, schema: schema, precisions: locationPrecisions,
            fits: fits, location: location)
    }

    /// Fits the base models, each on one core.
    private func baseModels(_ sample: HazardSample) throws -> (fits: [HazardFit], location: LocationFit) {
        let precisions = schema.blockOfColumn.map { locationPrecisions[$0] }
        let (regression, start) = (locationRegression, location)
        let place = BackgroundValue { try regression.fit(sample, precisions: precisions, start: start) }
        let hazards = Mutex([Int: Result<HazardFit, any Error>]())
        DispatchQueue.concurrentPerform(iterations: regressions.count) { position in
            let fit = Result<HazardFit, any Error> {
                try regressions[position].fit(
                    sample, bandPenalties: penalties(scale: settings.precisionScales[position]),
                    start: fits.isEmpty ? estimate : fits[position])
            }
            hazards.withLock { $0[position] = fit }
        }
        let done = hazards.withLock(\.self)
        return (try regressions.indices.compactMap { try done[$0]?.get() }, try place.get())
    }

    /// Learns everything that has happened until a day, and refits when enough of it is new.
    public mutating func advance(to day: Double) throws {
        var kept: [OpenTicket] = []
        kept.reserveCapacity(open.count)
        for position in open.indices {
            var ticket = open[position]
            if learn(&ticket, until: day) { known += 1 } else { kept.append(ticket) }
        }
        open = kept
        let growth = refitGrowth * max(known, Double(history.count(before: day)))
        if day >= lastFitDay + settings.refitDays && known - knownAtFit >= growth { try refit(on: day) }
    }

    /// Teaches what a ticket has shown until a day; returns whether it is closed.
    private mutating func learn(_ ticket: inout OpenTicket, until day: Double) -> Bool {
        let opened = table.openedAt[ticket.row] / 86_400
        let isClosed = history.closings[ticket.row] <= day
        let age = log1p(history.hours(of: ticket.row, knownOn: day, on: ticket.clock))
        let group = history.memberships[ticket.row].group
        while true {
            let isInside = age < grid.logarithms[ticket.interval + 1] || ticket.interval == grid.count - 1
            let isLast = isInside && (isClosed || day > history.lastSeen[ticket.row])
            if isInside && !isLast { return false }
            let part = isInside ? grid.fraction(of: ticket.interval, atLogAge: age) : 1
            let event = isInside && isClosed
            let end =
                event
                ? history.closings[ticket.row]
                : isLast
                    ? history.lastSeen[ticket.row]
                    : ticket.clock.time(grid.boundaries[ticket.interval + 1], after: opened * 86_400) / 86_400
            mixture.learn(
                HazardMixture.Exposure(interval: ticket.interval, part: part, event: event, day: end),
                base: ticket.base,
                mixture: ticket.mixture, group: group)
            let hazard = ticket.mixture[ticket.interval] * part
            calibration.learn(
                ticket.cumulative...(ticket.cumulative + hazard), event: event, group: group, day: end)
            ticket.cumulative += hazard
            if isLast { return true }
            ticket.interval += 1
        }
    }

    /// Opens a ticket: predicts it with what is known, and follows it from now on.
    public mutating func open(row: Int) -> DurationDistribution {
        let day = table.openedAt[row] / 86_400
        let (base, hazards) = hazards(row: row, on: day)
        open.append(OpenTicket(row: row, base: base, mixture: hazards, clock: weeks[history.memberships[row].group]))
        known += 1
        return distribution(hazards, row: row, on: day)
    }

    /// Predicts a ticket with what the model knew on a day, and forgets it.
    public func prediction(row: Int, on day: Double) -> DurationDistribution {
        var learner = self
        return learner.distribution(learner.hazards(row: row, on: day).mixture, row: row, on: day)
    }

    private mutating func hazards(row: Int, on day: Double) -> (base: [[Double]], mixture: [Double]) {
        if !encodedRows.contains(row) {
            encodedRows = row..<min(table.count, row + Self.encodedAtATime)
            let features = TableFeatures(schema, of: table, rows: Array(encodedRows))
            encoded = features.encode(context: context)
            encodedMissing = (0..<encoded.rows).map { features.missingParts(at: $0, context: context) }
        }
        let base = ResolutionTimeModel.hazards(
            fits, location, leastLastHazard: leastLastHazard, design: encoded, row: row - encodedRows.lowerBound,
            frailty: frailty(ofEncoded: row - encodedRows.lowerBound))
        return (base, mixture.predict(base: base, group: history.memberships[row].group, day: day))
    }

    /// What is not known of a ticket that was encoded ahead; nil where it lacks nothing.
    private mutating func frailty(ofEncoded row: Int) -> Frailty? {
        let entries = encoded.rowStarts[row]..<encoded.rowStarts[row + 1]
        return missingPatterns?.completion(
            ofTicketWithout: encodedMissing[row], indices: encoded.columnIndices[entries],
            values: encoded.values[entries])?.frailty
    }

    private func distribution(_ hazards: [Double], row: Int, on day: Double) -> DurationDistribution {
        calibration.distribution(grid: grid, hazards: hazards, group: history.memberships[row].group, day: day)
            .onTheWall(SubjectClock(weeks[history.memberships[row].group], from: table.openedAt[row]), grid: grid)
    }

    /// The model as it stands.
    ///
    /// - Parameters:
    ///   - provenance: Where it comes from.
    ///   - predictions: Predictions that were made before their tickets were learned from, which give the bounds of the tiers.
    ///   - desk: The state of the desk on that day.
    ///   - day: The present in days.
    public func model(
        provenance: ResolutionTimeModel.Provenance, predictions: [DurationDistribution], desk: DeskState, day: Double
    ) -> ResolutionTimeModel {
        let means = predictions.map(\.meanLogHours).sorted()
        let durations = (0..<table.count).filter { history.closings[$0] <= day }.map { table.hours[$0] }.sorted()
        let reference = ResolutionTimeModel.Reference(
            meanLogHours: means.reduce(0, +) / Double(max(1, means.count)),
            tierBounds: [0.5, 0.8, 0.95].map { means[min(means.count - 1, Int(Double(means.count) * $0))] },
            longHours: durations[durations.count * 3 / 4])
        return ResolutionTimeModel(
            provenance: provenance, settings: settings, schema: schema, precisions: precisions, fits: fits,
            location: location
                ?? LocationFit(
                    coefficients: [], intercept: 0, deviation: 1, cumulativeHazards: [0, 1]), reference: reference,
            calibration: calibration, weeks: weeks, desk: desk, day: day, mixture: mixture,
            leastLastHazard: leastLastHazard, missingParts: missingPatterns?.parts)
    }
}
