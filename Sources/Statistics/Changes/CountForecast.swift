internal import Algorithms
import Glibc

/// How many events days to come will bring, when the rate of those past may have changed, may be growing or falling, and may move from day to day.
///
/// Events come in clumps, and the clumps of a day are Poisson. Their rate is constant since a day, or constant since a day and multiplied each day by the same
/// factor since one that is as early or later; or it is a local level, which moves by a random factor each day, on top of such a growth or of none. Each of
/// these courses has a probability given all counts; what is to come is the mixture of what they predict, each a negative binomial, as rates have gamma priors.
///
/// Source: P. Fearnhead, "Exact and efficient Bayesian inference for multiple changepoint problems", Stat. Comput. 16 (2006),
/// doi:10.1007/s11222-006-8450-8, for the sums over changes; M. West, J. Harrison, H. S. Migon, "Dynamic generalized linear models and Bayesian forecasting",
/// J. Am. Statist. Assoc. 80 (1985), doi:10.1080/01621459.1985.10477131, for the local level of counts.
public struct CountForecast: Sendable {
    /// The events that half of the courses, by their probability, expect at most; a few that grow beyond all measure do not move it.
    public let expected: Double

    private let courses: [(probability: Double, clump: Double, clumps: NegativeBinomial)]

    /// Days before these tell nothing of those to come.
    private static let most = 56
    /// The standard deviations that the daily move of a rate may have, by the rate; each is as likely as the others before anything is known.
    private static let deviations = [0.015, 0.03, 0.06, 0.12, 0.24]
    /// Before anything is known a rate is as likely to move from day to day as not.
    private static let still = 0.5
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
        let counts = Array(counts.suffix(Self.most))
        let exposures = Array(exposures.suffix(Self.most))
        guard exposures.reduce(0, +) > 0, next.reduce(0, +) > 0 else { return nil }
        let steady = SteadyCourses(ClumpedDays(counts, exposures, drift: 0)).all(next, probability: Self.still)
        let drifting = Self.deviations.flatMap { deviation in
            let drift = deviation * deviation
            return DriftingCourses(ClumpedDays(counts, exposures, drift: drift), drift: drift)
                .all(next, probability: (1 - Self.still) / Double(Self.deviations.count))
        }
        var courses = steady + drifting
        let largest = courses.map(\.logWeight).max() ?? 0
        courses.removeAll { $0.logWeight < largest + log(Self.negligible) }
        let sum = courses.reduce(0) { $0 + exp($1.logWeight - largest) }
        let found = courses.compactMap { course in
            (try? NegativeBinomial(mean: course.mean, size: course.shape)).map {
                (probability: exp(course.logWeight - largest) / sum, clump: course.clump, clumps: $0)
            }
        }.sorted { $0.clump * $0.clumps.mean < $1.clump * $1.clumps.mean }
        var below = 0.0
        let middle = found.first { course in
            below += course.probability
            return below >= 0.5
        }
        guard let middle = middle ?? found.last else { return nil }
        expected = middle.clump * middle.clumps.mean
        self.courses = found
    }

    /// The least number of events that is not exceeded with a probability.
    ///
    /// - Parameter probability: Above 0 and below 1.
    public func quantile(_ probability: Double) -> Double {
        func isReached(_ count: Int) -> Bool {
            courses.reduce(0) { sum, course in
                sum + course.probability * course.clumps.cumulative(Int(Double(count) / course.clump))
            } >= probability
        }
        var high = 1
        while high < 1 << 40, !isReached(high) { high *= 2 }
        return Double((high / 2..<high).partitioningIndex { isReached($0) })
    }

    /// A course that the rate of clumps may have taken, with the negative binomial of those to come.
    struct Course {
        let logWeight: Double
        /// The events of a clump.
        let clump: Double
        let mean: Double
        let shape: Double

        /// - Parameters:
        ///   - logWeight: The logarithm of the probability of the course and of all counts, but for a factor that all courses have.
        ///   - clump: The events of a clump.
        ///   - level: What is known of the rate after the last day.
        ///   - next: The exposures of the days to come, growth included.
        ///   - drift: The variance of the daily move of the rate, by its square.
        init(logWeight: Double, clump: Double, level: RateLevel, next: [Double], drift: Double = 0) {
            self.logWeight = logWeight
            self.clump = clump
            let exposure = next.reduce(0, +)
            mean = level.shape / level.rate * exposure
            // A move stands in its day and all days after it.
            var (moved, rest) = (0.0, exposure)
            for part in next {
                moved += rest * rest
                rest -= part
            }
            shape = 1 / (1 / level.shape + drift * moved / (exposure * exposure))
        }
    }

    /// The daily factors by which a rate may grow or fall, and since when.
    enum Growth {
        /// Before anything is known a course is as likely to grow or fall as not.
        static let probability = 0.5
        /// The logarithms of the factors, with their probabilities: those of a normal distribution of which a standard deviation is a doubling in a week.
        static let all: [(growth: Double, probability: Double)] = {
            let growths = (1...10).flatMap { [0.025 * Double($0), -0.025 * Double($0)] }
            let weights = growths.map { exp(-0.5 * pow($0 / 0.1, 2)) }
            let sum = weights.reduce(0, +)
            return zip(growths, weights).map { ($0, $1 / sum) }
        }()
        /// Days before the end on which a growth may have begun, besides the first of all: none goes on for much longer than it has lasted.
        private static let beginnings = [42, 28, 21, 14, 10, 7]

        /// The days on which a growth may have begun, rising; none of fewer than seven days.
        static func beginnings(of days: Int) -> [Int] {
            days < 7 ? [] : [0] + beginnings.map { days - $0 }.filter { $0 > 0 }
        }

        /// The exposures of the days to come by the rate that was before the growth.
        static func grown(_ next: [Double], _ growth: Double, after days: Int) -> [Double] {
            next.enumerated().map { $1 * exp(growth * Double(days + $0 + 1)) }
        }
    }
}
