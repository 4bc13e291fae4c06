internal import Algorithms
import Glibc

extension CountForecast {
    /// Days past, of which events are counted by clumps.
    ///
    /// The size of clumps is a mean square successive difference, which no step or growth of the rate inflates, without what the rate's daily moves add.
    ///
    /// Source: J. von Neumann et al., Ann. Math. Statist. 12 (1941).
    struct ClumpedDays {
        /// The events of a clump.
        let clump: Double
        /// The clumps of each day.
        let clumps: [Double]
        let exposures: [Double]
        /// What is known of the rate before the first day: about that of all days.
        let prior: RateLevel
        /// The logarithm of the factor of the probability of the counts that ``RateLevel/logEvidence`` leaves out.
        ///
        /// It differs with the size of clumps (the extended quasi-likelihood, J. A. Nelder, D. Pregibon, Biometrika 74 (1987), doi:10.1093/biomet/74.2.221).
        let logBase: Double

        /// Pairs of days on which events came one by one that are there before any was seen.
        private static let priorPairs = 4.0
        /// Of pairs that overlap each tells as much as so many that do not.
        private static let overlap = 2.0 / 3
        /// Clumps that are there before any was seen (Jeffreys).
        private static let priorClumps = 0.5

        /// - Parameters:
        ///   - counts: The events of each day.
        ///   - exposures: What each day is counted of.
        ///   - drift: The variance of the daily move of the rate, by its square.
        init(_ counts: [Double], _ exposures: [Double], drift: Double) {
            let size = Self.clumpSize(counts, exposures, drift)
            clump = size
            clumps = counts.map { $0 / size }
            self.exposures = exposures
            let all = max(counts.reduce(0, +), Self.priorClumps) / size
            prior = RateLevel(
                shape: Self.priorClumps, rate: Self.priorClumps * max(1e-9, exposures.reduce(0, +)) / all)
            logBase = zip(clumps, exposures).reduce(0) { sum, day in
                guard day.0 > 0, day.1 > 0 else { return sum }
                return sum + day.0 * (log(day.1) + 1 - log(day.0)) - 0.5 * log(size)
            }
        }

        /// How many events come at once, as their variance by their mean, with what the estimate may err by: the mean of a scaled inverse
        /// chi-squared distribution.
        private static func clumpSize(_ counts: [Double], _ exposures: [Double], _ drift: Double) -> Double {
            var squares = priorPairs
            var pairs = 0.0
            for ((one, other), (exposure, otherExposure)) in zip(counts.adjacentPairs(), exposures.adjacentPairs())
            where one + other > 0 && exposure > 0 && otherExposure > 0 {
                let distance = one * otherExposure - other * exposure
                let product = exposure * otherExposure
                let moved = drift * (one + other) * product / ((exposure + otherExposure) * (exposure + otherExposure))
                squares += distance * distance / (product * (one + other)) - moved
                pairs += 1
            }
            let degrees = priorPairs + overlap * pairs
            return max(1, squares / (priorPairs + pairs)) * degrees / (degrees - 2)
        }
    }

    /// What is known of a rate, a gamma distribution, and the logarithm of the probability of what taught it, but for a factor that depends on the days alone.
    struct RateLevel {
        private(set) var shape: Double
        private(set) var rate: Double
        private(set) var logEvidence = 0.0

        init(shape: Double, rate: Double) {
            self.shape = shape
            self.rate = rate
        }

        /// Takes a day, before which the rate has moved by a factor of mean 1 with a variance; the gamma distribution keeps the mean and the variance.
        mutating func take(_ count: Double, exposure: Double, drift: Double) {
            let kept = 1 / (1 + drift * shape)
            shape *= kept
            rate *= kept
            logEvidence += shape * log(rate) - (shape + count) * log(rate + exposure)
            if count > 0 { logEvidence += lgamma(shape + count).0 - lgamma(shape).0 }
            shape += count
            rate += exposure
        }
    }
}
