import ArgumentParser
import Commands
import LinearAlgebra
import Models
import Records
import Statistics

/// Measures the model of resolution times.
struct EvaluateResolutionTime: ParsableCommand {
    enum EvaluationProtocol: String, CaseIterable, ExpressibleByArgument {
        case fixed, prequential
    }

    static let configuration = CommandConfiguration(
        commandName: "resolution-time",
        abstract: "Measure forecasts of resolution times on the tickets opened after a cut.",
        discussion: """
            fixed: the model of the cut predicts all later tickets. prequential: each ticket is predicted with what was known when \
            it opened; a label becomes known when the ticket closes. Tickets that are still open are counted and left out: where they are many, \
            the measures are those of tickets that closed soon.
            """)

    @Option(help: ArgumentHelp("The folder of the data set, or its dataset.json.", valueName: "path"))
    var dataset: String

    @Option(help: ArgumentHelp("The cut, ISO 8601.", valueName: "time"))
    var cutoff: Instant

    @Option(name: .customLong("protocol"), help: "How the later tickets are predicted.")
    var evaluationProtocol: EvaluationProtocol

    @Option(help: ArgumentHelp("Write the predictions to this CSV file.", valueName: "file"))
    var predictions: String?

    @Option(help: ArgumentHelp("Log signatures by customer as JSON lines.", valueName: "file"))
    var signatures: String?

    @OptionGroup
    var redaction: RedactionOptions

    @Option(help: "The seed of random starts.")
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run(on: dataset, evaluate)
    }

    private func evaluate() throws {
        let source = try TicketDataset(at: dataset, environment: DatasetFolders.processEnvironment)
        let redactor = try redaction.redactor()
        let observations =
            try signatures.map { try SignatureObservationReader.read(file: $0, redactor: redactor) } ?? []
        let table = try source.read(redactor: redactor).table.sortedByOpening()
        var generator = SplitMix64(seed: seed)
        let training = try ResolutionTimeTraining(
            table, knownOn: cutoff.seconds / 86_400, settings: ResolutionTimeSettings(), observations: observations,
            using: &generator)
        let predicted =
            try evaluationProtocol == .fixed ? training.fixedPredictions() : training.prequentialPredictions()
        let evaluation = try ResolutionTimeEvaluation(predicted, of: table, protocol: evaluationProtocol.rawValue)
        if let path = predictions {
            try program.write(ResolutionTimeEvaluation.csv(of: predicted, table: table), to: path)
        }
        if json {
            print(try evaluation.jsonLine)
        } else {
            print(evaluation.description)
        }
    }
}
