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

    private struct Report: Encodable {
        var rollouts = 0
        /// Signatures that got worse, could be told to, and were.
        var found = 0
        var missed = 0
        /// Signatures that were told to have got worse and had not.
        var falsely = 0
        /// Of signatures of which nobody can tell, those of which that was said, and others.
        var leftOpen = 0
        var notLeftOpen = 0
        /// Of signatures that stayed as they were and could be judged, those that were told so.
        var cleared = 0
        var notCleared = 0
        /// The signatures that could be judged, and those of them whose interval held the truth.
        var intervals = 0
        var covered = 0
        var precision: Double { Double(found) / Double(max(1, found + falsely)) }
        var recall: Double { Double(found) / Double(max(1, found + missed)) }

        enum CodingKeys: String, CodingKey {
            case rollouts, found, missed, falsely, leftOpen, notLeftOpen, cleared, notCleared, intervals, covered
            case precision, recall
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            for (key, count) in [
                (CodingKeys.rollouts, rollouts), (.found, found), (.missed, missed), (.falsely, falsely),
                (.leftOpen, leftOpen),
                (.notLeftOpen, notLeftOpen), (.cleared, cleared), (.notCleared, notCleared), (.intervals, intervals),
                (.covered, covered),
            ] { try values.encode(count, forKey: key) }
            try values.encode(precision, forKey: .precision)
            try values.encode(recall, forKey: .recall)
        }

        mutating func add(_ other: Report) {
            rollouts += other.rollouts
            found += other.found
            missed += other.missed
            falsely += other.falsely
            leftOpen += other.leftOpen
            notLeftOpen += other.notLeftOpen
            cleared += other.cleared
            notCleared += other.notCleared
            intervals += other.intervals
            covered += other.covered
        }
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

    private var simulated: Report {
        let parts = concurrently(seeds, by: 1) { range in
            range.reduce(into: Report()) { sum, number in
                let scenario = VersionScenario(seed: seed &+ UInt64(number), hasSmallControl: smallControl)
                sum.add(report(scenario.table, scenario.truths))
            }
        }
        return parts.reduce(into: Report()) { $0.add($1) }
    }

    private func show(_ report: Report) throws {
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

    private func report(_ table: CountTable, _ truths: [VersionTruth]) -> Report {
        let comparisons = Dictionary(
            VersionComparison.all(table, hoursAfter: VersionScenario.hoursAfter).map {
                ("\($0.version) \($0.signature)", $0)
            }, uniquingKeysWith: { first, _ in first })
        var report = Report()
        report.rollouts = Set(truths.map(\.version)).count
        for truth in truths {
            let comparison = comparisons["\(truth.version) \(truth.signature)"]
            let verdict = comparison?.verdict ?? .cannotTell
            if let comparison, truth.expected >= 3 {
                report.intervals += 1
                if comparison.interval.contains(truth.factor) { report.covered += 1 }
            }
            switch (truth.factor > 1, truth.expected >= 3) {
            case (true, true): if verdict == .regressed { report.found += 1 } else { report.missed += 1 }
            case (true, false):
                // It did get worse; to have seen it so early is no mistake.
                if verdict != .notRegressed { report.leftOpen += 1 } else { report.notLeftOpen += 1 }
            case (false, true):
                if verdict == .regressed { report.falsely += 1 }
                if verdict == .notRegressed { report.cleared += 1 } else { report.notCleared += 1 }
            case (false, false):
                if verdict == .regressed { report.falsely += 1 }
                if verdict == .cannotTell { report.leftOpen += 1 } else { report.notLeftOpen += 1 }
            }
        }
        return report
    }
}
