internal import Records

extension LogReader {
    /// Takes one `ExportLogsServiceRequest`, or one `ResourceLogs` of it, in protobuf.
    ///
    /// What is broken in it is left out and counts as ``LogFault/Kind/badFrame``; the records before are kept. The field
    /// numbers are those of opentelemetry/proto/logs/v1/logs.proto.
    mutating func takeProtobuf(
        _ line: LineFraming.Line, isRequest: Bool, in buffer: UnsafeRawBufferPointer, into batch: inout LogBatch
    ) {
        let message = UnsafeRawBufferPointer(rebasing: buffer[line.start..<line.start + line.count])
        let before = counts.records
        var isBroken = false
        if isRequest {
            var fields = ProtobufReader(message)
            while let field = fields.next() {
                if field.number == 1 { takeResourceLogs(field.bytes, of: line, &isBroken, into: &batch) }
            }
            isBroken = isBroken || fields.isBroken
        } else {
            takeResourceLogs(message, of: line, &isBroken, into: &batch)
        }
        if isBroken { faults.add(.badFrame, line: line.number) }
        if counts.records == before { counts.skippedLines += 1 } else { counts.linesOfRecords += 1 }
    }

    /// `ResourceLogs`: resource 1, scope logs 2.
    private mutating func takeResourceLogs(
        _ message: UnsafeRawBufferPointer, of line: LineFraming.Line, _ isBroken: inout Bool, into batch: inout LogBatch
    ) {
        var values = ProtobufValues(scope: .resource)
        let first = batch.fields.count
        var fields = ProtobufReader(message)
        while let field = fields.next() {
            guard field.number == 1 else { continue }
            var resource = ProtobufReader(field.bytes)
            while let member = resource.next() {
                if member.number == 1 { values.addPair(member.bytes, to: &batch) }
            }
        }
        let resource = FieldRange(
            start: UInt32(truncatingIfNeeded: first), count: UInt32(truncatingIfNeeded: batch.fields.count - first))
        if values.isTooDeep { faults.add(.nestedTooDeep, line: line.number) }
        isBroken = isBroken || values.isBroken
        fields = ProtobufReader(message)
        while let field = fields.next() {
            guard field.number == 2 else { continue }
            takeScopeLogs(field.bytes, of: line, resource, &isBroken, into: &batch)
        }
        isBroken = isBroken || fields.isBroken
    }

    /// `ScopeLogs`: scope 1 with its name 1, log records 2.
    private mutating func takeScopeLogs(
        _ message: UnsafeRawBufferPointer, of line: LineFraming.Line, _ resource: FieldRange, _ isBroken: inout Bool,
        into batch: inout LogBatch
    ) {
        var name: UnsafeRawBufferPointer?
        var fields = ProtobufReader(message)
        while let field = fields.next() {
            guard field.number == 1 else { continue }
            var scope = ProtobufReader(field.bytes)
            while let member = scope.next() {
                if member.number == 1 { name = member.bytes }
            }
        }
        fields = ProtobufReader(message)
        while let field = fields.next() {
            guard field.number == 2 else { continue }
            var record = LogRecord()
            record.position = line.position
            record.end = line.end
            record.line = line.number
            record.resource = resource
            takeRecord(field.bytes, &record, scope: name, &isBroken, into: &batch)
        }
        isBroken = isBroken || fields.isBroken
    }

    /// `LogRecord`: time 1, severity number 2, severity text 3, body 5, attributes 6, trace 9, span 10, observed time 11.
    private mutating func takeRecord(
        _ message: UnsafeRawBufferPointer, _ record: inout LogRecord, scope: UnsafeRawBufferPointer?,
        _ isBroken: inout Bool, into batch: inout LogBatch
    ) {
        record.fields.start = UInt32(truncatingIfNeeded: batch.fields.count)
        var slots = FieldSlots(isTimeNanoseconds: true, isObservedNanoseconds: true)
        var attributes = ProtobufValues(scope: .attribute)
        var properties = ProtobufValues(scope: .used)
        var fields = ProtobufReader(message)
        while let field = fields.next() {
            let index = batch.fields.count
            switch field.number {
            case 1:
                slots.time = index
                properties.add(number: field.bits, named: "timeUnixNano", to: &batch)
            case 2:
                slots.severityNumber = index
                properties.add(number: field.bits, named: "severityNumber", to: &batch)
            case 3:
                slots.severityText = index
                properties.add(field.bytes, kind: .string, named: "severityText", to: &batch)
            case 5:
                slots.body = index
                properties.addValue(field.bytes, key: .empty, to: &batch)
            case 6: attributes.addPair(field.bytes, to: &batch)
            case 9:
                slots.trace = index
                properties.add(field.bytes, kind: .bytes, named: "traceId", to: &batch)
            case 10:
                slots.span = index
                properties.add(field.bytes, kind: .bytes, named: "spanId", to: &batch)
            case 11:
                slots.observed = index
                properties.add(number: field.bits, named: "observedTimeUnixNano", to: &batch)
            default: break
            }
        }
        isBroken = isBroken || fields.isBroken || attributes.isBroken || properties.isBroken
        if attributes.isTooDeep || properties.isTooDeep { faults.add(.nestedTooDeep, line: record.line) }
        if let scope, !scope.isEmpty { batch.add("otel.scope.name", text: batch.append(scope)) }
        record.fields.count = UInt32(truncatingIfNeeded: batch.fields.count) - record.fields.start
        setSlots(of: &record, slots, in: &batch)
        reportBody(of: record, in: batch)
        append(record, into: &batch, ofNewLines: false)
    }
}
