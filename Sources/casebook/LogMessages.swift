import Logs
import Records

/// The messages on standard input, with the lines that each of them takes.
struct LogMessages {
    private(set) var lines: Int64 = 0
    private(set) var records: Int64 = 0
    private(set) var cutLines = 0

    /// Calls `body` with every line as one message.
    mutating func readLines(_ body: (Span<UInt8>, Int32) -> Void) throws {
        var splitter = MessageLines()
        try StandardInput.read(for: "signatures") { splitter.feed($0) { body($0, 1) } }
        splitter.finish { body($0, 1) }
        lines = Int64(splitter.lines)
        records = lines
        cutLines = splitter.cutLines
    }

    /// Calls `body` with the message of every record, and with nothing for every line that is blank.
    mutating func read(_ stream: consuming LogStream, _ body: (Span<UInt8>, Int32) -> Void) throws {
        var batch = LogBatch()
        try StandardInput.read(for: "signatures") {
            stream.read($0, into: &batch)
            take(&batch, body)
        }
        stream.finish(into: &batch)
        take(&batch, body)
        takeBlank(before: stream.counts.lines + 1, body)
        records = stream.counts.records
        cutLines = stream.faults[.cutLine]
    }

    private mutating func take(_ batch: inout LogBatch, _ body: (Span<UInt8>, Int32) -> Void) {
        for record in batch.records {
            takeBlank(before: record.line, body)
            // Of several records in one line all but the first take no line.
            let taken = max(0, record.line + Int64(record.lines) - 1 - lines)
            batch.withMessage(record) { body($0, Int32(truncatingIfNeeded: taken)) }
            lines += taken
        }
        batch.removeAll()
    }

    private mutating func takeBlank(before line: Int64, _ body: (Span<UInt8>, Int32) -> Void) {
        while lines < line - 1 {
            lines += 1
            body([UInt8]().span, 1)
        }
    }
}
