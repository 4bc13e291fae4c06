@_spi(RawText) public import Records

/// Log records that were read together: one buffer of bytes, and the records as offsets into it.
///
/// A batch is filled by ``LogReader/read(_:into:)`` and emptied by ``removeAll()``, which keeps its memory. It may hold
/// up to 4 GB.
public struct LogBatch: Sendable {
    /// The records in the order of the source.
    public internal(set) var records: [LogRecord] = []
    var bytes: [UInt8] = []
    var fields: [LogField] = []

    /// Creates an empty batch.
    public init() {}

    /// Drops the records.
    public mutating func removeAll() {
        records.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
    }

    /// Hands out the message of a record: the first line of the text after the header, or the error of a traceback.
    public func withMessage<Result>(_ record: LogRecord, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBufferPointer {
            let start = Int(record.body.start) + Int(record.messageOffset)
            let message = $0[start..<start + Int(record.messageCount)]
            return try body(Span(_unsafeElements: UnsafeBufferPointer(rebasing: message)))
        }
    }

    /// A record with memory of its own.
    public func event(_ record: LogRecord) -> LogEvent {
        let severityText = bytes[range(record.severityText)]
        return LogEvent(
            time: record.time == LogRecord.noTime ? nil : record.time, observedTime: record.observedTime,
            severityNumber: Int(record.severityNumber),
            severityText: severityText.isEmpty ? nil : String(decoding: severityText, as: UTF8.self),
            body: RawText(bytes: bytes[range(record.body)]), messageOffset: Int(record.messageOffset),
            attributes: attributes(record.fields, .attribute), resource: attributes(record.resource, .resource),
            traceID: TraceID(high: record.traceID.high, low: record.traceID.low),
            spanID: SpanID(value: record.spanID))
    }

    func range(_ range: ByteRange) -> Range<Int> {
        Int(range.start)..<Int(range.start) + Int(range.count)
    }

    @discardableResult
    mutating func append(_ text: UnsafeRawBufferPointer) -> ByteRange {
        let range = ByteRange(start: bytes.count, count: text.count)
        bytes.append(contentsOf: text)
        return range
    }

    mutating func append(_ text: StaticString) -> ByteRange {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
