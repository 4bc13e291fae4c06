import Statistics

/// When the tickets of a synthetic desk are opened.
enum Arrivals {
    /// Monday 6 January 2025, 0:00 UTC.
    static let start = 1_736_121_600.0

    /// Shares of Monday to Sunday, and of the hours 0 to 23, as measured on an office desk with somebody on call.
    static let weekdayShares = [24.0, 20.0, 19.6, 16.3, 15.5, 2.5, 2.2]
    static let hourShares = [
        1.1, 0.9, 0.6, 0.5, 0.5, 0.6, 1.3, 2.3, 10.3, 12.3, 11.7, 10.1, 5.5, 6.6, 9.3, 8.5, 7.5, 4.3, 1.8, 1.1, 0.8,
        1.0, 0.8,
        0.7,
    ]

    /// The end of the simulated weeks, when the desk is seen last; seconds since 1970 UTC.
    static var end: Double { start + Double(DeskParameters.weeks) * 7 * 86_400 }

    /// Draws the times of exactly `count` tickets, whole seconds since 1970 UTC, in order.
    ///
    /// Each day has a load of its own, the share of its weekday times a gamma draw; given their number, tickets fall on days in
    /// proportion to the loads. Counts of a day are then Poisson draws with a gamma mean, which is the negative binomial
    /// distribution, conditioned on their sum.
    ///
    /// - Complexity: O(count log count).
    static func times(count: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
        let days = DeskParameters.weeks * 7
        var starts = [0.0]
        for day in 0..<days {
            let load = weekdayShares[day % 7] * generator.gamma(shape: DeskParameters.dayShape)
            starts.append(starts[day] + load)
        }
        let times = (0..<count).map { _ in
            let day = min(days - 1, starts.insertionPoint(of: generator.uniform() * starts[days]))
            let hour = generator.categorical(weights: hourShares)
            let second = (generator.uniform() * 3_600).rounded(.down)
            return start + Double(day * 86_400 + hour * 3_600) + second
        }
        return times.sorted()
    }
}
