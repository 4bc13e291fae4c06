internal import Algorithms
import Glibc

/// What a change did to the counts of a group, told by what the same contrast says where nothing was done.
///
/// The contrast of a group is its counts since the change, by those to expect from its past and from the growth of the other groups meanwhile. Changes
/// are made to groups that have just peaked, and these would have fallen anyway. So the contrast is held against those of placebos: stretches of the
/// same lengths, of all groups and from all starts, in which nothing was done. They weigh by how comparable they were *before* their start, in level and
/// in growth; a ``WindowRegression`` on them takes away what their growth foretold, and the tails of the interval are the quantiles of their probability
/// integral transforms. The interval holds every ratio of rates at which what was counted is no stranger than the placebos are.
///
/// Periods of an outbreak are left out, of the past and where one was running at the change until it is over, as changes are made because of them. A group
/// that had risen as hardly any other has nothing that it could be held against, and is refused.
///
/// Shocks that meet all groups cancel; trends, groups that fade by themselves and falls after a peak are in the placebos. Not told from an effect is what
/// met this group alone at that time, as a fix of the product would: the placebos hold such things only as often as they happened to others.
///
/// Source: placebos in space and time, A. Abadie, A. Diamond, J. Hainmueller, JASA 105 (2010), doi:10.1198/jasa.2009.ap08746; inversion of a test that
/// is calibrated by them, V. Chernozhukov, K. Wüthrich, Y. Zhu, JASA 116 (2021), doi:10.1080/01621459.2021.1920957; weighted quantiles, R. J. Tibshirani et
/// al., "Conformal prediction under covariate shift", NeurIPS 32 (2019), arXiv:1904.06019.
public struct PlaceboContrast: Sendable {
    /// The level of the intervals, above 0.5 and below 1.
    public let level: Double
    /// The most periods of the past that are looked at; those that there are must be at least 12.
    public let memory: Int
    /// The most periods since the change that are looked at, at least 1.
    public let horizon: Int
    /// The least relative change worth naming, above 0.
    public let leastWorthNaming: Double

    /// The shortest past.
    public static let leastMemory = 12
    /// The shortest time since a change.
    public static let leastHorizon = 4
    /// The standard deviation of the comparability of the levels of placebos, on the log scale.
    private static let bandwidth = 1.5
    /// The share of a group's weight that the change in question has itself beyond either tail.
    ///
    /// Were the stretches of one group all alike it would be 1, and were they independent it would be near 0; simulation says this.
    private static let ownShare = 0.3
    /// The logarithms of the least and the largest ratio of rates.
    private static let ratios = (-20.0, 20.0)

    /// Takes the settings; periods are weeks in the defaults.
    ///
    /// - Throws: `invalidParameter`.
    public init(
        level: Double = 0.9, memory: Int = 26, horizon: Int = 26, leastWorthNaming: Double = 0.2
    ) throws(EffectError) {
        guard level > 0.5, level < 1 else { throw .invalidParameter(name: "level", value: level) }
        guard memory >= Self.leastMemory else { throw .invalidParameter(name: "memory", value: Double(memory)) }
        guard horizon >= Self.leastHorizon else { throw .invalidParameter(name: "horizon", value: Double(horizon)) }
        guard leastWorthNaming > 0, leastWorthNaming.isFinite else {
            throw .invalidParameter(name: "leastWorthNaming", value: leastWorthNaming)
        }
        self.level = level
        self.memory = memory
        self.horizon = horizon
        self.leastWorthNaming = leastWorthNaming
    }

    /// Estimates the effect of the change of a group.
    ///
    /// - Parameters:
    ///   - panel: The counts up to now.
    ///   - group: A group that was changed, from 0.
    /// - Throws: `notChanged`; `tooShort` with fewer than ``leastMemory`` periods before the change or ``leastHorizon`` after it, but for those of an outbreak;
    ///   `tooFewCounts` and `tooFewGroups`. Whoever cannot be compared has no effect that could be told.
    /// - Complexity: O(groups · periods · (memory + horizon)).
    public func fit(_ panel: CountPanel, of group: Int) throws(EffectError) -> FittedPlaceboContrast {
        guard panel.changedAt.indices.contains(group), let change = panel.changedAt[group] else {
            throw .notChanged(group: group)
        }
        let after = min(horizon, panel.periods - change)
        guard change >= Self.leastMemory, after >= Self.leastHorizon else {
            throw .tooShort(before: max(0, change), after: max(0, after))
        }
        let windows = try ComparableWindows(
            panel, of: group, at: change, past: min(memory, change), horizon: after)
        let weights = windows.placebos.map { Self.comparability($0, windows.target) }
        guard weights.reduce(0, +) > 1e-9 else { throw .tooFewGroups(0) }
        let regression = WindowRegression(windows.placebos, weights: weights)
        let quantiles = quantiles(windows.placebos, weights, regression)
        let mean = regression.mean(windows.target)
        let variance = regression.variance(at: windows.target)
        let observed = Int(windows.target.observed)
        func ratio(_ probability: Double) -> Double {
            Self.ratio(probability) { regression.midCumulative(observed, mean: mean * exp($0), variance: variance) }
        }
        func count(_ probability: Double) -> Int {
            Self.count(probability) { regression.midCumulative($0, mean: mean, variance: variance) }
        }
        let counts = (count(quantiles.low), count(quantiles.middle), count(quantiles.high))
        return FittedPlaceboContrast(
            periods: windows.target.periods, observed: observed,
            rateRatio: IntervalEstimate(ratio(quantiles.middle), in: ratio(quantiles.high)...ratio(quantiles.low)),
            expected: IntervalEstimate(Double(counts.1), in: Double(counts.0)...Double(counts.2)),
            placebos: windows.placebos.count, leastWorthNaming: leastWorthNaming)
    }

    /// How much a placebo weighs, by level and rise before its start.
    private static func comparability(_ one: ComparableWindows.Window, _ target: ComparableWindows.Window) -> Double {
        let level = log(one.past / target.past) / bandwidth
        let rise = (one.features[1] - target.features[1]) / ComparableWindows.Window.bandwidth
        return exp(-0.5 * (level * level + rise * rise))
    }

    /// The probabilities that placebos fall below the interval, below its middle and below its upper end.
    private func quantiles(
        _ placebos: [ComparableWindows.Window], _ weights: [Double], _ regression: WindowRegression
    ) -> (low: Double, middle: Double, high: Double) {
        let tail = (1 - level) / 2
        var ofGroups: [Int: Double] = [:]
        for (window, weight) in zip(placebos, weights) { ofGroups[window.group, default: 0] += weight }
        let total = weights.reduce(0, +)
        // The number of groups as if they all weighed the same.
        let groups =
            total * total
            / ofGroups.keys.sorted().reduce(0) { sum, group in
                let weight = ofGroups[group] ?? 0
                return sum + weight * weight
            }
        let own = Self.ownShare * total / groups
        let ranked = zip(placebos, weights).map { window, weight in
            (regression.midCumulative(Int(window.observed), mean: regression.mean(window)), weight)
        }.sorted { $0.0 < $1.0 }
        /// The value beyond which a weight lies; nil when it lies beyond all.
        func value(_ weight: Double, _ values: some Sequence<(Double, Double)>) -> Double? {
            var sum = 0.0
            for (value, part) in values {
                sum += part
                if sum >= weight { return value }
            }
            return nil
        }
        let rest = tail * (total + own) - own
        // Where even the strangest placebo is not strange enough, the tails of the regression are all there is.
        let low = rest > 0 ? value(rest, ranked) ?? tail : tail
        let high = rest > 0 ? value(rest, ranked.reversed()) ?? 1 - tail : 1 - tail
        let middle = value(total / 2, ranked) ?? 0.5
        return (min(low, middle), middle, max(high, middle))
    }

    /// The ratio of rates at which a probability, which falls with it, is as given; 0 or infinite where it is not reached.
    private static func ratio(_ probability: Double, _ cumulative: (Double) -> Double) -> Double {
        var (low, high) = ratios
        if cumulative(low) <= probability { return 0 }
        if cumulative(high) >= probability { return .infinity }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if cumulative(middle) > probability { low = middle } else { high = middle }
        }
        return exp((low + high) / 2)
    }

    /// The last count of which a probability, which rises with it, is at most as given; 0 when there is none.
    private static func count(_ probability: Double, _ cumulative: (Int) -> Double) -> Int {
        var (low, high) = (0, 1)
        while cumulative(high) <= probability, high < 1 << 50 { (low, high) = (high, 2 * high) }
        return (low + 1..<high).partitioningIndex { cumulative($0) > probability } - 1
    }
}
