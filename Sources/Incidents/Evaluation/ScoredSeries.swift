internal import Features
public import Records
public import Statistics

/// Series of weekly counts with the scores that methods give to the weeks that are watched.
public struct ScoredSeries: Sendable {
    /// A usual method of surveillance at its usual setting.
    public struct Rival: Sendable {
        /// The name of the method.
        public var name: String
        /// How well it tells the outbreaks of all series.
        public var accuracy: WarningAccuracy
    }

    private let series: [LabelledSeries]
    private let first: Int
    /// The logarithms of the Bayes factors of ``OutbreakDetector``.
    public let own: [WarningAccuracy.Series]
    /// The same by one that knows means and variances; nil where the means are not known.
    public let oracle: [WarningAccuracy.Series]?

    private static let weeksOfYear = 52.0

    /// Scores each week that is watched by what came before it.
    ///
    /// - Parameters:
    ///   - series: The series.
    ///   - first: The first week that is watched, from 0.
    public init(_ series: [LabelledSeries], from first: Int) {
        self.series = series
        self.first = first
        own = Self.scored(series, first) { item, week in
            OutbreakDetector(period: Self.weeksOfYear).finding(at: week, in: item.counts)?.logBayesFactor ?? -.infinity
        }
        guard series.allSatisfy({ $0.means.count == $0.counts.count }) else {
            oracle = nil
            return
        }
        oracle = Self.scored(series, first) { item, week in
            let means = Array(item.means[week - 1...week])
            let dispersion = Self.dispersion(item, first)
            return OutbreakDetector.logBayesFactor(
                Array(item.counts[week - 1...week]), means: means, variances: means.map { $0 * dispersion })
        }
    }

    /// The variance by the mean, told by the true means of all weeks before those watched, outbreaks left out.
    private static func dispersion(_ item: LabelledSeries, _ first: Int) -> Double {
        let squares = (0..<first / 2).map { week -> Double in
            let distance = item.counts[week] - item.means[week]
            return distance * distance / item.means[week]
        }
        return max(1, squares.reduce(0, +) / Double(squares.count))
    }

    /// The usual methods of surveillance at their usual settings.
    public func rivals() -> [Rival] {
        var flexible = FarringtonFlexible()
        flexible.significance = 0.01
        var original = flexible
        original.seasons = 1
        original.weightThreshold = 1
        original.leftOut = 3
        original.trendLevel = 0.05
        original.bound = .twoThirdsPower
        var posterior = SeasonalPosterior()
        posterior.years = 3
        posterior.significance = 0.01
        let methods: [(String, @Sendable (LabelledSeries, Int) -> CountThreshold?)] = [
            ("Farrington flexible", { [flexible] in flexible.threshold(at: $1, in: $0.counts) }),
            ("Farrington", { [original] in original.threshold(at: $1, in: $0.counts) }),
            ("Bayes", { [posterior] in posterior.threshold(at: $1, in: $0.counts) }),
            ("EARS C1", { EarlyAberration(.c1, significance: 0.01).threshold(at: $1, in: $0.counts) }),
            ("EARS C2", { EarlyAberration(.c2, significance: 0.01).threshold(at: $1, in: $0.counts) }),
            ("EARS C3", { EarlyAberration(.c3, significance: 0.01).threshold(at: $1, in: $0.counts) }),
        ]
        let found = methods.map { name, threshold in
            let scores = Self.scored(series, first) { item, week in
                threshold(item, week)?.isAlarm(item.counts[week]) == true ? 1 : 0
            }
            return Rival(name: name, accuracy: WarningAccuracy(scores, above: 0.5))
        }
        let sums = Self.scored(series, first) { [first] item in
            CumulativeSum().seasonalAlarms(from: first, in: item.counts, period: Self.weeksOfYear).map { $0 ? 1 : 0 }
        }
        return found + [Rival(name: "CUSUM", accuracy: WarningAccuracy(sums, above: 0.5))]
    }

    private static func scored(
        _ series: [LabelledSeries], _ first: Int, _ score: @Sendable (LabelledSeries, Int) -> Double
    ) -> [WarningAccuracy.Series] {
        scored(series, first) { item in (first..<item.counts.count).map { score(item, $0) } }
    }

    private static func scored(
        _ series: [LabelledSeries], _ first: Int, _ scores: @Sendable (LabelledSeries) -> [Double]
    ) -> [WarningAccuracy.Series] {
        concurrently(series.count, by: 4) { range in
            series[range].map { item in
                WarningAccuracy.Series(
                    scores: scores(item),
                    outbreak: item.outbreak.lowerBound - first..<item.outbreak.upperBound - first)
            }
        }.flatMap { $0 }
    }
}
