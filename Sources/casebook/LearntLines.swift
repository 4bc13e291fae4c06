import Logs
import Records
import Storage

/// What a miner has learnt from standard input, and which lines it was.
struct LearntLines {
    /// Some lines of one record, or a line with nothing in it.
    struct Row {
        let shape: SignatureMiner.Shape
        let lines: Int32
    }

    /// The miner.
    private(set) var miner = SignatureMiner()
    /// The rows in order of the lines; empty unless they are kept.
    private(set) var rows: [Row] = []
    private let keepsRows: Bool
    /// The lines of records beyond their first one.
    private var further: [SignatureMiner.Shape: Int] = [:]
    private var lines: Int64 = 0
    private var records: Int64 = 0
    private var cutLines = 0

    init(keepsRows: Bool) {
        self.keepsRows = keepsRows
    }

    /// How much was read, and what could not be told apart.
    var report: String {
        var report = "\(lines) lines"
        if records < lines { report += ", \(records) records" }
        if cutLines > 0 { report += ", \(cutLines) lines cut after \(MessageLines.longestLine) bytes" }
        if miner.linesWithoutDetail > 0 {
            report += ", \(miner.linesWithoutDetail) records counted as <*> because there were too many different ones"
        }
        return report
    }

    /// The lines of each signature beyond the first ones of its records.
    func furtherLines(_ set: SignatureSet) -> [Int: Int] {
        further.reduce(into: [:]) { sums, item in
            if let signature = set.index(of: item.key) { sums[signature, default: 0] += item.value }
        }
    }

    /// Takes what a store has kept.
    mutating func take(_ store: TenantStore) throws {
        miner.merge(
            SignatureMiner(
                redactor: nil, shapes: try store.shapes(), linesWithoutDetail: try store.recordsWithoutShape()))
        records = Int64(miner.lines)
        lines = records
    }

    /// Learns every line as one message.
    mutating func learnMessages() throws {
        var splitter = MessageLines()
        func learn(_ line: Span<UInt8>) { add(miner.learn(line), lines: 1) }
        try StandardInput.read(for: "signatures") { splitter.feed($0, learn) }
        splitter.finish(learn)
        lines = Int64(splitter.lines)
        records = lines
        cutLines = splitter.cutLines
    }

    /// Learns the messages of a log, and lines with nothing in them as what they are.
    mutating func learn(_ stream: consuming LogStream) throws {
        var batch = LogBatch()
        try StandardInput.read(for: "signatures") {
            stream.read($0, into: &batch)
            learn(&batch)
        }
        stream.finish(into: &batch)
        learn(&batch)
        addBlank(before: stream.counts.lines + 1)
        records = stream.counts.records
        cutLines = stream.faults[.cutLine]
    }

    private mutating func learn(_ batch: inout LogBatch) {
        for record in batch.records {
            addBlank(before: record.line)
            // Of several records in one line all but the first take no line.
            let taken = max(0, record.line + Int64(record.lines) - 1 - lines)
            batch.withMessage(record) { add(miner.learn($0), lines: Int32(truncatingIfNeeded: taken)) }
            lines += taken
        }
        batch.removeAll()
    }

    private mutating func addBlank(before line: Int64) {
        while lines < line - 1 {
            lines += 1
            add(miner.learn([UInt8]().span), lines: 1)
        }
    }

    private mutating func add(_ shape: SignatureMiner.Shape, lines: Int32) {
        if keepsRows { rows.append(Row(shape: shape, lines: lines)) }
        if lines != 1 { further[shape, default: 0] += Int(lines) - 1 }
    }
}
