import Glibc

/// All stretches of a panel of the same form as the one in question: a past, then as many periods of which nothing was done to the group.
///
/// What is expected of a stretch is its own past times the growth that the other groups had meanwhile, so that holidays, releases and whatever else
/// meets all groups cancel.
struct ComparableWindows {
    /// One stretch of one group.
    struct Window {
        let group: Int
        /// The counts after its start.
        let observed: Double
        /// What the others let expect of them, above 0.
        let expected: Double
        /// The counts of its past.
        let past: Double
        /// 1, and by how much its last 4 and 12 periods lie above its past on the log scale, as the others' do not.
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
    /// Counts that a rise is shrunk by, so that one of few counts is not taken for one of many.
    private static let shrinkage = 10.0
    /// The variance of a ratio of counts is `noise / count + spread`: groups weigh by its inverse in the growth of the others.
    private static let (noise, spread) = (2.0, 0.09)
    /// The least expected count: what has never come may come all the same.
    private static let unseen = 0.3

    /// Collects the stretches.
    ///
    /// - Parameters:
    ///   - past: The periods before the start, at least 12.
    ///   - horizon: The periods after it, at least 1.
    /// - Throws: `tooFewCounts`, `tooFewGroups`.
    /// - Complexity: O(groups · periods).
    init(_ panel: CountPanel, of group: Int, at change: Int, past: Int, horizon: Int) throws(EffectError) {
        let own = panel.sum(group, change - past..<change)
        guard own >= Self.leastPast else { throw .tooFewCounts(own) }
        var target: Window?
        var placebos: [Window] = []
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
                if window.group == group, start == change { target = window } else { placebos.append(window) }
            }
        }
        let groups = Set(placebos.map(\.group)).count
        guard let target, groups >= Self.leastGroups else { throw .tooFewGroups(groups) }
        self.target = target
        self.placebos = placebos
    }

    /// The stretches of all groups from one start.
    private static func windows(
        _ panel: CountPanel, _ groups: [Int], start: Int, past: Int, horizon: Int
    ) -> [Window] {
        let spans = [
            start - past..<start, start..<start + horizon, start - recent.short..<start,
            start - recent.long..<start,
        ]
        let sums = groups.map { group in spans.map { Double(panel.sum(group, $0)) } }
        let weights = sums.map { 1 / (noise + spread * $0[0]) }
        let totals = spans.indices.map { span in zip(weights, sums).reduce(0) { $0 + $1.0 * $1.1[span] } }
        return groups.indices.map { index in
            let (own, weight) = (sums[index], weights[index])
            /// What the own past and the growth of the others let expect of a span.
            func expected(_ span: Int) -> Double {
                own[0] * (totals[span] - weight * own[span]) / (totals[0] - weight * own[0])
            }
            let rises = [2, 3].map { log((own[$0] + shrinkage) / (max(0, expected($0)) + shrinkage)) }
            return Window(
                group: groups[index], observed: own[1], expected: max(unseen, expected(1)), past: own[0],
                features: [1] + rises)
        }
    }
}
