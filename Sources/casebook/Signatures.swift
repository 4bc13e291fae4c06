import ArgumentParser
import Glibc
import Logs
import Records

/// Groups log lines by what they say.
struct Signatures: ParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case plain
    }

    static let configuration = CommandConfiguration(
        abstract: "Find the signatures of log messages.",
        discussion: """
            Reads lines from standard input and writes CSV with the columns LineId (from 1), EventId and EventTemplate, \
            one row a line, variables as <*>. The result does not depend on the order of the lines. Four bytes a line \
            are kept in memory.
            """)

    @Option(help: "How the lines are written; plain takes each line as one message.")
    var format = Format.plain

    @Flag(help: "Write one row a signature instead: EventId, Lines, EventTemplate.")
    var summary = false

    @Option(help: ArgumentHelp("Merges and splits that people decided, as JSON lines.", valueName: "file"))
    var decisions: String?

    @Flag(help: "Write only what the decisions change: Change (- or +), EventId, Lines, EventTemplate.")
    var preview = false

    func validate() throws {
        if preview, decisions == nil { throw ValidationError("--preview needs --decisions") }
    }

    func run() throws {
        let decisions = try readDecisions()
        var miner = SignatureMiner()
        var shapes: [SignatureMiner.Shape] = []
        var lines = MessageLines()
        let learn = { (line: Span<UInt8>) in
            let shape = miner.learn(line)
            if !summary, !preview { shapes.append(shape) }
        }
        try readAll { chunk in lines.feed(chunk, learn) }
        lines.finish(learn)
        let set = miner.signatures(decisions: decisions)
        var output = TableOutput()
        if preview {
            let before = miner.signatures().signatures
            output.row(["Change", "EventId", "Lines", "EventTemplate"])
            let gone = Set(before).subtracting(set.signatures)
            let new = Set(set.signatures).subtracting(before)
            for signature in before where gone.contains(signature) { output.row(fields(signature, after: "-")) }
            for signature in set.signatures where new.contains(signature) { output.row(fields(signature, after: "+")) }
        } else if summary {
            output.row(["EventId", "Lines", "EventTemplate"])
            for signature in set.signatures {
                output.row([signature.id.description, String(signature.lines), signature.template])
            }
        } else {
            let ends = set.signatures.map { TableOutput.fields([$0.id.description, $0.template]) }
            output.row(["LineId", "EventId", "EventTemplate"])
            for (index, shape) in shapes.enumerated() {
                guard let signature = set.index(of: shape) else { continue }
                output.row(String(index + 1), ends[signature])
            }
        }
        output.flush()
        for decision in set.openDecisions {
            say("casebook signatures: no such signature here, decision left open: \(decision)")
        }
        var report = "\(lines.lines) lines, \(set.signatures.count) signatures"
        if lines.cutLines > 0 { report += ", \(lines.cutLines) lines cut after \(MessageLines.longestLine) bytes" }
        if miner.linesWithoutDetail > 0 {
            report += ", \(miner.linesWithoutDetail) lines counted as <*> because there were too many different ones"
        }
        say(report)
    }

    private func readDecisions() throws -> [SignatureDecision] {
        guard let decisions else { return [] }
        do {
            return try SignatureDecision.read(RecordFile(reading: decisions))
        } catch {
            say("casebook signatures: \(error.description)")
            throw ExitCode(error.exitCode)
        }
    }

    private func fields(_ signature: Signature, after change: String) -> [String] {
        [change, signature.id.description, String(signature.lines), signature.template]
    }

    private func say(_ message: String) {
        let line = message + "\n"
        write(STDERR_FILENO, line, line.utf8.count)
    }

    private func readAll(_ body: (UnsafeRawBufferPointer) -> Void) throws {
        let size = 1 << 18
        try withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer in
            while true {
                let count = read(STDIN_FILENO, buffer.baseAddress, size)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else {
                    say("casebook signatures: standard input: \(String(cString: strerror(errno)))")
                    throw ExitCode(EX_IOERR)
                }
                if count == 0 { return }
                body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }
}
