internal import Records

extension LogReader {
    /// Takes a syslog message; a line that is none is kept as plain text.
    ///
    /// The names are those of "Logs Data Model", appendix A, and of the semantic conventions.
    mutating func takeSyslog(_ line: LineFraming.Line, in buffer: UnsafeRawBufferPointer, into batch: inout LogBatch) {
        let text = UnsafeRawBufferPointer(rebasing: buffer[line.start..<line.start + line.count])
        guard let message = SyslogLine(text, clock: clock) else {
            return takeUnread(line, in: buffer, error: 0, into: &batch)
        }
        var record = beginRecord(line, text, into: &batch)
        let base = Int(record.body.start)
        let part = { (range: Range<Int>) in ByteRange(start: base + range.lowerBound, count: range.count) }
        record.messageOffset = UInt32(truncatingIfNeeded: message.message)
        record.severityNumber = UInt8(LogSeverity.number(syslog: message.severity) ?? 0)
        if let time = message.time { record.time = time }
        if message.hasTime, message.time == nil { faults.add(.timeOutOfRange, line: line.number, field: "time") }
        batch.add("syslog.facility", number: Int64(message.facility))
        if message.isVersioned { batch.add("syslog.version", number: 1) }
        if let host = message.host { batch.add("host.name", text: part(host), scope: .resource) }
        if let name = message.application { batch.add("service.name", text: part(name), scope: .resource) }
        if let process = message.process { batch.add("syslog.procid", text: part(process)) }
        if let id = message.messageID { batch.add("syslog.msgid", text: part(id)) }
        for item in message.data {
            let start = batch.bytes.count
            batch.append(UnsafeRawBufferPointer(rebasing: text[item.id]))
            _ = batch.append(".")
            batch.append(UnsafeRawBufferPointer(rebasing: text[item.name]))
            batch.add(ByteRange(start: start, count: batch.bytes.count - start), text: part(item.value))
        }
        end(&record, into: &batch)
    }

    /// Begins a record of one line whose text is the whole line.
    mutating func beginRecord(
        _ line: LineFraming.Line, _ text: UnsafeRawBufferPointer, into batch: inout LogBatch
    ) -> LogRecord {
        if open != nil { closeOpenRecord(into: &batch) }
        if line.isCut { faults.add(.cutLine, line: line.number) }
        reportBytes(text, line: line.number)
        var record = LogRecord()
        record.position = line.position
        record.end = line.end
        record.line = line.number
        record.observedTime = clock.observedTime
        record.body = batch.append(text)
        record.fields.start = UInt32(truncatingIfNeeded: batch.fields.count)
        return record
    }

    /// Ends a record all of whose fields were added.
    mutating func end(_ record: inout LogRecord, into batch: inout LogBatch) {
        record.fields.count = UInt32(truncatingIfNeeded: batch.fields.count) - record.fields.start
        record.resource = record.fields
        append(record, into: &batch)
    }
}
