import ArgumentParser
import Commands
import FoundationEssentials
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

    @Flag(help: "Read lines and give them signatures of --store, or none; nothing is learnt.")
    var match = false

    @Flag(help: "Write one row a signature instead: EventId, Lines, EventTemplate.")
    var summary = false

    @Flag(help: "Add the column Values: the values of the variables in their order, as a list of JSON.")
    var values = false

    @Option(help: ArgumentHelp("Merges and splits that people decided, as JSON lines.", valueName: "file"))
    var decisions: String?

    @Flag(help: "Write only what the decisions change: Change (- or +), EventId, Lines, EventTemplate.")
    var preview = false

    func validate() throws {
        if preview, decisions == nil { throw ValidationError("--preview needs --decisions") }
        if match, store.isEmpty { throw ValidationError("--match needs --store") }
        if match, summary || preview || values {
            throw ValidationError("--match writes one row a line and nothing else")
        }
        if values, summary || preview { throw ValidationError("--values belongs to one row a line") }
        if !store.isEmpty, !match, messages || values {
            throw ValidationError("--messages and --values need lines, and --store reads none without --match")
        }
        if messages, log.format != nil { throw ValidationError("give either --messages or --format") }
    }

    func run() throws {
        let decisions = try readDecisions()
        let isSummary = summary || (!store.isEmpty && !match)
        var learnt = LearntLines(keepsRows: !isSummary && !preview && !match)
        var read = LogMessages()
        var spool: MessageSpool?
        for path in store { try take(path, &learnt) }
        if store.isEmpty {
            spool = values ? try MessageSpool(for: "signatures") : nil
            try self.read(&read) { message, lines in
                learnt.learn(message, lines: lines)
                spool?.add(message)
            }
        }
        let set = learnt.miner.signatures(decisions: decisions)
        var output = TableOutput()
        if preview {
            writeChanges(from: learnt.miner.signatures(), to: set, &output)
        } else if isSummary {
            writeSummary(set, learnt, &output)
        } else if match {
            try writeMatches(set, learnt.miner, &read, &output)
        } else {
            try writeRows(set, learnt, spool, &output)
        }
        output.flush()
        for decision in set.openDecisions {
            StandardInput.say("casebook signatures: no such signature here, decision left open: \(decision)")
        }
        StandardInput.say(report(read, learnt.miner, set))
    }

    private func read(_ messages: inout LogMessages, _ body: (Span<UInt8>, Int32) -> Void) throws {
        if self.messages {
            try messages.readLines(body)
        } else {
            try messages.read(log.stream(for: "signatures"), body)
        }
    }

    private func report(_ read: LogMessages, _ miner: SignatureMiner, _ set: SignatureSet) -> String {
        var report = "\(store.isEmpty || match ? Int(read.lines) : miner.lines) lines"
        if read.records < read.lines { report += ", \(read.records) records" }
        if read.cutLines > 0 { report += ", \(read.cutLines) lines cut after \(MessageLines.longestLine) bytes" }
        if miner.linesWithoutDetail > 0 {
            report += ", \(miner.linesWithoutDetail) records counted as <*> because there were too many different ones"
        }
        return report + ", \(set.signatures.count) signatures"
    }

    private func writeChanges(from before: SignatureSet, to after: SignatureSet, _ output: inout TableOutput) {
        output.row(["Change", "EventId", "Lines", "EventTemplate"])
        let gone = Set(before.signatures).subtracting(after.signatures)
        let new = Set(after.signatures).subtracting(before.signatures)
        for signature in before.signatures where gone.contains(signature) { output.row(change("-", signature)) }
        for signature in after.signatures where new.contains(signature) { output.row(change("+", signature)) }
    }

    private func change(_ change: String, _ signature: Signature) -> [String] {
        [change, signature.id.description, String(signature.lines), signature.template]
    }

    private func writeSummary(_ set: SignatureSet, _ learnt: LearntLines, _ output: inout TableOutput) {
        output.row(["EventId", "Lines", "EventTemplate"])
        let further = learnt.furtherLines(set)
        for (index, signature) in set.signatures.enumerated() {
            let lines = signature.lines + (further[index] ?? 0)
            output.row([signature.id.description, String(lines), signature.template])
        }
    }

    private func writeRows(
        _ set: SignatureSet, _ learnt: LearntLines, _ spool: MessageSpool?, _ output: inout TableOutput
    ) throws {
        let ends = set.signatures.map { TableOutput.fields([$0.id.description, $0.template]) }
        output.row(["LineId", "EventId", "EventTemplate"] + (values ? ["Values"] : []))
        let isWhole = spool?.isWhole ?? true
        spool?.rewind()
        var line = 0
        for row in learnt.rows {
            let message = spool?.next()
            guard let signature = set.index(of: row.shape) else { continue }
            var end = ends[signature]
            if values {
                guard isWhole, let message else {
                    throw Program.casebook("signatures").failure("a temporary file is full", EX_IOERR)
                }
                end.append(0x2C)
                end += TableOutput.fields([json(set.signatures[signature].values(of: message.span) ?? [], of: message)])
            }
            for _ in 0..<row.lines {
                line += 1
                output.row(String(line), end)
            }
        }
    }

    private func json(_ ranges: [Range<Int>], of message: [UInt8]) -> String {
        var line = JSONLineWriter(capacity: 128)
        line.list(ranges) { $1.value(String(decoding: message[$0], as: UTF8.self)) }
        return String(decoding: line.bytes, as: UTF8.self)
    }

    private func writeMatches(
        _ set: SignatureSet, _ miner: SignatureMiner, _ read: inout LogMessages, _ output: inout TableOutput
    ) throws {
        let ends = set.signatures.map { TableOutput.fields([$0.id.description, $0.template]) }
        let none = TableOutput.fields(["", ""])
        var miner = miner
        var table = output
        table.row(["LineId", "EventId", "EventTemplate"])
        var line = 0
        try self.read(&read) { message, lines in
            let signature = miner.shape(of: message).flatMap { set.index(of: $0) } ?? set.index(matching: message)
            for _ in 0..<lines {
                line += 1
                table.row(String(line), signature.map { ends[$0] } ?? none)
            }
        }
        output = table
    }

    private func take(_ path: String, _ learnt: inout LearntLines) throws {
        try Program.casebook("signatures").reporting {
            try learnt.take(TenantStore(path: path, access: .reading))
        }
    }

    private func readDecisions() throws -> [SignatureDecision] {
        guard let decisions else { return [] }
        return try Program.casebook("signatures").reporting {
            try SignatureDecision.read(RecordFile(reading: decisions))
        }
    }
}
