internal import Algorithms
import Glibc

extension CountForecast {
    /// The courses of a rate that is constant since a day, or grows or falls since one that is as early or later; what it was before is summed over.
    struct SteadyCourses {
        private let past: ClumpedDays
        private let days: Int
        /// The clumps, and the exposures, before each day and of all.
        private let clumps: [Double]
        private let exposures: [Double]
        /// For each day the logarithm of the probability of all before it.
        private var evidence: [Double]

        /// The chance that the rate changes on a day.
        private static let hazard = 1.0 / 56

        init(_ past: ClumpedDays) {
            self.past = past
            days = past.clumps.count
            clumps = Array(past.clumps.reductions(0, +))
            exposures = Array(past.exposures.reductions(0, +))
            evidence = [0]
            for end in 1..<max(1, days) {
                let ways = (0..<end).map { start in
                    logChance(of: start, end) + logProbability(of: start..<end)
                }
                let largest = ways.max() ?? 0
                evidence.append(largest + log(ways.reduce(0) { $0 + exp($1 - largest) }))
            }
        }

        /// The logarithm of the probability of what was before a day, of a change on it, and of none until an end.
        private func logChance(of start: Int, _ end: Int) -> Double {
            evidence[start] + (start > 0 ? log(Self.hazard) : 0) + Double(end - start - 1) * log1p(-Self.hazard)
        }

        /// The logarithm of the probability of the clumps of some days of one rate, but for a factor that depends on the days alone.
        private func logProbability(of range: Range<Int>) -> Double {
            logProbability(level(of: range))
        }

        private func level(of range: Range<Int>) -> RateLevel {
            RateLevel(
                shape: past.prior.shape + clumps[range.upperBound] - clumps[range.lowerBound],
                rate: past.prior.rate + exposures[range.upperBound] - exposures[range.lowerBound])
        }

        private func logProbability(_ level: RateLevel) -> Double {
            lgamma(level.shape).0 - lgamma(past.prior.shape).0 + past.prior.shape * log(past.prior.rate)
                - level.shape * log(level.rate)
        }

        /// All courses, which have a probability together.
        func all(_ next: [Double], probability: Double) -> [Course] {
            let constant = (0..<days).map { start in
                let level = level(of: start..<days)
                return Course(
                    logWeight: past.logBase + log(probability * (1 - Growth.probability)) + logChance(of: start, days)
                        + logProbability(level),
                    clump: past.clump, level: level, next: next)
            }
            return constant + growing(next, probability * Growth.probability)
        }

        private func growing(_ next: [Double], _ probability: Double) -> [Course] {
            let starts = Growth.beginnings(of: days)
            var courses: [Course] = []
            for (growth, weight) in Growth.all {
                for (place, beginning) in starts.enumerated() {
                    var (rate, power) = (past.prior.rate, 0.0)
                    let next = Growth.grown(next, growth, after: days - beginning)
                    var day = days
                    for (earlier, start) in starts[...place].enumerated().reversed() {
                        while day > start {
                            day -= 1
                            let logFactor = growth * Double(max(0, day + 1 - beginning))
                            rate += past.exposures[day] * exp(logFactor)
                            power += past.clumps[day] * logFactor
                        }
                        let level = RateLevel(shape: past.prior.shape + clumps[days] - clumps[start], rate: rate)
                        courses.append(
                            Course(
                                logWeight: past.logBase + log(probability * weight / Double(starts.count - earlier))
                                    + logChance(of: start, days) + power + logProbability(level),
                                clump: past.clump, level: level, next: next))
                    }
                }
            }
            return courses
        }
    }

    /// The courses of a rate that moves by a random factor each day, and may grow or fall since a day.
    struct DriftingCourses {
        private let past: ClumpedDays
        private let drift: Double
        private let days: Int
        /// What is known before each day, and after all, of a rate that does not grow.
        private let levels: [RateLevel]

        /// - Parameter drift: The variance of the daily move, by the square of the rate, above 0.
        init(_ past: ClumpedDays, drift: Double) {
            self.past = past
            self.drift = drift
            days = past.clumps.count
            levels = Array(
                (0..<days).reductions(past.prior) { level, day in
                    var level = level
                    level.take(past.clumps[day], exposure: past.exposures[day], drift: day > 0 ? drift : 0)
                    return level
                })
        }

        /// All courses, which have a probability together.
        func all(_ next: [Double], probability: Double) -> [Course] {
            var courses = [
                Course(
                    logWeight: past.logBase + log(probability * (1 - Growth.probability)) + levels[days].logEvidence,
                    clump: past.clump, level: levels[days], next: next, drift: drift)
            ]
            let starts = Growth.beginnings(of: days)
            for (growth, weight) in Growth.all {
                for beginning in starts {
                    var level = levels[beginning]
                    var power = 0.0
                    for day in beginning..<days {
                        let logFactor = growth * Double(day + 1 - beginning)
                        level.take(
                            past.clumps[day], exposure: past.exposures[day] * exp(logFactor), drift: day > 0 ? drift : 0
                        )
                        power += past.clumps[day] * logFactor
                    }
                    courses.append(
                        Course(
                            logWeight: past.logBase
                                + log(probability * Growth.probability * weight / Double(starts.count))
                                + level.logEvidence + power,
                            clump: past.clump, level: level,
                            next: Growth.grown(next, growth, after: days - beginning), drift: drift))
                }
            }
            return courses
        }
    }
}
