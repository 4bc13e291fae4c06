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
        abstract: "Measure verdicts on versions a day after they were rolled out.",
        discussion: """
            With --dataset, a folder with log.counts, as casebook regressions --keep writes it, and truth.csv: version, signature (its id), factor (1 where \
            it did not change) and expected (the lines of the day after, if nothing had changed). Without it, counts are simulated. \
            Regressions are counted where at least three lines were to be expected without them; below that nobody can tell, and to say so is right.
            """)

    @Option(help: ArgumentHelp("The folder of the counts and of what is known of them.", valueName: "dir"))
    var dataset: String?

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
        try program.run {
            if let dataset {
                try show(
                    report(
                        CountTable(file: RecordFile(reading: dataset + "/log.counts")),
                        VersionTruth.read(RecordFile(reading: dataset + "/truth.csv"))))
            } else {
                try show(simulated)
            }
        }
    }

    private var simulated: VersionVerdictAccuracy {
        let parts = concurrently(seeds, by: 1) { range in
            range.reduce(into: VersionVerdictAccuracy()) { sum, number in
                let scenario = VersionScenario(seed: seed &+ UInt64(number), hasSmallControl: smallControl)
                sum.add(report(scenario.table, scenario.truths))
            }
        }
        return parts.reduce(into: VersionVerdictAccuracy()) { $0.add($1) }
    }

    private func show(_ report: VersionVerdictAccuracy) throws {
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

    private func report(_ table: CountTable, _ truths: [VersionTruth]) -> VersionVerdictAccuracy {
        let comparisons = Dictionary(
            VersionComparison.all(table, hoursAfter: VersionScenario.hoursAfter).map {
                ("\($0.version) \($0.signature)", $0)
            }, uniquingKeysWith: { first, _ in first })
        var report = VersionVerdictAccuracy()
        report.rollouts = Set(truths.map(\.version)).count
        for truth in truths {
            let comparison = comparisons["\(truth.version) \(truth.signature)"]
            report.add(
                comparison?.verdict, interval: comparison?.interval, factor: truth.factor, expected: truth.expected)
        }
        return report
    }
}
