internal import Algorithms
import Glibc

/// How many events days to come will bring, when the rate of those past may have changed, and may be growing or falling.
///
/// Events come in clumps, and the clumps of a day are Poisson. Their rate is constant since a day, or constant since a day and multiplied each day by the same
/// factor since one that is as early or later. Each of these courses has a probability given all counts, where what the rate was before it is summed over,
/// all changes considered; what is to come is the mixture of what they predict, each a negative binomial, as rates have gamma priors.
///
/// Source: P. Fearnhead, "Exact and efficient Bayesian inference for multiple changepoint problems", Stat. Comput. 16 (2006),
/// doi:10.1007/s11222-006-8450-8, for the sums over changes. The size of clumps is a mean square successive difference, which no step or growth of the
/// rate inflates: J. von Neumann et al., Ann. Math. Statist. 12 (1941).
public struct CountForecast: Sendable {
    /// The events that half of the courses, by their probability, expect at most; a few that grow beyond all measure do not move it.
    public let expected: Double

    private let clump: Double
    private let courses: [(probability: Double, clumps: NegativeBinomial)]

    /// Days before these tell nothing of those to come.
    private static let most = 56
    /// Days before the end on which a growth may have begun, besides the first of all: none goes on for much longer than it has lasted.
    private static let beginnings = [7, 10, 14, 21, 28, 42]
    /// The logarithms of the daily factors, both ways, and the standard deviation that they have before anything is known: a doubling in a week.
    private static let growths = (step: 0.025, count: 10, deviation: 0.1)
    /// Before anything is known a course is as likely constant as growing.
    private static let constant = 0.5
    /// The chance that the rate changes on a day.
    private static let hazard = 1.0 / 56
    /// Clumps that are there before any was seen, so that the rate is about that of all days (Jeffreys).
    private static let priorClumps = 0.5
    /// Pairs of days on which events came one by one that are there before any was seen.
    private static let priorPairs = 4.0
    /// Of pairs that overlap each tells as much as so many that do not.
    private static let overlap = 2.0 / 3
    /// Courses that are less probable than the likeliest by this factor are left out.
    private static let negligible = 0.01

    /// Takes what came, and what is to come of what brings it.
    ///
    /// - Parameters:
    ///   - counts: The events of each day, at least 0.
    ///   - exposures: What each day is counted of, at least 0 and above 0 where there are events.
    ///   - next: The same of the days to come.
    /// - Returns: nil when there is no exposure, or one for each count is not given.
    /// - Complexity: O(n²) in the days, of which the last 56 count.
    public init?(_ counts: [Double], exposures: [Double], next: [Double]) {
        guard counts.count == exposures.count else { return nil }
        let past = Past(Array(counts.suffix(Self.most)), Array(exposures.suffix(Self.most)))
        guard past.exposures[past.days] > 0, next.reduce(0, +) > 0 else { return nil }
        var courses = past.constantCourses(next) + past.growingCourses(next)
        let largest = courses.map(\.logWeight).max() ?? 0
        courses.removeAll { $0.logWeight < largest + log(Self.negligible) }
        let sum = courses.reduce(0) { $0 + exp($1.logWeight - largest) }
        let found = courses.compactMap { course in
            (try? NegativeBinomial(mean: course.shape * course.exposure / course.rate, dispersion: course.shape)).map {
                (probability: exp(course.logWeight - largest) / sum, clumps: $0)
            }
        }.sorted { $0.clumps.mean < $1.clumps.mean }
        var below = 0.0
        let middle = found.first { course in
            below += course.probability
            return below >= 0.5
        }
        guard let middle = middle ?? found.last else { return nil }
        clump = past.clump
        expected = past.clump * middle.clumps.mean
        self.courses = found
    }

    /// The least number of events that is not exceeded with a probability.
    ///
    /// - Parameter probability: Above 0 and below 1.
    public func quantile(_ probability: Double) -> Double {
        func isReached(_ count: Int) -> Bool {
            courses.reduce(0) { $0 + $1.probability * $1.clumps.cumulative(count) } >= probability
        }
        var high = 1
        while high < 1 << 40, !isReached(high) { high *= 2 }
        return (clump * Double((high / 2..<high).partitioningIndex { isReached($0) })).rounded(.up)
    }

    /// A course that the rate may have taken, with the gamma posterior of the rate of clumps and the exposure to come, growth included.
    private struct Course {
        let logWeight: Double
        let shape: Double
        let rate: Double
        let exposure: Double
    }

    /// The days past.
    private struct Past {
        let days: Int
        let clump: Double
        /// The clumps, and the exposures, before each day and of all.
        let clumps: [Double]
        let exposures: [Double]
        private let daily: (clumps: [Double], exposures: [Double])
        private let priorRate: Double
        /// For each day the logarithm of the probability of all before it.
        private var evidence: [Double]

        init(_ counts: [Double], _ exposures: [Double]) {
            let size = Self.clumpSize(counts, exposures)
            let clumps = counts.map { $0 / size }
            (days, clump, daily) = (counts.count, size, (clumps, exposures))
            self.clumps = clumps.reductions(0, +)
            self.exposures = exposures.reductions(0, +)
            let all = max(counts.reduce(0, +), priorClumps) / size
            priorRate = priorClumps * max(1e-9, exposures.reduce(0, +)) / all
            evidence = [0]
            for end in 1..<max(1, days) {
                let ways = (0..<end).map { start in
                    logChance(of: start, end) + logProbability(clumps: start..<end)
                }
                let largest = ways.max() ?? 0
                evidence.append(largest + log(ways.reduce(0) { $0 + exp($1 - largest) }))
            }
        }

        /// How many events come at once, as their variance by their mean, with what the estimate may err by: the mean of a scaled inverse chi-squared distribution.
        private static func clumpSize(_ counts: [Double], _ exposures: [Double]) -> Double {
            var squares = priorPairs
            var pairs = 0.0
            for ((one, other), (exposure, otherExposure)) in zip(counts.adjacentPairs(), exposures.adjacentPairs())
            where one + other > 0 && exposure > 0 && otherExposure > 0 {
                let distance = one * otherExposure - other * exposure
                squares += distance * distance / (exposure * otherExposure * (one + other))
                pairs += 1
            }
            let degrees = priorPairs + overlap * pairs
            return max(1, squares / (priorPairs + pairs)) * degrees / (degrees - 2)
        }

        /// The logarithm of the probability of what was before a day, of a change on it, and of none until an end.
        private func logChance(of start: Int, _ end: Int) -> Double {
            evidence[start] + (start > 0 ? log(hazard) : 0) + Double(end - start - 1) * log1p(-hazard)
        }

        /// The logarithm of the probability of the clumps of some days of one rate, but for a factor that depends on the days alone.
        private func logProbability(clumps range: Range<Int>) -> Double {
            logProbability(
                shape: priorClumps + clumps[range.upperBound] - clumps[range.lowerBound],
                rate: priorRate + exposures[range.upperBound] - exposures[range.lowerBound])
        }

        private func logProbability(shape: Double, rate: Double) -> Double {
            lgamma(shape).0 - lgamma(priorClumps).0 + priorClumps * log(priorRate) - shape * log(rate)
        }

        func constantCourses(_ next: [Double]) -> [Course] {
            let exposure = next.reduce(0, +)
            return (0..<days).map { start in
                Course(
                    logWeight: log(constant) + logChance(of: start, days) + logProbability(clumps: start..<days),
                    shape: priorClumps + clumps[days] - clumps[start],
                    rate: priorRate + exposures[days] - exposures[start], exposure: exposure)
            }
        }

        func growingCourses(_ next: [Double]) -> [Course] {
            guard days >= beginnings[0] else { return [] }
            let starts = [0] + beginnings.reversed().map { days - $0 }.filter { $0 > 0 }
            let growths = (1...CountForecast.growths.count).flatMap { number in
                [1, -1].map { $0 * Double(number) * CountForecast.growths.step }
            }
            let weights = growths.map { exp(-0.5 * pow($0 / CountForecast.growths.deviation, 2)) }
            let all = weights.reduce(0, +)
            var courses: [Course] = []
            for (growth, weight) in zip(growths, weights) {
                for (place, beginning) in starts.enumerated() {
                    var (rate, power) = (priorRate, 0.0)
                    let exposure = next.enumerated().reduce(0) { sum, item in
                        sum + item.element * exp(growth * Double(days - beginning + item.offset + 1))
                    }
                    var day = days
                    for (earlier, start) in starts[...place].enumerated().reversed() {
                        while day > start {
                            day -= 1
                            let logFactor = growth * Double(max(0, day + 1 - beginning))
                            rate += daily.exposures[day] * exp(logFactor)
                            power += daily.clumps[day] * logFactor
                        }
                        let shape = priorClumps + clumps[days] - clumps[start]
                        courses.append(
                            Course(
                                logWeight: log((1 - constant) * weight / all / Double(starts.count - earlier))
                                    + logChance(of: start, days) + power + logProbability(shape: shape, rate: rate),
                                shape: shape, rate: rate, exposure: exposure))
                    }
                }
            }
            return courses
        }
    }
}
