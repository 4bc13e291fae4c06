public import Records
internal import Statistics

/// When a method tells that a series of hourly counts grows, and how often it warns.
public struct RampDetection: Sendable, Hashable {
    /// The factor by which the rate has grown in the hour in which that is told; nil where it is not.
    public private(set) var growth: Double?
    /// The warnings of all hours.
    public private(set) var warnings = 0

    /// By the warnings of a ``WarningLedger``.
    ///
    /// - Parameters:
    ///   - table: The counts from the hour 0 on.
    ///   - growth: The factor by which the rate has grown in each hour, 1 where it has not.
    public init(warningsOf table: CountTable, growth: [Double]) {
        let hours = WarningLedger(table).warnings.map { Int($0.raisedAt.seconds / 3_600) - 1 }
        warnings = hours.count
        self.growth = hours.first { growth.indices.contains($0) && growth[$0] > 1 }.map { growth[$0] }
    }

    /// By the ``EscalationCeiling`` of the last whole week: a count above it warns, but for one that follows such a count.
    ///
    /// - Parameters:
    ///   - counts: The counts, the first one at the begin of a week.
    ///   - growth: The factor by which the rate has grown in each hour, 1 where it has not.
    ///   - first: The first hour that is watched, at the begin of a week.
    public init(ceilingOf counts: [Double], growth: [Double], from first: Int) {
        var isAbove = false
        var ceiling = 0.0
        for hour in counts.indices.dropFirst(first) {
            if hour % 168 == 0, hour >= 168 {
                let week = hour - 168..<hour
                ceiling = EscalationCeiling.ceiling(
                    Array(counts[week]), onWeekday: week.map { $0 / 24 % 7 == hour / 24 % 7 })
            }
            let hasReached = ceiling > 0 && counts[hour] > ceiling
            if hasReached, !isAbove { warnings += 1 }
            isAbove = hasReached
            if hasReached, self.growth == nil, hour < growth.count, growth[hour] > 1 { self.growth = growth[hour] }
        }
    }
}
