import ArgumentParser
import Glibc
import LinearAlgebra
import Logs
import Models
import Records

/// Scores sessions of log lines.
struct ScoreAnomaly: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anomaly", abstract: "Score sessions or log lines: JSON lines out.",
        discussion: """
            Each line of the input is a session: {"id": "s1", "signatures": ["a", "b"]}, or signatures separated by blanks, \
            whose session is named by the number of the line. Where the model was made from a log, the input is log lines, cut \
            into windows of as many lines, each named by the number of its first line; lines in contributions count from \
            the first line of the session. A score of 1 is where a session becomes remarkable, and the p-value is the share \
            of sessions like those of the training that score as high.
            """)

    @Option(help: ArgumentHelp("The folder of the models.", valueName: "dir"))
    var models = "models"

    @Option(help: "The version of the model; the current one by default.")
    var version: Int?

    /// The bytes of sessions, and of log lines, that are worked on at a time.
    private static let blockSizes = (sessions: 1 << 21, lines: 1 << 26)

    func run() throws {
        setLinearAlgebraThreads(1)
        do {
            let model = try AnomalyModel(from: ModelRegistry(path: models), version: version)
            if let window = model.provenance.window {
                try scoreLog(model, window: window)
            } else {
                try scoreSessions(model)
            }
        } catch let error as ModelFileError {
            throw failure(error.description, error.exitCode)
        } catch let error as AnomalyError {
            throw failure(error.description, EX_DATAERR)
        }
    }

    private func scoreSessions(_ model: AnomalyModel) throws {
        var reader = LineBlockReader(size: Self.blockSizes.sessions)
        var scorer = AnomalyScorer(model)
        var rejected = 0
        while let block = try reader.next(fill) {
            var output = JSONLineWriter(capacity: 2 * block.bytes.count)
            var number = block.firstLine
            for line in block.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                defer { number += 1 }
                if line.isEmpty { continue }
                do throws(RecordError) {
                    let session = try SessionLineReader.readEither(line, file: "standard input", number: number)
                    FindingLines.write(scorer.finding(for: session), to: &output)
                } catch {
                    report(error.description)
                    rejected += 1
                }
            }
            try write(output.bytes)
        }
        if rejected > 0 { throw failure("\(rejected) lines were not scored", EX_DATAERR) }
    }

    private func scoreLog(_ model: AnomalyModel, window: Int) throws {
        var reader = LineBlockReader(size: Self.blockSizes.lines)
        var pending: [UInt8] = []
        var firstLine = 1
        while let block = try reader.next(fill) {
            pending += block.bytes
            // What is left over of a block begins the windows of the next.
            let ends = pending.indices.filter { pending[$0] == UInt8(ascii: "\n") }
            let whole = ends.count - ends.count % window
            guard whole > 0 else { continue }
            let end = ends[whole - 1] + 1
            try score(Array(pending[..<end]), window: window, firstLine: firstLine, model)
            pending.removeSubrange(..<end)
            firstLine += whole
        }
        if !pending.isEmpty { try score(pending, window: window, firstLine: firstLine, model) }
    }

    private func score(_ lines: [UInt8], window: Int, firstLine: Int, _ model: AnomalyModel) throws {
        let windows = LogWindows(of: lines, window: window, firstLine: firstLine, known: model.templates)
        var output = JSONLineWriter(capacity: 1 << 16)
        for session in windows.sessions {
            var finding = model.finding(for: session)
            for index in finding.contributions.indices where finding.contributions[index].template == nil {
                finding.contributions[index].template = windows.templates[finding.contributions[index].signature]
            }
            FindingLines.write(finding, to: &output)
        }
        try write(output.bytes)
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw failure("standard input: \(String(cString: strerror(errno)))", EX_IOERR) }
        }
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
