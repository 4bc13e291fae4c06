import Commands
import Logs
import Records

extension Redact {
    /// Writes the records of a log without what nobody has let stand in their attributes.
    func redactRecords() throws {
        var writer = RecordRedaction(try options.redactor(for: "redact"))
        var stream = try log.stream(for: "redact")
        var batch = LogBatch()
        func write(_ batch: inout LogBatch) throws {
            var output = JSONLineWriter(capacity: 1 << 16)
            for record in batch.records { writer.write(batch.event(record), to: &output) }
            batch.removeAll()
            try put(output.bytes)
        }
        try StandardInput.read(for: "redact") {
            stream.read($0, into: &batch)
            try write(&batch)
        }
        stream.finish(into: &batch)
        try write(&batch)
        if stream.counts.skippedLines > 0 {
            StandardInput.say("casebook redact: \(stream.counts.skippedLines) lines are no records and were left out")
        }
    }
}
