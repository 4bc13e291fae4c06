import Features
import Incidents
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

    /// Counts an hour before anything happens.
    private static let base = 6.0
    /// The first hour in which the ceiling is held against counts.
    private static let watched = 14 * 24

    static func rows(runs: Int, seed: UInt64) -> [Row] {
        let kinds: [(String, RampScenario.Kind)] =
            [0.05, 0.08, 0.12, 0.18].map { ("+\(Int($0 * 100)) % a day", .ramp(perDay: $0)) }
            + [("quiet", .quiet), ("weekly rhythm", .weekly), ("one heavy user", .heavyUser)]
        return kinds.enumerated().map { number, item in
            let (name, kind) = item
            let told = concurrently(runs, by: 4) { range in
                range.map { run in
                    var generator = SplitMix64(seed: seed &+ UInt64(number) << 32 &+ UInt64(run))
                    let series = RampScenario(kind, base: base).series(using: &generator)
                    return (
                        own: RampDetection(warningsOf: series.table, growth: series.growth),
                        ceiling: RampDetection(
                            ceilingOf: series.counts, growth: series.growth, from: watched)
                    )
                }
            }.flatMap { $0 }
            guard case .ramp = kind else {
                func each(_ count: Int) -> Double { Double(count) / Double(runs) }
                return Row(
                    name: name, runs: runs, found: nil, growth: nil,
                    falseWarnings: each(told.reduce(0) { $0 + $1.own.warnings }),
                    ceilingFound: nil, ceilingFalseWarnings: each(told.reduce(0) { $0 + $1.ceiling.warnings }))
            }
            let growths = told.map { $0.own.growth ?? .infinity }.sorted()
            let median = growths[growths.count / 2]
            return Row(
                name: name, runs: runs, found: Double(growths.count { $0 < 10 }) / Double(runs),
                growth: median.isFinite ? median : nil, falseWarnings: nil,
                ceilingFound: Double(told.count { $0.ceiling.growth ?? .infinity < 10 }) / Double(runs),
                ceilingFalseWarnings: nil)
        }
    }
}
