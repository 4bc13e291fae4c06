import Glibc
public import Statistics

/// Weekly tickets of the issue groups of a desk, some of which get an article just after they have peaked, or because of an outbreak.
///
/// The logarithm of the rate of a group is its level, its trend, shocks of the desk that meet it more or less (holidays, releases, a wandering demand), a
/// wandering of its own, and peaks that fade by themselves; some groups fade for good. Counts have a variance above their mean. How wild the desk is, is
/// drawn too. On one desk in four there are outbreaks, which come and go within weeks: now and then in any group, and about each article, which they may
/// outlast. An article keeps away each ticket with a probability that grows in its first weeks, so that what it kept away is known.
public struct ArticleEffectScenario: Sendable {
    /// How much an article does.
    public enum Size: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case none
        /// It takes away 10 to 25 % of the tickets.
        case small
        /// 40 to 70 %.
        case large
        /// It brings 15 to 40 % more, as an article does by which customers learn whom to write to.
        case more

        /// The share of tickets that it takes away, when it is in full use.
        fileprivate func reduction(using generator: inout some RandomNumberGenerator) -> Double {
            switch self {
            case .none: 0
            case .small: 0.1 + 0.15 * generator.uniform()
            case .large: 0.4 + 0.3 * generator.uniform()
            case .more: -(0.15 + 0.25 * generator.uniform())
            }
        }
    }

    /// An article, and what it did in its first ``horizon`` weeks.
    public struct Truth: Sendable, Equatable {
        /// The group, from 0.
        public let group: Int
        /// How much it does.
        public let size: Size
        /// The share of the expected tickets that it took away.
        public let reduction: Double
        /// The tickets that it kept away, below 0 for those that it brought.
        public let avoided: Int
        /// The rate before it, in tickets a week, as a mean over half a year.
        public let weekly: Double
        /// Whether it was written because of an outbreak.
        public let isOfOutbreak: Bool
    }

    /// The tickets of each group and week, and the week of its article.
    public let panel: CountPanel
    /// How far groups go their own ways, from 0.15 on a calm desk to 1 on a wild one.
    public let wildness: Double
    /// One for each article.
    public let truths: [Truth]

    /// The weeks since an article in which its effect is measured.
    public static let horizon = 26
    /// The weeks before the first article.
    private static let leastPast = 30
    /// Weeks until most of the effect of an article is there.
    private static let learning = 1.5
    /// The share of desks with outbreaks.
    private static let outbreakShare = 0.25
    /// Tickets kept away of each size, by how often they are drawn.
    private static let shares: [Size: Double] = [.none: 0.35, .small: 0.3, .large: 0.3, .more: 0.05]

    /// Draws a desk of 24 to 72 groups over 70 to 130 weeks.
    ///
    /// - Throws: What ``Statistics/CountPanel`` throws, which counts that were drawn do not.
    public init(seed: UInt64) throws(EffectError) {
        var generator = SplitMix64(seed: seed)
        let weeks = Int.random(in: 70...130, using: &generator)
        var rates = IssueRates(weeks: weeks, groups: Int.random(in: 24...72, using: &generator), using: &generator)
        var counts = rates.counts(using: &generator)
        // Of another generator, so that the other desks are what they would be if there were no outbreaks.
        var outbreaks = SplitMix64(seed: ~seed)
        let hasOutbreaks = outbreaks.uniform() < Self.outbreakShare
        if hasOutbreaks {
            let aYear = outbreaks.uniform()
            for group in counts.indices {
                for _ in 0..<outbreaks.poisson(mean: aYear * Double(weeks) / 52) {
                    let first = Int.random(in: 0..<weeks, using: &outbreaks)
                    rates.strike(
                        group, first..<first + Int.random(in: 1...4, using: &outbreaks), &counts, using: &outbreaks)
                }
            }
        }
        var published = [Int?](repeating: nil, count: counts.count)
        var truths: [Truth] = []
        for _ in 0..<max(3, counts.count / 6) {
            let week = Int.random(in: Self.leastPast..<weeks - 5, using: &generator)
            let group = Self.peaked(counts, published, week, using: &generator)
            guard let group else { continue }
            if hasOutbreaks {
                let end = week + Int.random(in: -8...1, using: &outbreaks)
                rates.strike(
                    group, end - Int.random(in: 1...4, using: &outbreaks)..<end, &counts, using: &outbreaks)
            }
            let sizes = Size.allCases
            let size = sizes[generator.categorical(weights: sizes.map { Self.shares[$0] ?? 0 })]
            let reduction = size.reduction(using: &generator)
            published[group] = week
            var (expected, left, avoided) = (0.0, 0.0, 0)
            for later in week..<weeks {
                let share = reduction * (1 - exp(-Double(later - week + 1) / Self.learning))
                let before = counts[group][later]
                counts[group][later] = Self.thinned(before, by: share, using: &generator)
                guard later < week + Self.horizon else { continue }
                expected += rates.means[group][later]
                left += rates.means[group][later] * (1 - share)
                avoided += before - counts[group][later]
            }
            let before = rates.means[group][week - 26..<week].reduce(0, +) / 26
            truths.append(
                Truth(
                    group: group, size: size, reduction: 1 - left / expected, avoided: avoided, weekly: before,
                    isOfOutbreak: hasOutbreaks))
        }
        panel = try CountPanel(counts: counts, changedAt: published)
        self.truths = truths
        wildness = rates.wildness
    }

    /// A group without an article that is likely to have just peaked; nil when none has tickets.
    private static func peaked(
        _ counts: [[Int]], _ published: [Int?], _ week: Int, using generator: inout some RandomNumberGenerator
    ) -> Int? {
        var best: (score: Double, group: Int)?
        for group in counts.indices where published[group] == nil {
            let recent = Double(counts[group][week - 4..<week].reduce(0, +))
            guard recent >= 2 else { continue }
            let usual = Double(counts[group][week - 26..<week].reduce(0, +)) * 4 / 26
            // The largest of scores with Gumbel noise is drawn with a probability in proportion to their exponentials.
            let score = 4 * log((recent + 2) / (usual + 2)) - log(generator.exponential())
            if score > best?.score ?? -.infinity { best = (score, group) }
        }
        return best?.group
    }

    /// What is left of some tickets when each is kept away with a probability, or brings another one when it is below 0.
    private static func thinned(
        _ count: Int, by share: Double, using generator: inout some RandomNumberGenerator
    ) -> Int {
        let changed = (0..<count).reduce(0) { sum, _ in sum + (generator.uniform() < abs(share) ? 1 : 0) }
        return share >= 0 ? count - changed : count + changed
    }
}
