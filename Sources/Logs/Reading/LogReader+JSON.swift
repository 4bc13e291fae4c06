internal import CSimdJSON

extension LogReader {
    /// Takes lines of one JSON object each, or OTLP documents; others are kept as plain text.
    mutating func takeJSON(
        _ lines: [LineFraming.Line], in buffer: UnsafeRawBufferPointer, into batch: inout LogBatch
    ) {
        let reading = json.read(lines[...], in: buffer, areOTLP: format == .otlpJSON)
        let first = batch.append(reading)
        batch.records.reserveCapacity(batch.records.count + reading.record_count)
        var linesTaken = 0
        for read in UnsafeBufferPointer(start: reading.records, count: reading.record_count) {
            let line = lines[Int(read.line)]
            let isNewLine = Int(read.line) >= linesTaken
            if isNewLine {
                skipEmptyExports(lines[linesTaken..<Int(read.line)], into: &batch)
                linesTaken = Int(read.line) + 1
            }
            guard read.error == 0, !line.isCut else {
                takeUnread(line, in: buffer, error: read.error, into: &batch)
                continue
            }
            if open != nil { closeOpenRecord(into: &batch) }
            if read.flags & UInt32(csimdjson_log_duplicate_key | csimdjson_log_too_deep) != 0 { report(read, line) }
            var record = LogRecord()
            record.position = line.position
            record.end = line.end
            record.line = line.number
            record.fields = FieldRange(
                start: UInt32(truncatingIfNeeded: first) &+ read.first_field, count: read.fields)
            record.resource = FieldRange(
                start: UInt32(truncatingIfNeeded: first) &+ read.first_resource, count: read.resources)
            setSlots(of: &record, FieldSlots(read, first: first), in: &batch)
            if record.body.count == 0, read.slots.4 < 0 {
                // An object without a text is its own text.
                record.body = batch.append(
                    UnsafeRawBufferPointer(rebasing: buffer[line.start..<line.start + line.count]))
            }
            append(record, into: &batch, ofNewLines: isNewLine)
        }
        skipEmptyExports(lines[linesTaken...], into: &batch)
    }

    /// Counts documents that hold no record.
    private mutating func skipEmptyExports(_ lines: ArraySlice<LineFraming.Line>, into batch: inout LogBatch) {
        if !lines.isEmpty { closeOpenRecord(into: &batch) }
        counts.skippedLines += Int64(lines.count)
    }

    /// Reports what the shim has seen in a record.
    func flags(_ flags: UInt32) -> [LogFault.Kind] {
        var kinds: [LogFault.Kind] = []
        if flags & UInt32(csimdjson_log_duplicate_key) != 0 { kinds.append(.duplicateKey) }
        if flags & UInt32(csimdjson_log_too_deep) != 0 { kinds.append(.nestedTooDeep) }
        return kinds
    }

    mutating func report(_ read: csimdjson_log_record, _ line: LineFraming.Line) {
        for kind in flags(read.flags) { faults.add(kind, line: line.number) }
    }

    /// Keeps a line that is not of the format as plain text.
    mutating func takeUnread(
        _ line: LineFraming.Line, in buffer: UnsafeRawBufferPointer, error: Int32, into batch: inout LogBatch
    ) {
        let text = buffer[line.start..<line.start + line.count]
        if !text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            faults.add(csimdjson_is_depth_error(error) != 0 ? .nestedTooDeep : .notThisFormat, line: line.number)
        }
        takePlain(line, in: buffer, into: &batch)
    }
}

extension FieldSlots {
    /// The slots of a record that the shim has read.
    init(_ record: csimdjson_log_record, first: Int) {
        let index = { (slot: Int32) in slot < 0 ? -1 : Int(slot) + first }
        self.init(
            time: index(record.slots.0), observed: index(record.slots.1), severityNumber: index(record.slots.2),
            severityText: index(record.slots.3), body: index(record.slots.4), trace: index(record.slots.5),
            span: index(record.slots.6),
            isTimeNanoseconds: record.flags & UInt32(csimdjson_log_time_is_nanos) != 0,
            isObservedNanoseconds: record.flags & UInt32(csimdjson_log_observed_is_nanos) != 0)
    }
}
