import ArgumentParser
import Commands
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
            whose session is named by the number of the line. Where the model was made from a log, the input is a log of any format \
            that `casebook formats` knows, gzip or not, cut into such windows, each named by the number of its first line; \
            lines in contributions count the records of the window from 1. A score of 1 is where a session becomes remarkable, and the p-value is the share \
            of sessions like those of the training that score as high.
            """)

    @Option(help: ArgumentHelp("The folder of the models.", valueName: "dir"))
    var models = "models"

    @Option(help: "The version of the model; the current one by default.")
    var version: Int?

    @OptionGroup
    var redaction: RedactionOptions

    /// The bytes of sessions that are worked on at a time.
    private static let blockSize = 1 << 21
    /// The bytes of a log that are read at a time, and the records that are scored at a time.
    private static let logSizes = (chunk: 1 << 18, records: 1 << 16)

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run {
            let model = try AnomalyModel(from: ModelRegistry(path: models), version: version)
            if let minutes = model.provenance.minutes {
                try scoreLog(model, window: .minutes(minutes))
            } else if let records = model.provenance.window {
                try scoreLog(model, window: .records(records))
            } else {
                try scoreSessions(model)
            }
        }
    }

    private func scoreSessions(_ model: AnomalyModel) throws {
        var reader = LineBlockReader(size: Self.blockSize)
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
                    program.report(error.description)
                    rejected += 1
                }
            }
            try write(output.bytes)
        }
        if rejected > 0 { throw program.failure("\(rejected) lines were not scored", EX_DATAERR) }
    }

    private func scoreLog(_ model: AnomalyModel, window: LogWindow) throws {
        var windowing = LogWindowing(window: window, redactor: try redaction.redactor(), known: model.templates)
        var scorer = AnomalyScorer(model)
        var stream = LogStream(observedTime: WallClock.nanoseconds)
        var batch = LogBatch()
        try withUnsafeTemporaryAllocation(byteCount: Self.logSizes.chunk, alignment: 16) { buffer in
            while true {
                let count = try fill(buffer)
                if count == 0 { return }
                stream.read(UnsafeRawBufferPointer(rebasing: buffer[..<count]), into: &batch)
                windowing.add(batch)
                batch.removeAll()
                guard windowing.waiting >= Self.logSizes.records else { continue }
                try answer(windowing.take(isWhole: false), &scorer)
            }
        }
        stream.finish(into: &batch)
        windowing.add(batch)
        try answer(windowing.take(isWhole: true), &scorer)
    }

    private func answer(_ windows: LogWindows, _ scorer: inout AnomalyScorer) throws {
        var output = JSONLineWriter(capacity: 1 << 16)
        for session in windows.sessions {
            var finding = scorer.finding(for: session)
            for index in finding.contributions.indices where finding.contributions[index].template == nil {
                finding.contributions[index].template = windows.templates[finding.contributions[index].signature]
            }
            FindingLines.write(finding, to: &output)
        }
        try write(output.bytes)
    }
}
