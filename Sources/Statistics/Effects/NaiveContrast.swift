import Glibc

/// The effect of a change as it is often told: what to hold ``PlaceboContrast`` against, not to be used.
public enum NaiveContrast: String, Sendable, CaseIterable {
    /// The rate after by the rate before, as if nothing else had changed.
    case beforeAfter
    /// The same by that of all other groups together, as if every count were independent of all others.
    case poissonDifferences

    /// The ratio of rates with its interval.
    ///
    /// - Parameters:
    ///   - panel: The counts up to now.
    ///   - group: A group that was changed, from 0, with at least one period before and after it.
    ///   - level: The level of the interval, above 0 and below 1.
    ///   - memory: The most periods of the past that are looked at.
    ///   - horizon: The most periods since the change.
    /// - Returns: nil for a group that was not changed.
    public func rateRatio(
        _ panel: CountPanel, of group: Int, level: Double, memory: Int, horizon: Int
    ) -> IntervalEstimate? {
        guard panel.changedAt.indices.contains(group), let change = panel.changedAt[group], change > 0,
            change < panel.periods
        else { return nil }
        let past = max(0, change - memory)..<change
        let since = change..<min(panel.periods, change + horizon)
        let (before, after) = (panel.sum(group, past), panel.sum(group, since))
        switch self {
        case .beforeAfter:
            guard
                let ratio = RateRatio(
                    events: after, exposure: Double(since.count), otherEvents: before, otherExposure: Double(past.count)
                )
            else { return nil }
            return IntervalEstimate(ratio.estimate.isNaN ? 1 : ratio.estimate, in: ratio.interval(level: level))
        case .poissonDifferences:
            let others = panel.changedAt.indices.filter { $0 != group && panel.changedAt[$0] == nil }
            let cells = [
                after, before, others.reduce(0) { $0 + panel.sum($1, past) },
                others.reduce(0) { $0 + panel.sum($1, since) },
            ].map { Double($0) + 0.5 }
            let ratio = log(cells[0] / cells[1] * cells[2] / cells[3])
            let error = cells.reduce(0) { $0 + 1 / $1 }.squareRoot() * Normal.standard.quantile((1 + level) / 2)
            return IntervalEstimate(exp(ratio), in: exp(ratio - error)...exp(ratio + error))
        }
    }
}
