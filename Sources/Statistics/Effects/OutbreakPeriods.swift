/// The periods of a stretch in which a group had an outbreak, which say nothing of what it is like without one.
///
/// An outbreak is a run of periods, each above the level of the group, whose counts together are too many to be chance. The level is that of the periods
/// without one, by the profile of the other groups. So one that came just before a change does not make what follows look like a fall.
struct OutbreakPeriods {
    /// Whether each period is of an outbreak; after the past only those are of one that was running when it ended.
    let isOutbreak: [Bool]

    /// The probabilities of as many counts by chance, in each period of an outbreak and in all of them together.
    private static let (each, together) = (0.1, 0.003)
    /// Found outbreaks lower the level, so that more are found; then it settles.
    private static let turns = 5

    /// Looks for outbreaks.
    ///
    /// - Parameters:
    ///   - counts: The counts of a group.
    ///   - profile: What they are in proportion to without outbreaks, not negative, of the same length.
    ///   - past: The periods whose level is taken, at least 1.
    init(_ counts: [Double], profile: [Double], past: Int) {
        var found = [Bool](repeating: false, count: counts.count)
        for _ in 0..<Self.turns {
            let (own, others) = (0..<past).reduce((0.0, 0.0)) { sums, period in
                found[period] ? sums : (sums.0 + counts[period], sums.1 + profile[period])
            }
            guard others > 0 else { break }
            let next = Self.runs(counts, profile, level: own / others, past: past)
            // What is there most of the time is the level.
            guard next != found, 2 * next[..<past].count(where: { $0 }) <= past else { break }
            found = next
        }
        isOutbreak = found
    }

    private static func runs(_ counts: [Double], _ profile: [Double], level: Double, past: Int) -> [Bool] {
        let reach = Normal.standard.quantile(1 - each)
        var found = [Bool](repeating: false, count: counts.count)
        var start = 0
        while start < past {
            var (end, own, expected) = (start, 0.0, 0.0)
            while end < counts.count {
                let mean = max(ComparableWindows.unseen, level * profile[end])
                guard counts[end] - mean > reach * ComparableWindows.variance(mean).squareRoot() else { break }
                if end < past { (own, expected) = (own + counts[end], expected + mean) }
                end += 1
            }
            if end > start, probability(own, expected) < together {
                for period in start..<end { found[period] = true }
            }
            start = end + 1
        }
        return found
    }

    /// The probability of at least so many counts.
    private static func probability(_ count: Double, _ mean: Double) -> Double {
        let variance = ComparableWindows.variance(mean)
        guard let counts = try? NegativeBinomial(mean: mean, size: mean * mean / (variance - mean)) else { return 0 }
        return counts.survival(Int(count) - 1)
    }
}
