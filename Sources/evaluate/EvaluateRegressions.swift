import ArgumentParser
import Commands
import Features
import Incidents
import Records
import Simulation

/// Measures which signatures are told to have got worse with a version.
struct EvaluateRegressions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "regressions",
        abstract: "Measure verdicts on versions a day after they were rolled out, on simulated counts.",
        discussion: """
            Regressions are counted where at least three lines were to be expected without them; below that nobody can tell, and to say so is right.
            """)

    @Option(help: "The first seed.")
    var seed: UInt64 = 1

    @Option(help: "How many seeds.")
    var seeds = 20

    @Flag(help: "Upgrade nearly everything, and let nothing change: what is told to have got worse is a mistake.")
    var smallControl = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (1...10_000).contains(seeds) else { throw ValidationError("--seeds lies between 1 and 10000") }
    }

    func run() throws {
        let parts = concurrently(seeds, by: 1) { range in
            range.reduce(into: VersionVerdictAccuracy()) { $0.add(self.report(seed &+ UInt64($1))) }
        }
        let report = parts.reduce(into: VersionVerdictAccuracy()) { $0.add($1) }
        if json {
            print(try report.jsonLine)
        } else {
            func rounded(_ value: Double) -> Double { value.rounded(places: 3) }
            print(
                "\(report.rollouts) roll-outs: precision \(rounded(report.precision)), recall \(rounded(report.recall))"
            )
            print("regressions found \(report.found), missed \(report.missed), told falsely \(report.falsely)")
            print("not regressed: told so \(report.cleared), left open \(report.notCleared)")
            print(
                "intervals of 90 % hold the truth: \(rounded(Double(report.covered) / Double(max(1, report.intervals))))"
            )
            print("nobody can tell: said so \(report.leftOpen), not \(report.notLeftOpen)")
        }
    }

    private func report(_ seed: UInt64) -> VersionVerdictAccuracy {
        let scenario = VersionScenario(seed: seed, hasSmallControl: smallControl)
        let comparisons = Dictionary(
            VersionComparison.all(scenario.table, hoursAfter: VersionScenario.hoursAfter).map {
                ("\($0.version) \($0.signature)", $0)
            }, uniquingKeysWith: { first, _ in first })
        var report = VersionVerdictAccuracy()
        report.rollouts = Set(scenario.truths.map(\.version)).count
        for truth in scenario.truths {
            let comparison = comparisons["\(truth.version) \(truth.signature)"]
            report.add(
                comparison?.verdict, interval: comparison?.interval, factor: truth.factor, expected: truth.expected)
        }
        return report
    }
}
