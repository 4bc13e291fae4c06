import Features
import Simulation
import Statistics

/// How early slow ramps are told, and what is told where there are none.
struct RampRuns {
    /// One kind of runs.
    struct Row: Encodable {
        let name: String
        let runs: Int
        /// The share of ramps that are told before the rate has grown tenfold.
        let found: Double?
        /// The median growth of the rate when a ramp is told; nil when most are not.
        let growth: Double?
        /// The warnings where nothing grows, by run.
        let falseWarnings: Double?
        /// The same three by the ceiling of the last week.
        let ceilingFound: Double?
        let ceilingFalseWarnings: Double?
    }

    /// The p-value below which one of ten thousand signatures is told, with a false discovery in twenty days.
    private static let level = 5e-6
    /// Counts an hour before anything happens.
    private static let base = 6.0

    static func rows(runs: Int, seed: UInt64) -> [Row] {
        let kinds: [(String, RampScenario.Kind)] =
            [0.05, 0.08, 0.12, 0.18].map { ("+\(Int($0 * 100)) % a day", .ramp(perDay: $0)) }
            + [("quiet", .quiet), ("weekly rhythm", .weekly), ("one heavy user", .heavyUser)]
        let excess = RateExcess(exposures: [Double](repeating: 1, count: 24 * RampScenario.days))
        return kinds.enumerated().map { number, item in
            let (name, kind) = item
            let told = concurrently(runs, by: 4) { range in
                range.map { run -> Told in
                    var generator = SplitMix64(seed: seed &+ UInt64(number) << 32 &+ UInt64(run))
                    return Told(RampScenario(kind, base: base).series(using: &generator), excess, level)
                }
            }.flatMap { $0 }
            guard case .ramp = kind else {
                func each(_ count: Int) -> Double { Double(count) / Double(runs) }
                return Row(
                    name: name, runs: runs, found: nil, growth: nil,
                    falseWarnings: each(told.reduce(0) { $0 + $1.warnings }),
                    ceilingFound: nil, ceilingFalseWarnings: each(told.reduce(0) { $0 + $1.ceilingWarnings }))
            }
            let growths = told.map { $0.growth ?? .infinity }.sorted()
            let median = growths[growths.count / 2]
            return Row(
                name: name, runs: runs, found: Double(growths.count { $0 < 10 }) / Double(runs),
                growth: median.isFinite ? median : nil, falseWarnings: nil,
                ceilingFound: Double(told.count { $0.ceilingGrowth ?? .infinity < 10 }) / Double(runs),
                ceilingFalseWarnings: nil)
        }
    }

    /// What is told of one run.
    private struct Told {
        /// The growth at the first warning after it began.
        var growth: Double?
        /// The times that a warning begins.
        var warnings = 0
        var ceilingGrowth: Double?
        var ceilingWarnings = 0

        init(_ series: RampScenario.Series, _ excess: RateExcess, _ level: Double) {
            let sums = RateExcess.sums(series.counts)
            let others = RateExcess.sums(zip(series.counts, series.ofOneAccount).map { $0 - $1 })
            var isOpen = false
            var isAbove = false
            var ceiling = 0.0
            for hour in 14 * 24..<series.counts.count {
                if hour % (7 * 24) == 0 {
                    let week = hour - 168..<hour
                    ceiling = EscalationCeiling.ceiling(
                        Array(series.counts[week]), onWeekday: week.map { $0 / 24 % 7 == hour / 24 % 7 })
                }
                // What one account does alone is its own affair.
                let isTold =
                    excess.evidence(at: hour, sums: sums).map { $0.pValue < level } == true
                    && excess.evidence(at: hour, sums: others).map { $0.pValue < RateExcess.weaker(level) } == true
                if isTold, !isOpen { warnings += 1 }
                isOpen = isTold
                let hasReached = ceiling > 0 && series.counts[hour] > ceiling
                if hasReached, !isAbove { ceilingWarnings += 1 }
                isAbove = hasReached
                guard series.growth[hour] > 1 else { continue }
                if isTold, growth == nil { growth = series.growth[hour] }
                if hasReached, ceilingGrowth == nil { ceilingGrowth = series.growth[hour] }
            }
        }
    }
}
