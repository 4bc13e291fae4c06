internal import Features
public import Records
public import Statistics

/// Learns a model of resolution times from a table of tickets, up to a cut.
public struct ResolutionTimeTraining: Sendable {
    /// One prediction that was made before the ticket was learned from.
    public struct Prediction: Sendable {
        /// The row of the ticket.
        public let row: Int
        /// The predictive distribution at its opening.
        public let distribution: DurationDistribution
    }

    /// The learner after everything that was known at the cut.
    public private(set) var learner: ResolutionTimeLearner
    /// The predictions of the later part of the training window.
    public let warmUp: [Prediction]
    /// The cut in days since 1970 UTC.
    public let day: Double
    /// The state of the desk when the last ticket of the table has opened.
    ///
    /// Not that at the cut: an export of closed tickets goes on for months of closings without openings, at whose end nothing is open and nobody
    /// writes, which no ticket to come will meet.
    let desk: DeskState

    /// Learns all that is known at a cut.
    ///
    /// The variances of the blocks are estimated on the whole window; then the online part learns from predictions of the later
    /// part of the window, each made by base models fitted to what was known before.
    ///
    /// - Parameters:
    ///   - table: The tickets in the order of opening; what happens after the cut is not looked at.
    ///   - day: The cut in days since 1970 UTC.
    ///   - settings: The hyper-parameters.
    ///   - observations: Log signatures in the order of time.
    ///   - generator: The source of random starts.
    public init(
        _ table: TicketTable, knownOn day: Double, settings: ResolutionTimeSettings,
        observations: [SignatureObservation] = [], using generator: inout some RandomNumberGenerator
    ) throws {
        var desk = DeskState()
        let context = TicketContext(
            replaying: table, from: &desk, observations: observations)
        self.desk = desk
        var learner = try ResolutionTimeLearner(
            table: table, context: context, knownOn: day, settings: settings, using: &generator)
        try learner.estimateVariances(on: day)
        let rows = table.openedAt.prefix { $0 / 86_400 < day }.count
        let start = max(Int(Double(rows) * settings.warmUp), rows - settings.largestWarmUp)
        learner.refitGrowth = settings.warmUpGrowth
        try learner.refit(on: table.openedAt[start] / 86_400)
        var predictions: [Prediction] = []
        for row in start..<rows {
            try learner.advance(to: table.openedAt[row] / 86_400)
            predictions.append(Prediction(row: row, distribution: learner.open(row: row)))
        }
        try learner.advance(to: day)
        try learner.refit(on: day)
        learner.refitGrowth = settings.refitGrowth
        self.learner = learner
        warmUp = predictions
        self.day = day
    }

    /// The default cut in days since 1970 UTC: just after the last opening or, where it is later, the moment by which 99 of 100 tickets have been seen for the
    /// last time.
    ///
    /// Not the last moment of all: one ticket that closes years after the others would make all that the desk has shown years old, and so
    /// forgotten.
    public static func lastDay(of table: TicketTable) -> Double {
        let opened = table.openedAt.filter(\.isFinite)
        let seen = (0..<table.count)
            .map { (table.openedAt[$0] + (table.hours[$0].isFinite ? table.hours[$0] * 3_600 : 0)) / 86_400 }
            .filter(\.isFinite).sorted()
        guard let last = opened.max(), !seen.isEmpty else { return 0 }
        return max(0, (last / 86_400).nextUp, seen[seen.count - 1 - seen.count / 100])
    }

    /// The table as it was known at a cut: later tickets are gone, later resolutions have not happened.
    public static func known(_ table: TicketTable, on day: Double) -> TicketTable {
        var known = table.rows((0..<table.count).filter { table.openedAt[$0] / 86_400 < day })
        for row in 0..<known.count {
            let age = (day - known.openedAt[row] / 86_400) * 24
            // The same sum as that of the default cut, so that rounding does not open the ticket again that closed last.
            guard (known.openedAt[row] + known.hours[row] * 3_600) / 86_400 > day else { continue }
            known.hours[row] = age
            known.resolved[row] = false
        }
        return known
    }

    /// Predicts every ticket that opens at or after the cut with what was known when it opened, learning as time passes.
    public func prequentialPredictions() throws -> [Prediction] {
        var learner = learner
        var predictions: [Prediction] = []
        for row in 0..<learner.table.count where learner.table.openedAt[row] / 86_400 >= day {
            try learner.advance(to: learner.table.openedAt[row] / 86_400)
            predictions.append(Prediction(row: row, distribution: learner.open(row: row)))
        }
        return predictions
    }

    /// Predicts every ticket that opens at or after the cut with the model as it was at the cut; the state of the desk follows time.
    public func fixedPredictions() -> [Prediction] {
        (0..<learner.table.count).filter { learner.table.openedAt[$0] / 86_400 >= day }
            .map { Prediction(row: $0, distribution: learner.prediction(row: $0, on: day)) }
    }
}
