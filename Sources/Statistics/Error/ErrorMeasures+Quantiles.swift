import Glibc

extension ErrorMeasures {
    /// The mean of `max(τ (y - q), (τ - 1) (y - q))`, which the true quantile of level `τ` makes smallest.
    ///
    /// Source: R. Koenker, G. Bassett, "Regression quantiles", Econometrica 46 (1978), doi:10.2307/1913643.
    ///
    /// - Parameters:
    ///   - quantiles: The predicted quantile of each observation.
    ///   - level: The level `τ`, between 0 and 1.
    public static func pinballLoss(_ observed: [Double], _ quantiles: [Double], level: Double) -> Double {
        precondition(observed.count == quantiles.count, "there is one quantile an observation")
        precondition(level > 0 && level < 1, "the level is between 0 and 1")
        return mean(zip(observed, quantiles).map { max(level * ($0 - $1), (level - 1) * ($0 - $1)) })
    }

    /// The pinball loss of `ln(1 + y)` and `ln(1 + max(q, 0))`.
    ///
    /// - Parameters:
    ///   - observed: Values above -1.
    ///   - quantiles: The predicted quantile of each observation.
    ///   - level: The level, between 0 and 1.
    public static func logarithmicPinballLoss(_ observed: [Double], _ quantiles: [Double], level: Double) -> Double {
        pinballLoss(observed.map { log1p($0) }, quantiles.map { log1p(max($0, 0)) }, level: level)
    }

    /// The share of observations inside their intervals, the ends included.
    public static func intervalCoverage(_ observed: [Double], lower: [Double], upper: [Double]) -> Double {
        precondition(
            observed.count == lower.count && observed.count == upper.count, "there is one interval an observation")
        let inside = observed.indices.filter { lower[$0] <= observed[$0] && observed[$0] <= upper[$0] }
        return Double(inside.count) / Double(observed.count)
    }

    /// The median width of intervals.
    public static func intervalWidth(lower: [Double], upper: [Double]) -> Double {
        precondition(lower.count == upper.count, "each interval has two ends")
        return median(zip(lower, upper).map { $1 - $0 })
    }
}
