import ArgumentParser
import Glibc
import Logs
import Records
import Storage

/// Groups log lines by what they say.
struct Signatures: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find the signatures of log messages.",
        discussion: """
            Reads a log from standard input, gzip or not, and writes CSV with the columns LineId (from 1), EventId and \
            EventTemplate, one row a line, variables as <*>. The header of a line is no part of its message, and all lines \
            of a stack trace have the signature of its record. The result does not depend on the order of the records. \
            Eight bytes a record are kept in memory.
            """)

    @OptionGroup
    var log: LogOptions

    @Flag(help: "Take each line as one message without a header, whatever it looks like.")
    var messages = false

    @Option(
        help: ArgumentHelp(
            "Write the signatures of a tenant's store instead, or of several together, and read nothing.",
            valueName: "file"))
    var store: [String] = []

    @Flag(help: "Write one row a signature instead: EventId, Lines, EventTemplate.")
    var summary = false

    @Option(help: ArgumentHelp("Merges and splits that people decided, as JSON lines.", valueName: "file"))
    var decisions: String?

    @Flag(help: "Write only what the decisions change: Change (- or +), EventId, Lines, EventTemplate.")
    var preview = false

    func validate() throws {
        if preview, decisions == nil { throw ValidationError("--preview needs --decisions") }
        if !store.isEmpty, messages { throw ValidationError("--messages reads standard input, and --store does not") }
        if messages, log.format != nil { throw ValidationError("give either --messages or --format") }
    }

    func run() throws {
        let decisions = try readDecisions()
        let isSummary = summary || !store.isEmpty
        var learnt = LearntLines(keepsRows: !isSummary && !preview)
        if !store.isEmpty {
            for path in store { try take(path, &learnt) }
        } else if messages {
            try learnt.learnMessages()
        } else {
            try learnt.learn(log.stream(for: "signatures"))
        }
        let set = learnt.miner.signatures(decisions: decisions)
        var output = TableOutput()
        if preview {
            let before = learnt.miner.signatures().signatures
            output.row(["Change", "EventId", "Lines", "EventTemplate"])
            let gone = Set(before).subtracting(set.signatures)
            let new = Set(set.signatures).subtracting(before)
            for signature in before where gone.contains(signature) { output.row(fields(signature, after: "-")) }
            for signature in set.signatures where new.contains(signature) { output.row(fields(signature, after: "+")) }
        } else if isSummary {
            output.row(["EventId", "Lines", "EventTemplate"])
            let further = learnt.furtherLines(set)
            for (index, signature) in set.signatures.enumerated() {
                let lines = signature.lines + (further[index] ?? 0)
                output.row([signature.id.description, String(lines), signature.template])
            }
        } else {
            let ends = set.signatures.map { TableOutput.fields([$0.id.description, $0.template]) }
            output.row(["LineId", "EventId", "EventTemplate"])
            var line = 0
            for row in learnt.rows {
                guard let signature = set.index(of: row.shape) else { continue }
                for _ in 0..<row.lines {
                    line += 1
                    output.row(String(line), ends[signature])
                }
            }
        }
        output.flush()
        for decision in set.openDecisions {
            StandardInput.say("casebook signatures: no such signature here, decision left open: \(decision)")
        }
        StandardInput.say(learnt.report + ", \(set.signatures.count) signatures")
    }

    private func take(_ path: String, _ learnt: inout LearntLines) throws {
        do {
            guard access(path, R_OK) == 0 else { throw RecordError.missingFile(file: path) }
            try learnt.take(TenantStore(path: path))
        } catch let error as RecordError {
            StandardInput.say("casebook signatures: \(error.description)")
            throw ExitCode(error.exitCode)
        } catch let error as StorageError {
            StandardInput.say("casebook signatures: \(error.description)")
            throw ExitCode(EX_IOERR)
        }
    }

    private func readDecisions() throws -> [SignatureDecision] {
        guard let decisions else { return [] }
        return try StandardInput.reporting("signatures") { () throws(RecordError) in
            try SignatureDecision.read(RecordFile(reading: decisions))
        }
    }

    private func fields(_ signature: Signature, after change: String) -> [String] {
        [change, signature.id.description, String(signature.lines), signature.template]
    }
}
