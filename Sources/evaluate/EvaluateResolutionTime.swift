public import ArgumentParser
import FoundationEssentials
import Glibc
import LinearAlgebra
import Models
public import Records
import Statistics

extension Instant: ExpressibleByArgument {
    /// Reads a moment in ISO 8601.
    public init?(argument: String) {
        self.init(iso8601: argument)
    }
}

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
            it opened; a label becomes known when the ticket closes.
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
        do {
            try evaluate()
        } catch let error as RecordError {
            throw failure(error.description, error.exitCode)
        } catch let error as ResolutionTimeError {
            throw failure("\(dataset): \(error)", EX_DATAERR)
        } catch let error as HazardError {
            throw failure("\(dataset): \(error)", EX_DATAERR)
        } catch let error as LinearAlgebraError {
            throw failure("\(dataset): \(error)", EX_SOFTWARE)
        }
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
            try write(ResolutionTimeEvaluation.csv(of: predicted, table: table), to: path)
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            print(String(decoding: try encoder.encode(evaluation), as: UTF8.self))
        } else {
            print(evaluation.description)
        }
    }

    private func write(_ text: String, to path: String) throws {
        guard let stream = fopen(path, "w") else {
            throw failure("\(path): cannot create: \(String(cString: strerror(errno)))", EX_CANTCREAT)
        }
        let isWritten = fputs(text, stream) >= 0
        guard fclose(stream) == 0 && isWritten else {
            throw failure("\(path): cannot write: \(String(cString: strerror(errno)))", EX_IOERR)
        }
    }

    private func failure(_ message: String, _ code: Int32) -> ExitCode {
        let line = "evaluate: \(message)\n"
        Glibc.write(STDERR_FILENO, line, line.utf8.count)
        return ExitCode(code)
    }
}
