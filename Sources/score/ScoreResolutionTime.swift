import ArgumentParser
import Dispatch
import Glibc
import LinearAlgebra
import Models
import Records
import Synchronization

/// Forecasts the resolution time of tickets.
struct ScoreResolutionTime: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolution-time", abstract: "Forecast resolution times: JSON lines in, JSON lines out.",
        discussion: """
            A ticket has the keys id and openedAt, and any of customer, organization, group, assignee, priority, category, \
            subject, body and the attributes of the model. With ageHours the answer holds the time that remains, with slaHours \
            the probability of a breach; customerImpact from 0 to 1 moves the recommended priority.
            """)

    @Option(help: ArgumentHelp("The folder of the models.", valueName: "dir"))
    var models = "models"

    @Option(help: "The version of the model; the current one by default.")
    var version: Int?

    @Option(help: ArgumentHelp("Log signatures by customer as JSON lines.", valueName: "file"))
    var signatures: String?

    func run() throws {
        setLinearAlgebraThreads(1)
        do {
            try score()
        } catch let error as ModelFileError {
            throw failure(error.description, error.exitCode)
        } catch let error as RecordError {
            throw failure(error.description, error.exitCode)
        } catch let error as ResolutionTimeError {
            throw failure(error.description, EX_DATAERR)
        }
    }

    private func score() throws {
        let model = try ResolutionTimeModel(from: ModelRegistry(path: models), version: version)
        let observations = try signatures.map { try SignatureObservationReader.read(file: $0) } ?? []
        var kinds = model.sourceColumns
        for name in ForecastLines.questions { kinds[name] = .numeric }
        var reader = TicketLineReader(file: "standard input", columns: kinds, batchSize: 128, badRows: .areSetAside)
        let answer = ForecastLines(of: model, observations: observations)
        var rejected = 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            guard count >= 0 else { throw failure("standard input: \(String(cString: strerror(errno)))", EX_IOERR) }
            let readings =
                try count == 0
                ? reader.finish()
                : reader.read(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
            for fault in readings.flatMap({ $0.rejected.map(\.fault) + ForecastLines.faults(in: $0) }) {
                report(fault.description)
                rejected += 1
            }
            let answers = Mutex([[UInt8]](repeating: [], count: readings.count))
            DispatchQueue.concurrentPerform(iterations: readings.count) { position in
                let lines = answer.lines(of: readings[position])
                answers.withLock { $0[position] = lines }
            }
            for lines in answers.withLock(\.self) { try write(lines) }
            if count == 0 { break }
        }
        if rejected > 0 { throw failure("\(rejected) lines were not scored", EX_DATAERR) }
    }

    private func write(_ bytes: [UInt8]) throws {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(STDOUT_FILENO, $0.baseAddress?.advanced(by: start), $0.count - start)
            }
            guard count >= 0 else { throw failure("standard output: \(String(cString: strerror(errno)))", EX_IOERR) }
            start += count
        }
    }

    private func failure(_ message: String, _ code: Int32) -> ExitCode {
        report("score: \(message)")
        return ExitCode(code)
    }

    private func report(_ message: String) {
        let line = message + "\n"
        Glibc.write(STDERR_FILENO, line, line.utf8.count)
    }
}
