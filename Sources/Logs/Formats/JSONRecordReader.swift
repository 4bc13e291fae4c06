internal import CSimdJSON

/// The shim's reader of log records in JSON.
///
/// What one call has read is valid until the next.
final class JSONRecordReader {
    private let reader: OpaquePointer?
    private var spans: [csimdjson_span] = []

    init(mapping: LogFieldMapping) {
        reader = csimdjson_log_create()
        guard let reader else { return }
        for (names, role) in mapping.roles {
            for name in names {
                let utf8 = name.utf8.map { CChar(bitPattern: $0) }
                csimdjson_log_map(reader, utf8, utf8.count, role, LogFieldMapping.isNanoseconds(name) ? 1 : 0)
            }
        }
    }

    deinit {
        csimdjson_log_destroy(reader)
    }

    /// Reads one object a line, or one OTLP document a line.
    func read(_ lines: ArraySlice<LineFraming.Line>, in buffer: UnsafeRawBufferPointer, areOTLP: Bool)
        -> csimdjson_log_reading
    {
        spans.removeAll(keepingCapacity: true)
        for line in lines {
            spans.append(
                csimdjson_span(
                    start: UInt32(truncatingIfNeeded: line.start), length: UInt32(truncatingIfNeeded: line.count)))
        }
        guard let reader, let base = buffer.baseAddress else { return csimdjson_log_reading() }
        let bytes = base.assumingMemoryBound(to: CChar.self)
        return areOTLP
            ? csimdjson_log_read_otlp(reader, bytes, spans, spans.count)
            : csimdjson_log_read_lines(reader, bytes, spans, spans.count)
    }
}

extension LogBatch {
    /// Appends text and fields that were read, and gives the index of the first field.
    mutating func append(_ reading: csimdjson_log_reading) -> Int {
        let base = UInt32(truncatingIfNeeded: bytes.count)
        let first = fields.count
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: reading.text, count: reading.text_length))
        fields.reserveCapacity(first + reading.field_count)
        for field in UnsafeBufferPointer(start: reading.fields, count: reading.field_count) {
            fields.append(
                LogField(
                    bits: field.bits, key: ByteRange(start: base &+ field.key, count: field.key_length),
                    text: ByteRange(start: base &+ field.text, count: field.text_length), up: field.up,
                    kind: LogField.Kind(rawValue: field.kind) ?? .null,
                    scope: LogField.Scope(rawValue: field.scope) ?? .attribute))
        }
        return first
    }
}
