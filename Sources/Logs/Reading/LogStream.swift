public import Records

/// Reads the records of one log whose format need not be known, gzip or not, in UTF-8 or, with its byte order mark, in UTF-16.
///
/// Positions in a log in UTF-16 are those in its UTF-8.
///
/// The first bytes are held until there are ``LogFormat/detectionBytes`` of them or the log ends; then a ``LogReader``
/// takes over.
public struct LogStream: ~Copyable {
    /// What was wrong so far, the faults of gzip among them.
    public var faults: LogFaults {
        var faults = reader.faults
        if let fault = gunzip?.fault { faults.add(fault, line: reader.counts.lines) }
        return faults
    }

    /// What was read so far.
    public var counts: LogCounts { reader.counts }
    /// The format; nil as long as it is not known.
    public var format: LogFormat? { isFormatKnown ? reader.format : nil }
    /// Whether the log is packed by gzip.
    public var isGzip: Bool { gunzip != nil }

    private var reader: LogReader
    private var gunzip: Gunzip?
    private var isGzipKnown = false
    private var utf16: UTF16Text?
    private var isEncodingKnown = false
    private var isFormatKnown: Bool
    private var head: [UInt8] = []
    /// The bytes before a checkpoint that are still to come.
    private var toSkip: Int64 = 0
    private let settings: Settings

    private struct Settings {
        let mapping: LogFieldMapping
        let zone: ZoneRules
    }

    /// Creates a stream at the start of a log.
    ///
    /// - Parameters:
    ///   - format: The format; nil to find it.
    ///   - mapping: The names of fields, for JSON lines and logfmt.
    ///   - zone: The zone of times without one.
    ///   - observedTime: When the log is read, in nanoseconds since 1970 UTC.
    public init(
        format: LogFormat? = nil, mapping: LogFieldMapping = LogFieldMapping(), zone: ZoneRules = .utc,
        observedTime: Int64
    ) {
        isFormatKnown = format != nil
        settings = Settings(mapping: mapping, zone: zone)
        reader = LogReader(format: format ?? .plain, mapping: mapping, zone: zone, observedTime: observedTime)
    }

    /// Creates a stream that goes on where another one stood.
    ///
    /// - Parameters:
    ///   - checkpoint: Where it stood.
    ///   - skipping: Whether the log is read from its start again, so that what comes before the checkpoint is passed over;
    ///     otherwise the first bytes are those at its position.
    /// - Returns: nil when the format of the checkpoint is not known.
    public init?(
        resuming checkpoint: LogCheckpoint, skipping: Bool, mapping: LogFieldMapping = LogFieldMapping(),
        zone: ZoneRules = .utc, observedTime: Int64
    ) {
        guard let format = LogFormat(rawValue: checkpoint.format) else { return nil }
        isFormatKnown = true
        isGzipKnown = !skipping
        isEncodingKnown = !skipping
        toSkip = skipping ? checkpoint.position : 0
        settings = Settings(mapping: mapping, zone: zone)
        reader = LogReader(
            resuming: checkpoint, format: format, mapping: mapping, zone: zone, observedTime: observedTime)
    }

    /// The bytes of a file that tell its beginning, gzip or not.
    public static let headBytes = 1 << 14

    /// Whether bytes begin as gzip does.
    public static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { Gunzip.isGzip($0) } }

    /// Whether bytes begin no log: with zero bytes and other controls, as a database, a program or an image does.
    ///
    /// As Perl's `-B` has it, more than a third of the characters are controls or no UTF-8. Zeros at the very start do not count: they
    /// are the hole that a log has which was emptied while it was written.
    ///
    /// - Parameter bytes: The first ``headBytes`` of the file, gzip or not, or all of it.
    public static func isBinary(_ bytes: [UInt8]) -> Bool {
        let start = decoded(isGzip(bytes) ? unpacked(bytes, count: headBytes) : bytes)
        let text = start.drop { $0 == 0 }
        guard text.contains(0), !start.withUnsafeBytes(LogFormat.isProtobuf) else { return false }
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        let strange = scalars.count(where: {
            $0 == "\u{FFFD}" || ($0.value < 0x20 && !(8...13 ~= $0.value || $0.value == 0x1B))
        })
        return 3 * strange > scalars.count
    }

    /// Whether bytes begin as a text in UTF-16 with its byte order mark does.
    public static func isUTF16(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { UTF16Text($0) != nil } }

    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        guard var text = bytes.withUnsafeBytes({ UTF16Text($0) }) else { return bytes }
        return text.decoded(bytes.dropFirst(UTF16Text.markBytes))
    }

    /// The beginning of a log.
    ///
    /// - Parameters:
    ///   - bytes: The first ``headBytes`` of the file, or all of it.
    ///   - count: The number of bytes without the wrapper of gzip, at most ``LogSource/Head/longest``; fewer when the log is
    ///     shorter.
    public static func head(of bytes: [UInt8], count: Int = LogSource.Head.longest) -> LogSource.Head {
        LogSource.Head(isGzip(bytes) ? unpacked(bytes, count: count) : Array(bytes.prefix(count)))
    }

    /// The first bytes of a log without the wrapper of gzip.
    ///
    /// - Parameters:
    ///   - bytes: The first bytes of the file, which is packed by gzip.
    ///   - count: The most bytes to give.
    public static func unpacked(_ bytes: [UInt8], count: Int) -> [UInt8] {
        var start: [UInt8] = []
        bytes.withUnsafeBytes { packed in
            Gunzip().feed(packed) { start += $0.prefix(max(0, count - start.count)) }
        }
        return start
    }

    /// Where reading stands; nil as long as the format is not known.
    public var checkpoint: LogCheckpoint? { isFormatKnown ? reader.checkpoint : nil }

    /// Appends the record that might have gone on, as when nothing has come for a while; see ``LogReader/flush(into:)``.
    ///
    /// Of a log so short that its format is not known yet, what has come decides.
    public mutating func flush(into batch: inout LogBatch) {
        if isGzipKnown, !isFormatKnown, !head.isEmpty { beginReading(isWhole: true, into: &batch) }
        reader.flush(into: &batch)
    }

    /// Takes the next bytes of the log, most lines of which are only counted; see ``LogReader/pass(_:into:)``.
    public mutating func pass(_ chunk: UnsafeRawBufferPointer, into batch: inout LogBatch) -> Int64 {
        guard isReading else {
            read(chunk, into: &batch)
            return 0
        }
        return reader.pass(chunk, into: &batch)
    }

    /// Whether the next bytes are the reader's as they are.
    private var isReading: Bool {
        isGzipKnown && isEncodingKnown && isFormatKnown && gunzip == nil && utf16 == nil && toSkip == 0
    }

    /// When the next chunks are observed, in nanoseconds since 1970 UTC.
    public var observedTime: Int64 {
        get { reader.observedTime }
        set { reader.observedTime = newValue }
    }

    /// Takes the next bytes of the log and appends the records that they complete.
    public mutating func read(_ chunk: UnsafeRawBufferPointer, into batch: inout LogBatch) {
        if isReading { return reader.read(chunk, into: &batch) }
        if !isGzipKnown {
            head.append(contentsOf: chunk)
            guard head.count > 2 else { return }
            beginUnpacking(into: &batch)
        } else {
            unpack(chunk, into: &batch)
        }
    }

    /// Takes the next bytes of the log.
    public mutating func read(_ chunk: [UInt8], into batch: inout LogBatch) {
        chunk.withUnsafeBytes { read($0, into: &batch) }
    }

    /// Ends the log and appends the records that were not complete.
    public mutating func finish(into batch: inout LogBatch) {
        if !isGzipKnown { beginUnpacking(into: &batch) }
        gunzip?.finish()
        if let rest = utf16?.finish(), !rest.isEmpty { rest.withUnsafeBytes { takeText($0, into: &batch) } }
        if !isFormatKnown { beginReading(isWhole: true, into: &batch) }
        reader.finish(into: &batch)
    }

    private mutating func beginUnpacking(into batch: inout LogBatch) {
        isGzipKnown = true
        let first = head
        head = []
        first.withUnsafeBytes {
            if Gunzip.isGzip($0) { gunzip = Gunzip() }
            unpack($0, into: &batch)
        }
    }

    private mutating func unpack(_ chunk: UnsafeRawBufferPointer, into batch: inout LogBatch) {
        guard let gunzip else { return take(chunk, into: &batch) }
        gunzip.feed(chunk) { take($0, into: &batch) }
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer, into batch: inout LogBatch) {
        var bytes = bytes
        if !isEncodingKnown, !bytes.isEmpty {
            isEncodingKnown = true
            utf16 = UTF16Text(bytes)
            if utf16 != nil { bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(UTF16Text.markBytes)) }
        }
        guard let text = utf16?.decoded(bytes) else { return takeText(bytes, into: &batch) }
        text.withUnsafeBytes { takeText($0, into: &batch) }
    }

    private mutating func takeText(_ bytes: UnsafeRawBufferPointer, into batch: inout LogBatch) {
        let skipped = Int(min(toSkip, Int64(bytes.count)))
        toSkip -= Int64(skipped)
        let bytes = UnsafeRawBufferPointer(rebasing: bytes[skipped...])
        if isFormatKnown { return reader.read(bytes, into: &batch) }
        head.append(contentsOf: bytes)
        if head.count >= LogFormat.detectionBytes { beginReading(isWhole: false, into: &batch) }
    }

    private mutating func beginReading(isWhole: Bool, into batch: inout LogBatch) {
        isFormatKnown = true
        let first = head
        head = []
        first.withUnsafeBytes {
            let start = UnsafeRawBufferPointer(rebasing: $0.prefix(LogFormat.detectionBytes))
            reader = LogReader(
                format: LogFormat.detected(in: start, isWhole: isWhole && $0.count <= LogFormat.detectionBytes),
                mapping: settings.mapping, zone: settings.zone, observedTime: reader.observedTime)
            reader.clock.isDayFirst = LogFormat.isDayFirst(in: start)
            if reader.format == .plain { reader.countColumns(of: start) }
            reader.read($0, into: &batch)
        }
    }
}
