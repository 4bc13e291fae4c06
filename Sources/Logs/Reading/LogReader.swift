internal import Glibc
public import Records

/// Reads the records of one log from a stream of bytes.
///
/// Where the stream is cut into chunks makes no difference to the records. Every line is part of a record or is skipped
/// and counted: ``counts`` add up. A line that is not of the format is kept as plain text. Memory is bounded: at most
/// 1 MB of a line, 1,000 lines of a record and 32 MB of a message of many records are held.
///
///     var reader = LogReader(format: .json, observedTime: now)
///     reader.read(chunk, into: &batch)      // as often as there are chunks; the batch may be emptied in between
///     reader.finish(into: &batch)
public struct LogReader: ~Copyable {
    /// How far a time may lie after its observation before it counts as ``LogFault/Kind/aheadOfObservation``: 5 minutes,
    /// in nanoseconds.
    public static let clockTolerance: Int64 = 300_000_000_000

    /// The format.
    public let format: LogFormat
    /// What was wrong so far.
    public internal(set) var faults = LogFaults()
    /// What was read so far.
    public internal(set) var counts = LogCounts()
    /// When the next chunks are observed, in nanoseconds since 1970 UTC.
    public var observedTime: Int64 {
        get { clock.observedTime }
        set { clock.observedTime = newValue }
    }

    /// Where reading began.
    var start: LogCheckpoint
    var clock: LogClock
    let names: FieldNames
    var framing = LineFraming()
    let json: JSONRecordReader
    var open: PlainRecord?
    var spare = PlainRecord()
    var trace = TraceLines()
    /// The share of late records that begin with a time; tells a log in which every record has a time from one with a time here and
    /// there.
    var stampedShare: Double?
    /// Which columns the headers of lines of plain text have.
    var columns = ColumnShares()

    /// The bytes that are looked at together.
    static let pieceSize = 1 << 18

    /// Creates a reader at the start of a log.
    ///
    /// - Parameters:
    ///   - format: The format; ``LogFormat/detected(in:)`` finds it.
    ///   - mapping: The names of fields, for JSON lines and logfmt.
    ///   - zone: The zone of times without one.
    ///   - observedTime: When the log is read, in nanoseconds since 1970 UTC: the time of records without one, and the year of
    ///     times without one.
    public init(
        format: LogFormat, mapping: LogFieldMapping = LogFieldMapping(), zone: ZoneRules = .utc, observedTime: Int64
    ) {
        self.format = format
        start = LogCheckpoint(format: format.rawValue)
        names = FieldNames(mapping)
        clock = LogClock(zone: zone, observedTime: observedTime)
        json = JSONRecordReader(mapping: mapping)
    }

    /// Takes the next bytes of the log and appends the records that they complete.
    public mutating func read(_ chunk: UnsafeRawBufferPointer, into batch: inout LogBatch) {
        var start = 0
        while start < chunk.count {
            let end = min(start + Self.pieceSize, chunk.count)
            take(UnsafeRawBufferPointer(rebasing: chunk[start..<end]), isAtEnd: false, into: &batch)
            start = end
        }
        counts.bytes += Int64(chunk.count)
    }

    /// Takes the next bytes of the log.
    public mutating func read(_ chunk: [UInt8], into batch: inout LogBatch) {
        chunk.withUnsafeBytes { read($0, into: &batch) }
    }

    /// Ends the log and appends the records that were not complete.
    ///
    /// Nothing can be read after it.
    public mutating func finish(into batch: inout LogBatch) {
        take(UnsafeRawBufferPointer(start: nil, count: 0), isAtEnd: true, into: &batch)
        closeOpenRecord(into: &batch)
    }

    private mutating func take(_ piece: UnsafeRawBufferPointer, isAtEnd: Bool, into batch: inout LogBatch) {
        var framing = LineFraming()
        swap(&framing, &self.framing)
        framing.take(piece)
        framing.cut(format, isAtEnd: isAtEnd)
        counts.lines += Int64(framing.lines.count + framing.lost)
        counts.skippedLines += Int64(framing.lost)
        for fault in framing.faults { faults.add(fault.kind, line: fault.line) }
        framing.buffer.withUnsafeBytes { buffer in
            switch format {
            case .plain: for line in framing.lines { takePlain(line, in: buffer, into: &batch) }
            case .json, .otlpJSON: takeJSON(framing.lines, in: buffer, into: &batch)
            case .otlpProtobuf:
                let areRequests = framing.frames.kind == .counted
                for line in framing.lines { takeProtobuf(line, isRequest: areRequests, in: buffer, into: &batch) }
            case .syslog: for line in framing.lines { takeSyslog(line, in: buffer, into: &batch) }
            case .logfmt: for line in framing.lines { takeLogfmt(line, in: buffer, into: &batch) }
            case .access: for line in framing.lines { takeAccess(line, in: buffer, into: &batch) }
            }
        }
        framing.compact()
        swap(&framing, &self.framing)
    }

    /// Counts a record and appends it.
    mutating func append(_ record: LogRecord, into batch: inout LogBatch, ofNewLines: Bool = true) {
        counts.records += 1
        if ofNewLines { counts.linesOfRecords += Int64(record.lines) }
        if record.lines > 1 { counts.multilineRecords += 1 }
        if record.time == LogRecord.noTime {
            counts.recordsWithoutTime += 1
        } else {
            counts.earliest = min(counts.earliest ?? record.time, record.time)
            counts.latest = max(counts.latest ?? record.time, record.time)
            let (ahead, overflow) = record.time.subtractingReportingOverflow(record.observedTime)
            if overflow ? record.time > 0 : ahead > Self.clockTolerance {
                faults.add(.aheadOfObservation, line: record.line)
            }
        }
        let outcome = batch.outcome(of: record)
        var record = record
        var level = 0
        record.messageCount = batch.bytes.withUnsafeBytes { bytes in
            let rest = Int(record.body.count) - Int(record.messageOffset)
            guard rest > 0, let base = bytes.baseAddress else { return 0 }
            let start = base + Int(record.body.start) + Int(record.messageOffset)
            let text = UnsafeRawBufferPointer(start: start, count: rest)
            if let inner = InnerMessage.range(in: text) {
                if record.severityNumber == 0 { level = InnerMessage.severityNumber(in: text) }
                record.messageOffset += UInt32(truncatingIfNeeded: inner.lowerBound)
                return UInt32(truncatingIfNeeded: inner.count)
            }
            return UInt32(truncatingIfNeeded: memchr(start, 0x0A, rest).map { UnsafeRawPointer($0) - start } ?? rest)
        }
        if level > 0 { record.severityNumber = UInt8(truncatingIfNeeded: level) }
        record.outcome = outcome
        if record.severityNumber == 0 { record.severityNumber = outcome.severityNumber }
        batch.records.append(record)
    }
}
