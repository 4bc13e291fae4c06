import Features
import Incidents
import Records
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

    /// The signatures of the desk, of which one is looked at and the others never come.
    private static let signatures = (0..<10_000).map { CountTable.Name(id: "\($0)", template: "") }
    /// The accounts among which lines are dealt out, besides the one that has the most.
    private static let accounts: Int32 = 10
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
                        own: RampDetection(warningsOf: table(series), growth: series.growth),
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

    /// What a desk counts of a series, with as many ordinary lines in each hour.
    private static func table(_ series: RampScenario.Series) -> CountTable {
        var cells: [CountTable.Cell] = []
        for hour in series.counts.indices {
            func add(_ signature: Int32, _ scope: Int32, _ count: Int) {
                guard count > 0 else { return }
                cells.append(
                    CountTable.Cell(signature: signature, hour: Int32(hour), scope: scope, count: UInt32(count)))
            }
            add(-1, 0, 100)
            add(0, 0, Int(series.ofOneAccount[hour]))
            let others = Int(series.counts[hour] - series.ofOneAccount[hour])
            let (each, rest) = others.quotientAndRemainder(dividingBy: Int(accounts))
            for account in 1...accounts { add(0, account, each + (account <= rest ? 1 : 0)) }
        }
        let scopes = (0...accounts).map { CountTable.Scope(account: $0) }
        return CountTable(
            signatures: signatures, accounts: scopes.map { "\($0.account)" }, deployments: [], versions: [],
            environments: [], scopes: scopes, cells: cells) ?? CountTable()
    }
}
