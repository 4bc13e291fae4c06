import ArgumentParser
import Commands
import Glibc
import LinearAlgebra
import Models
import Records

/// Measures the model of anomalies on labelled sessions.
struct EvaluateAnomaly: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anomaly",
        abstract: "Measure anomalies on labelled sessions; the threshold comes from the training alone.",
        discussion: """
            Learns from the training sessions of a data set of kind sessions without their labels and scores its test. \
            Where the descriptor names a contamination, so many anomalous sessions, drawn from the test by the seed, are \
            mixed into the training and not tested: that is the first figure, and training without them the second. \
            Without --dataset, all such data sets below datasets/ are measured, and their mean is given.
            """)

    @Option(help: ArgumentHelp("The folder of the data set, or its dataset.json.", valueName: "path"))
    var dataset: String?

    @Option(
        help: ArgumentHelp(
            "Flag this share of sessions like those of the training; by default those that score 1 or more are flagged.",
            valueName: "share"))
    var alarmRate: Double?

    @Option(help: "The seed of random choices.")
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON object.")
    var json = false

    /// The figures of one data set.
    private struct Figures {
        var name: String
        var unlabelled: AnomalyEvaluation
        /// The same with nothing mixed into the training, where something was.
        var notMixed: AnomalyEvaluation?
    }

    /// What is printed as JSON: the measures of the first figure, or their mean, and what they are made of.
    private struct Output: Encodable {
        struct Set: Encodable {
            var name: String
            var unlabelled: AnomalyEvaluation
            var notMixed: AnomalyEvaluation?
        }

        var precision: Double
        var recall: Double
        var f1: Double
        var prevalence: Double
        var flagEverythingF1: Double
        var falseAlarmRate: Double
        var promisedRate: Double
        var threshold: Double?
        var auroc: Double
        var averagePrecision: Double
        var n: Int
        var sets: [Set]
    }

    func validate() throws {
        if let alarmRate, !(alarmRate > 0 && alarmRate < 1) {
            throw ValidationError("--alarm-rate: a share between 0 and 1 is needed")
        }
    }

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run(on: dataset ?? "datasets") {
            let figures = try paths().map { try self.figures(at: $0) }
            guard !figures.isEmpty else {
                throw program.failure("no data set of kind \(SessionDescriptor.kind) below datasets/", EX_NOINPUT)
            }
            if json { try printJSON(figures) } else { printText(figures) }
        }
    }

    private func paths() throws -> [String] {
        if let dataset { return [dataset] }
        return try DatasetFolders.folders(in: "datasets").map { "datasets/\($0)/dataset.json" }.filter { path in
            guard RecordFile.exists(at: path) else { return false }
            return try SessionDescriptor(json: RecordFile(reading: path)) != nil
        }
    }

    private func figures(at path: String) throws -> Figures {
        let data = try SessionDataset(at: path, environment: DatasetFolders.processEnvironment)
        let share = data.descriptor.contamination ?? 0
        return Figures(
            name: data.descriptor.name,
            unlabelled: try AnomalyEvaluation(of: data, contamination: share, alarmRate: alarmRate, seed: seed),
            notMixed: share > 0 ? try AnomalyEvaluation(of: data, alarmRate: alarmRate, seed: seed) : nil)
    }

    private func printJSON(_ figures: [Figures]) throws {
        func mean(_ value: (AnomalyEvaluation) -> Double) -> Double {
            figures.reduce(0) { $0 + value($1.unlabelled) } / Double(figures.count)
        }
        let output = Output(
            precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1), prevalence: mean(\.prevalence),
            flagEverythingF1: mean(\.flagEverythingF1), falseAlarmRate: mean(\.falseAlarmRate),
            promisedRate: mean(\.promisedRate), threshold: figures.count == 1 ? figures[0].unlabelled.threshold : nil,
            auroc: mean(\.auroc), averagePrecision: mean(\.averagePrecision),
            n: figures.reduce(0) { $0 + $1.unlabelled.n },
            sets: figures.map { Output.Set(name: $0.name, unlabelled: $0.unlabelled, notMixed: $0.notMixed) })
        print(try output.jsonLine)
    }

    private func printText(_ figures: [Figures]) {
        print(
            "                                          prevalence  precision  recall    F1  all F1  false alarms  AUROC"
        )
        for figure in figures {
            let first = figure.unlabelled.mixedIn > 0 ? ", \(figure.unlabelled.mixedIn) mixed in" : ""
            print(row(figure.name + first, figure.unlabelled))
            if let notMixed = figure.notMixed { print(row(figure.name + ", none mixed in", notMixed)) }
        }
        if figures.count > 1 {
            let f1 = figures.reduce(0) { $0 + $1.unlabelled.f1 } / Double(figures.count)
            print("mean of the first of each".leftAligned(in: 42) + share(f1, 37, 3))
        }
    }

    private func row(_ name: String, _ measures: AnomalyEvaluation) -> String {
        name.leftAligned(in: 42) + share(measures.prevalence, 10, 3) + share(measures.precision, 11, 3)
            + share(measures.recall, 8, 3) + share(measures.f1, 8, 3) + share(measures.flagEverythingF1, 8, 3)
            + share(measures.falseAlarmRate, 14, 4) + share(measures.auroc, 7, 3)
    }

    private func share(_ value: Double, _ width: Int, _ digits: Int) -> String {
        guard value.isFinite else { return "-".rightAligned(in: width) }
        let scale = digits == 3 ? 1_000.0 : 10_000.0
        let text = String(Int((value * scale).rounded()))
        let full = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        return "\(full.dropLast(digits)).\(full.suffix(digits))".rightAligned(in: width)
    }
}
