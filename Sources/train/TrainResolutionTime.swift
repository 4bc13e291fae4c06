import ArgumentParser
import Commands
import LinearAlgebra
import Models
import Records

/// Fits the model of resolution times.
struct TrainResolutionTime: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolution-time", abstract: "Fit the model of resolution times to a data set.",
        discussion: "Tickets that are open at the cut count as censored. The new version becomes the current one.")

    @Option(help: ArgumentHelp("The folder of the data set, or its dataset.json.", valueName: "path"))
    var dataset: String

    @Option(
        help: ArgumentHelp(
            "Use what was known at this moment, ISO 8601; by default all but what a few tickets have shown long after the others.",
            valueName: "time"))
    var cutoff: Instant?

    @Option(help: ArgumentHelp("The folder of the models.", valueName: "dir"))
    var models = "models"

    @Option(help: ArgumentHelp("Set bad rows aside in this CSV file with their reasons.", valueName: "file"))
    var reject: String?

    @Option(help: ArgumentHelp("Log signatures by customer as JSON lines.", valueName: "file"))
    var signatures: String?

    @OptionGroup
    var redaction: RedactionOptions

    @Option(help: "The seed of random starts.")
    var seed: UInt64 = 1

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run(on: dataset, train)
    }

    private func train() throws {
        let source = try TicketDataset(at: dataset, environment: DatasetFolders.processEnvironment)
        let redactor = try redaction.redactor()
        let reading = try source.read(badRows: reject == nil ? .areErrors : .areSetAside, redactor: redactor)
        if reading.hiddenLevels > 0, !redaction.hasKey {
            program.report(
                "\(reading.hiddenLevels) values of columns hold personal data and stand in the model as tokens of a random key: "
                    + "score will not know them again without --key-file or \(RedactionFiles.keyVariable) in both")
        }
        let observations =
            try signatures.map { try SignatureObservationReader.read(file: $0, redactor: redactor) } ?? []
        let table = reading.table.sortedByOpening()
        let day = cutoff.map { $0.seconds / 86_400 } ?? ResolutionTimeTraining.lastDay(of: table)
        let model = try ResolutionTimeModel(
            training: ResolutionTimeTraining.known(table, on: day), knownOn: day, observations: observations,
            source: source, seed: seed)
        let version = try model.store(in: ModelRegistry(path: models))
        if let reject {
            try RejectedRow.write(reading.rejected, to: reject)
            program.report("\(reading.rejected.count) bad rows set aside in \(reject)")
        }
        program.report(
            "\(models)/\(ResolutionTimeModel.name)/\(version): \(model.provenance.tickets) tickets, "
                + "\(model.provenance.resolvedTickets) resolved")
    }
}
