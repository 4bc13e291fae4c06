import ArgumentParser
import Commands
import LinearAlgebra
import Logs
import Models
import Records

/// Fits the model of anomalies.
struct TrainAnomaly: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anomaly", abstract: "Learn from unlabelled sessions of log lines what is ordinary.",
        discussion: """
            Sessions come from a data set of kind sessions, from a file, or from a log that is cut into windows of records. A \
            file ends in .csv (a column of signatures separated by blanks), in .ndjson ({"id": "s1", "signatures": \
            ["a", "b"]} a line), or has one session a line, its signatures separated by blanks. A log may have \
            any format that `casebook formats` knows, gzip or not; people's data are kept out of the templates in the model. \
            No labels are needed, and a few anomalous sessions do no harm. The new version becomes the current one.
            """)

    @Option(help: ArgumentHelp("The folder of a data set, or its dataset.json.", valueName: "path"))
    var dataset: String?

    @Option(help: ArgumentHelp("A file of sessions.", valueName: "file"))
    var sessions: String?

    @Option(help: ArgumentHelp("The column of signatures of a CSV file of sessions.", valueName: "name"))
    var column = "signatures"

    @Option(help: ArgumentHelp("A log.", valueName: "file"))
    var log: String?

    @Option(help: ArgumentHelp("The records of a window of the log; 50 by default.", valueName: "records"))
    var window: Int?

    @Option(help: ArgumentHelp("Cut the log into windows of so many minutes instead.", valueName: "minutes"))
    var minutes: Int?

    @OptionGroup
    var redaction: RedactionOptions

    @Option(
        help: ArgumentHelp(
            "Flag this share of sessions like those of the training; by default those that score 1 or more are flagged.",
            valueName: "share"))
    var alarmRate: Double?

    @Option(help: ArgumentHelp("The folder of the models.", valueName: "dir"))
    var models = "models"

    @Option(help: "The seed of random choices.")
    var seed: UInt64 = 1

    /// A year.
    private static let longestWindow = 525_600

    func validate() throws {
        guard [dataset, sessions, log].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("give one of --dataset, --sessions and --log")
        }
        if window != nil, minutes != nil { throw ValidationError("give one of --window and --minutes") }
        if let window, window < 1 { throw ValidationError("--window: at least one record is needed") }
        if let minutes, !(1...Self.longestWindow).contains(minutes) {
            throw ValidationError("--minutes: from 1 to \(Self.longestWindow)")
        }
        if let alarmRate, !(alarmRate > 0 && alarmRate < 1) {
            throw ValidationError("--alarm-rate: a share between 0 and 1 is needed")
        }
    }

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run(on: dataset ?? sessions ?? log, train)
    }

    private func train() throws {
        let (sessions, source) = try input()
        let model = try AnomalyModel(training: sessions, source: source, alarmRate: alarmRate, seed: seed)
        let version = try model.store(in: ModelRegistry(path: models))
        let facts = model.provenance
        program.report(
            "\(models)/\(AnomalyModel.name)/\(version): \(facts.sessions) sessions, \(facts.learned) learned from, "
                + "\(facts.kinds) different; flags \(percent(model.promisedRate)) of their like, "
                + "no p-value below \(percent(1 / Double(model.calibrationSize + 1)))")
        if !model.looksOrdinary {
            program.report(
                "warning: the sessions do not look mostly ordinary: \(percent(facts.remarkableShare)) are remarkable and "
                    + "\(percent(facts.loneShare)) like no other. Read the scores as a ranking, or train on traffic known to be sound"
            )
        }
        if model.threshold == nil {
            program.report("too few sessions for --alarm-rate \(alarmRate ?? 0): nothing will be flagged")
        }
    }

    private func input() throws -> ([LogSession], AnomalyModel.Source) {
        if let dataset {
            let data = try SessionDataset(at: dataset, environment: DatasetFolders.processEnvironment)
            return (data.training, AnomalyModel.Source(name: data.descriptor.name, files: data.files))
        }
        if let sessions {
            let name = sessions.split(separator: "/").last.map(String.init) ?? sessions
            let read = try SessionFile(RecordFile(reading: sessions), named: name).sessions(column: column)
            return (read, AnomalyModel.Source(name: name, files: [sessions]))
        }
        let path = log ?? ""
        let size = minutes.map(LogWindow.minutes) ?? .records(window ?? 50)
        let windows = try LogFileWindows.read(path, window: size, redactor: redaction.redactor())
        return (
            windows.sessions,
            AnomalyModel.Source(
                name: path, files: [path], templates: windows.templates,
                window: minutes == nil ? window ?? 50 : nil, minutes: minutes)
        )
    }

    private func percent(_ share: Double) -> String { "\((share * 100_000).rounded() / 1_000) %" }
}
