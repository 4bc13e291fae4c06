import ArgumentParser
import Commands
import Features
import Logs
import Records
import Simulation
import Statistics

/// Measures how well outbreaks in series of counts are told, beside other methods and beside one that knows the truth.
struct EvaluateEarlyWarning: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "early-warning",
        abstract: "Measure how well outbreaks in weekly counts are told.",
        discussion: """
            With --dataset, a folder with series.csv or series.csv.gz (scenario, rep, t, y, outbreakCurrent and, where they are known, mu and start). \
            Without it, series of 28 scenarios are drawn. Weeks from --watched on are watched. Each rival is measured at its usual setting, \
            and the weekly detector beside it at the same share of false warnings. That detector is not what `casebook warnings` tells hours by; \
            --ramps measures this.
            """)

    @Option(help: ArgumentHelp("The folder of the series.", valueName: "dir"))
    var dataset: String?

    @Option(help: "The first seed of the series that are drawn.")
    var seed: UInt64 = 1

    @Option(help: "How many series are drawn of each scenario.")
    var repetitions = 6

    @Option(help: "The first week that is watched, from 1.")
    var watched = OutbreakScenario.watched + 1

    @Option(help: "The logarithm of the Bayes factor from which on the weekly detector warns.")
    var threshold = OutbreakDetector.usualThreshold

    @Option(
        name: .customLong("at"),
        help: "More shares of false warnings at which the weekly detector is measured, separated by commas.")
    var rates = ".005,.01,.02,.05"

    @Option(
        help: ArgumentHelp(
            "Also draw so many slow ramps, quiet series and single heavy users of each kind, for `casebook warnings`.",
            valueName: "runs"))
    var ramps = 0

    @Flag(help: "Leave the rivals out.")
    var alone = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (0...10_000).contains(ramps) else { throw ValidationError("--ramps lies between 0 and 10000") }
        guard (1...1_000).contains(repetitions) else { throw ValidationError("--repetitions lies between 1 and 1000") }
        guard watched > 60 else { throw ValidationError("--watched is above 60, so that there is a past") }
        guard shares.allSatisfy({ $0 > 0 && $0 < 1 }), !shares.isEmpty else {
            throw ValidationError("--at holds numbers between 0 and 1")
        }
    }

    private var shares: [Double] { rates.split(separator: ",").map { Double($0) ?? 0 } }

    func run() throws {
        try program.run {
            let series = try dataset.map(read) ?? drawn
            let scores = ScoredSeries(series, from: watched - 1)
            let own = WarningAccuracy(scores.own, above: threshold)
            let rivals = alone ? [] : scores.rivals()
            let curve = shares.map {
                WarningAccuracy(scores.own, above: WarningAccuracy.threshold(scores.own, rate: $0))
            }
            let beside = rivals.map { rival in
                WarningAccuracy(
                    scores.own, above: WarningAccuracy.threshold(scores.own, rate: rival.accuracy.falsePositiveRate))
            }
            let bounds = scores.oracle.map { oracle in
                shares.map { WarningAccuracy(oracle, above: WarningAccuracy.threshold(oracle, rate: $0)) }
            }
            let report = Report(
                falsePositiveRate: own.falsePositiveRate, probabilityOfDetection: own.probabilityOfDetection,
                timeliness: own.timeliness, series: series.count, threshold: threshold,
                rivals: rivals.map { Report.Rival(name: $0.name, $0.accuracy) },
                beside: beside.map { Report.Point($0) },
                curve: curve.map { Report.Point($0) }, oracle: bounds.map { $0.map { Report.Point($0) } },
                ramps: ramps > 0 ? RampRuns.rows(runs: ramps, seed: seed) : [])
            if json {
                print(try report.jsonLine)
            } else {
                print(report.text, terminator: "")
            }
        }
    }

    private func read(_ folder: String) throws(RecordError) -> [LabelledSeries] {
        let path = folder + "/series.csv"
        let file: RecordFile
        do throws(RecordError) {
            file = try RecordFile(reading: path)
        } catch {
            guard case .missingFile = error else { throw error }
            let packed = try RecordFile(reading: path + ".gz")
            file = RecordFile(path: path, bytes: LogStream.unpacked(packed.bytes, count: 1 << 30))
        }
        return try LabelledSeries.read(file).filter { !$0.outbreak.isEmpty && $0.outbreak.lowerBound >= watched - 1 }
    }

    private var drawn: [LabelledSeries] {
        var generator = SplitMix64(seed: seed)
        return OutbreakScenario.all.enumerated().flatMap { number, scenario in
            (0..<repetitions).map { repetition in
                let series = scenario.series(using: &generator)
                return LabelledSeries(
                    name: "\(number + 1)/\(repetition + 1)", scenario: number + 1, counts: series.counts,
                    means: series.means,
                    outbreak: series.outbreak)
            }
        }
    }
}

/// What was measured.
private struct Report: Encodable {
    struct Point: Encodable {
        let falsePositiveRate: Double
        let probabilityOfDetection: Double
        let timeliness: Double

        init(_ accuracy: WarningAccuracy) {
            falsePositiveRate = accuracy.falsePositiveRate
            probabilityOfDetection = accuracy.probabilityOfDetection
            timeliness = accuracy.timeliness
        }

        var text: String {
            [falsePositiveRate, probabilityOfDetection, timeliness].map { Report.column($0) }.joined()
        }
    }

    struct Rival: Encodable {
        let name: String
        let point: Point

        init(name: String, _ accuracy: WarningAccuracy) {
            self.name = name
            point = Point(accuracy)
        }
    }

    let falsePositiveRate: Double
    let probabilityOfDetection: Double
    let timeliness: Double
    let series: Int
    let threshold: Double
    let rivals: [Rival]
    /// The weekly detector at the rate of each rival.
    let beside: [Point]
    let curve: [Point]
    /// The curve of one that knows means and variances; nil where they are not known.
    let oracle: [Point]?
    let ramps: [RampRuns.Row]

    static func column(_ value: Double) -> String {
        "\(value.rounded(places: 4))".rightAligned(in: 9)
    }

    var text: String {
        let own = [falsePositiveRate, probabilityOfDetection, timeliness].map { Self.column($0) }.joined()
        var lines = [
            "\(series) series", "                            rate    found timeliness",
            "weekly, above \(threshold)".leftAligned(in: 24) + own,
        ]
        for (rival, here) in zip(rivals, beside) {
            lines.append(rival.name.leftAligned(in: 24) + rival.point.text)
            lines.append("  weekly at that rate".leftAligned(in: 24) + here.text)
        }
        for (place, point) in curve.enumerated() {
            lines.append("weekly".leftAligned(in: 24) + point.text)
            if let oracle { lines.append("  the truth known".leftAligned(in: 24) + oracle[place].text) }
        }
        if !ramps.isEmpty {
            lines.append(
                "                         found before tenfold  growth then    warnings a run   (by a weekly ceiling)")
        }
        for row in ramps {
            let cells = [row.found, row.growth, row.falseWarnings, row.ceilingFound, row.ceilingFalseWarnings].map {
                $0.map { Self.column($0) } ?? "        -"
            }
            lines.append(row.name.leftAligned(in: 24) + cells.joined(separator: "      "))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
