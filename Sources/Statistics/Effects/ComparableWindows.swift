import Glibc

/// All stretches of a panel of the same form as the one in question: a past, then as many periods of which nothing was done to the group.
///
/// What is expected of a stretch is its own past times the growth that the other groups had meanwhile, so that holidays, releases and whatever else
/// meets all groups cancel. Periods of an outbreak (``OutbreakPeriods``) are left out on both sides: changes are made because of them. Whether one that was
/// still running at the start will fade or stay, only groups can tell that had one as large.
struct ComparableWindows {
    /// One stretch of one group.
    struct Window {
        let group: Int
        /// The periods after its start, without those of an outbreak that was running.
        let periods: Int
        /// The counts in them.
        let observed: Double
        /// What the others let expect of them, above 0.
        let expected: Double
        /// The counts of its past without outbreaks.
        let past: Double
        /// 1, and by how much its last 4 and 12 periods lie above its past on the log scale, as the others' do not; then the same of the last 4 with those of
        /// an outbreak that was running at its start, 0 without one.
        let features: [Double]
    }

    /// The stretch in question.
    let target: Window
    /// Those in which nothing was done.
    let placebos: [Window]

    /// The periods of a rise that has just been, and of one that has been for a while.
    private static let recent = (short: 4, long: 12)
    /// A group with fewer counts in its past tells nothing of its growth.
    static let leastPast = 8
    /// Among fewer groups, one alone would be most of what the others are.
    static let leastGroups = 6
    /// The groups that must have risen nearly as much before a stretch as the one in question.
    private static let leastAlike = 3
    /// Counts that a rise is shrunk by, so that one of few counts is not taken for one of many.
    private static let shrinkage = 10.0
    /// What makes up ``variance(_:)``.
    private static let (noise, spread) = (2.0, 0.09)
    /// The least expected count: what has never come may come all the same.
    static let unseen = 0.3

    /// Collects the stretches.
    ///
    /// - Parameters:
    ///   - past: The periods before the start, at least 12.
    ///   - horizon: The periods after it, at least 1.
    /// - Throws: `tooFewCounts`; `tooFewGroups`; `tooShort` when too little is left after an outbreak that was running.
    /// - Complexity: O(groups · periods · (past + horizon)).
    init(_ panel: CountPanel, of group: Int, at change: Int, past: Int, horizon: Int) throws(EffectError) {
        let own = panel.sum(group, change - past..<change)
        guard own >= Self.leastPast else { throw .tooFewCounts(own) }
        var target: Window?
        var others: [Window] = []
        // Stretches that begin one period apart hardly differ.
        let step = max(1, horizon / 8)
        for start in past...panel.periods - horizon where (start - change) % step == 0 {
            let usable = (0..<panel.groups).filter { other in
                let isUntouched = panel.changedAt[other].map { $0 >= start + horizon } ?? true
                return (isUntouched || (other == group && start == change))
                    && panel.sum(other, start - past..<start) >= Self.leastPast
            }
            guard usable.count >= Self.leastGroups else { continue }
            for window in Self.windows(panel, usable, start: start, past: past, horizon: horizon) {
                if window.group == group, start == change { target = window } else { others.append(window) }
            }
        }
        let leastPeriods = min(PlaceboContrast.leastHorizon, horizon)
        placebos = others.filter { $0.past >= Double(Self.leastPast) && $0.periods >= leastPeriods }
        let groups = Set(placebos.map(\.group)).count
        guard let target, groups >= Self.leastGroups else { throw .tooFewGroups(groups) }
        guard target.periods >= leastPeriods else { throw .tooShort(before: past, after: target.periods) }
        guard target.past >= Double(Self.leastPast) else { throw .tooFewCounts(Int(target.past)) }
        // Beyond what others rose before their start, what comes after it would be a guess.
        for feature in target.features.indices {
            let least = target.features[feature] - Window.bandwidth
            let alike = Set(placebos.filter { $0.features[feature] >= least }.map(\.group)).count
            guard alike >= Self.leastAlike else { throw .tooFewGroups(alike) }
        }
        self.target = target
    }

    /// The variance of a count of a group with a mean: groups weigh by the inverse of that of a ratio in the growth of the others.
    static func variance(_ mean: Double) -> Double { mean * (noise + spread * mean) }

    /// The stretches of all groups from one start.
    private static func windows(
        _ panel: CountPanel, _ groups: [Int], start: Int, past: Int, horizon: Int
    ) -> [Window] {
        let rows = groups.map { group in panel.counts[group][start - past..<start + horizon].map(Double.init) }
        let pasts = rows.map { $0[..<past].reduce(0, +) }
        let weights = pasts.map { $0 / variance($0) }
        var totals = [Double](repeating: 0, count: past + horizon)
        for (weight, row) in zip(weights, rows) {
            for (period, count) in row.enumerated() { totals[period] += weight * count }
        }
        return groups.indices.map { index in
            let (row, weight) = (rows[index], weights[index])
            let profile = zip(totals, row).map { max(0, $0 - weight * $1) }
            let outbreaks = OutbreakPeriods(row, profile: profile, past: past).isOutbreak
            func sum(_ values: [Double], _ span: Range<Int>) -> Double {
                span.reduce(0) { outbreaks[$1] ? $0 : $0 + values[$1] }
            }
            let (own, after) = (sum(row, 0..<past), past..<past + horizon)
            let pace = sum(profile, 0..<past)
            let level = pace > 0 ? own / pace : 0
            func rise(_ own: Double, _ expected: Double) -> Double {
                log((own + shrinkage) / (level * expected + shrinkage))
            }
            let (short, long) = (past - recent.short..<past, past - recent.long..<past)
            let rises = [
                rise(sum(row, short), sum(profile, short)), rise(sum(row, long), sum(profile, long)),
                outbreaks[past - 1] ? rise(row[short].reduce(0, +), profile[short].reduce(0, +)) : 0,
            ]
            return Window(
                group: groups[index], periods: after.count { !outbreaks[$0] }, observed: sum(row, after),
                expected: max(unseen, level * sum(profile, after)), past: own, features: [1] + rises)
        }
    }
}

extension ComparableWindows.Window {
    /// The standard deviation of the comparability of rises, on the log scale.
    static let bandwidth = 0.35
}
