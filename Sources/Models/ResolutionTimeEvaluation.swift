internal import Features
internal import Glibc
public import Records
internal import Statistics

/// The measures of a set of predictions of resolution times.
public struct ResolutionTimeEvaluation: Sendable, Codable {
    /// The measures of the tickets of one group.
    public struct Group: Sendable, Codable {
        /// The group; empty for tickets without one.
        public let name: String
        /// The number of tickets.
        public let n: Int
        /// The mean absolute error of the median in hours.
        public let maeHours: Double
        /// The share of tickets inside the central 50, 80 and 90 % intervals.
        public let coverage: [String: Double]
        /// The median width of these intervals in hours.
        public let widthHours: [String: Double]
    }

    /// "fixed" or "prequential".
    public let `protocol`: String
    /// The number of tickets.
    public let n: Int
    /// The number of predicted tickets that are left out because they are still open.
    ///
    /// Where they are many, the measures are those of tickets that closed soon, and intervals that are right for all tickets cover
    /// another share of these.
    public let open: Int
    /// The mean absolute error of the median in hours.
    public let maeHours: Double
    /// The median absolute error of the median in hours.
    public let medianAbsoluteErrorHours: Double
    /// The mean absolute percentage error of the median, with denominators of at least one hour.
    public let mape: Double
    /// The root mean squared error of the mean of ln(1 + hours).
    public let rmsle: Double
    /// The share of pairs that the median orders rightly; nil where all tickets took equally long.
    public let concordance: Double?
    /// The mean pinball loss of the quantiles .1, .5 and .9 in hours.
    public let pinballHours: Double
    /// The share of tickets inside the central 50, 80 and 90 % intervals.
    public let coverage: [String: Double]
    /// The median width of these intervals in hours.
    public let widthHours: [String: Double]
    /// The mean over weeks, weighted by their tickets, of |predicted mean / true mean − 1| of the tickets opened in the week.
    public let cohortMeanError: Double
    /// The measures by group, the largest first.
    public let groups: [Group]

    private static let levels: [(name: String, coverage: Double)] = [("50", 0.5), ("80", 0.8), ("90", 0.9)]

    /// Measures predictions.
    ///
    /// Tickets that were never resolved have no true hours and are left out.
    ///
    /// - Parameters:
    ///   - predictions: The predictions.
    ///   - table: The tickets with their true hours.
    ///   - name: The name of the protocol.
    /// - Throws: ``ResolutionTimeError/nothingHeldOut``.
    public init(
        _ predictions: [ResolutionTimeTraining.Prediction], of table: TicketTable, protocol name: String
    ) throws(ResolutionTimeError) {
        let scored = predictions.filter { table.resolved[$0.row] && table.hours[$0.row].isFinite }
        guard !scored.isEmpty else { throw .nothingHeldOut }
        let hours = scored.map { table.hours[$0.row] }
        let medians = scored.map { $0.distribution.quantile(0.5) }
        self.protocol = name
        n = scored.count
        open = predictions.count - scored.count
        maeHours = ErrorMeasures.meanAbsoluteError(hours, medians)
        medianAbsoluteErrorHours = ErrorMeasures.medianAbsoluteError(hours, medians)
        mape = ErrorMeasures.meanAbsolutePercentageError(hours, medians, floor: 1)
        rmsle = ErrorMeasures.rootMeanSquaredLogarithmicError(hours, scored.map { expm1($0.distribution.meanLogHours) })
        let ordered = ErrorMeasures.concordance(hours, medians)
        concordance = ordered.isNaN ? nil : ordered
        pinballHours =
            [0.1, 0.5, 0.9].reduce(0) { sum, level in
                sum + ErrorMeasures.pinballLoss(hours, scored.map { $0.distribution.quantile(level) }, level: level)
            } / 3
        let bounds = Self.levels.map { _, level in
            scored.map { $0.distribution.interval(level) }
        }
        (coverage, widthHours) = Self.intervals(bounds, hours)
        var weeks: [Int: (predicted: Double, observed: Double, count: Double)] = [:]
        for (prediction, hours) in zip(scored, hours) {
            let week = Int((table.openedAt[prediction.row] / 86_400 + 3) / 7)
            let sums = weeks[week] ?? (0, 0, 0)
            weeks[week] = (sums.predicted + prediction.distribution.meanHours, sums.observed + hours, sums.count + 1)
        }
        cohortMeanError =
            weeks.keys.sorted().reduce(0) { sum, week in
                guard let cohort = weeks[week], cohort.observed > 0 else { return sum }
                return sum + cohort.count * abs(cohort.predicted / cohort.observed - 1)
            } / Double(scored.count)
        let memberships = Memberships(table)
        var members: [String: [Int]] = [:]
        for (position, prediction) in scored.enumerated() {
            members[memberships[prediction.row].group, default: []].append(position)
        }
        groups = members.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map { name, positions in
                let own = positions.map { hours[$0] }
                let (coverage, width) = Self.intervals(
                    bounds.map { bounds in positions.map { bounds[$0] } }, own)
                return Group(
                    name: name, n: positions.count,
                    maeHours: ErrorMeasures.meanAbsoluteError(own, positions.map { medians[$0] }),
                    coverage: coverage, widthHours: width)
            }
    }

    private static func intervals(
        _ bounds: [[(lower: Double, upper: Double)]], _ hours: [Double]
    ) -> (coverage: [String: Double], width: [String: Double]) {
        var coverage: [String: Double] = [:]
        var width: [String: Double] = [:]
        for ((name, _), bounds) in zip(levels, bounds) {
            let (lower, upper) = (bounds.map(\.lower), bounds.map(\.upper))
            coverage[name] = ErrorMeasures.intervalCoverage(hours, lower: lower, upper: upper)
            width[name] = ErrorMeasures.intervalWidth(lower: lower, upper: upper)
        }
        return (coverage, width)
    }
}
