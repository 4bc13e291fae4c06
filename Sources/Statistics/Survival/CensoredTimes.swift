/// Times to an event, some of them known only to be longer (right-censored).
///
/// A row of weight 2 counts as two equal rows, and a row of weight 0 as none.
public struct CensoredTimes: Sendable, Equatable {
    /// The time of the event or of the last sight without it, zero or more, in one unit for all rows.
    public let times: [Double]
    /// Whether the event happened at the time of the row; if not, the row is censored there.
    public let events: [Bool]
    /// How much each row counts, zero or more.
    public let weights: [Double]

    /// Checks and keeps the rows.
    ///
    /// - Parameters:
    ///   - times: one time a row, finite, zero or more.
    ///   - events: one flag a row.
    ///   - weights: one weight a row, finite, zero or more; `nil` for ones.
    /// - Throws: `invalidTime`, `invalidWeight`, or `noObservation` if no weight is above zero.
    /// - Precondition: the arrays have equal lengths.
    public init(times: [Double], events: [Bool], weights: [Double]? = nil) throws(SurvivalError) {
        let weights = weights ?? [Double](repeating: 1, count: times.count)
        precondition(times.count == events.count && times.count == weights.count, "one event and one weight a time")
        for (row, time) in times.enumerated() where !(time >= 0 && time.isFinite) {
            throw .invalidTime(row: row, time: time)
        }
        for (row, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
            throw .invalidWeight(row: row, weight: weight)
        }
        guard weights.contains(where: { $0 > 0 }) else { throw .noObservation }
        self.times = times
        self.events = events
        self.weights = weights
    }

    /// The rows of positive weight, in order.
    var countedRows: [Int] { weights.indices.filter { weights[$0] > 0 } }

    /// The rows of positive weight, in order, if one of them is an event.
    func countedRowsWithEvent() throws(SurvivalError) -> [Int] {
        let rows = countedRows
        guard rows.contains(where: { events[$0] }) else { throw .allCensored }
        return rows
    }

    /// The rows `rows`, in that order.
    func selecting(_ rows: [Int]) -> (times: [Double], events: [Bool], weights: [Double]) {
        (rows.map { times[$0] }, rows.map { events[$0] }, rows.map { weights[$0] })
    }
}
