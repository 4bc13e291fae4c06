internal import Logs
internal import Records

/// One log that is being read.
final class OpenLog {
    let slot: Int
    let file: LogFile
    private var stream: LogStream
    private var source: LogSource
    /// The bytes of the file that were read, packed or not.
    private var position: Int64
    /// When bytes last came, in nanoseconds since 1970 UTC.
    private var lastRead: Int64
    private var isFlushed = true
    /// The last change of the file after which its beginning was looked at.
    private var checkedChange: Int64 = 0
    /// The beginning of a pipe, which was read to know it.
    private var pending: [UInt8]

    private init(
        _ file: LogFile, slot: Int, _ stream: consuming LogStream, _ source: LogSource, position: Int64,
        pending: [UInt8], at now: Int64
    ) {
        self.file = file
        self.slot = slot
        self.stream = stream
        self.source = source
        self.position = position
        self.pending = pending
        lastRead = now
    }

    /// Begins to read a file as what it was claimed for; nil when the format of its source is not known.
    ///
    /// - Parameters:
    ///   - start: The bytes of a pipe that were read already.
    ///   - now: The time, in nanoseconds since 1970 UTC.
    static func open(
        _ file: LogFile, slot: Int, _ claim: KnownSources.Claim, start: [UInt8],
        _ settings: IngestService.Settings, at now: Int64
    ) -> OpenLog? {
        switch claim {
        case .new(let source):
            let stream = LogStream(
                format: settings.format, mapping: settings.mapping, zone: settings.zone, observedTime: now)
            return OpenLog(file, slot: slot, stream, source, position: 0, pending: start, at: now)
        case .resumed(let source):
            let isAgain = !file.isRegular || file.isGzip
            let stream = LogStream(
                resuming: source.checkpoint, skipping: isAgain, mapping: settings.mapping, zone: settings.zone,
                observedTime: now)
            guard let stream else { return nil }
            let position = isAgain ? 0 : source.checkpoint.position
            if file.isRegular { file.seek(to: position) }
            return OpenLog(file, slot: slot, stream, source, position: position, pending: start, at: now)
        }
    }

    /// The bytes that are still to be read; 0 for a pipe.
    var backlog: Int64 { file.size - position }

    /// Whether the file was emptied after it was read, and perhaps filled again since.
    func wasEmptied() -> Bool {
        guard file.isRegular else { return false }
        if file.size < position { return true }
        let change = file.lastChange
        guard change != checkedChange, position > 0, !file.isGzip else { return false }
        checkedChange = change
        return LogSource.Head(file.bytes(at: 0, count: source.head.count)) != source.head
    }

    var faults: LogFaults { stream.faults }
    var counts: LogCounts { stream.counts }

    /// Reads the next bytes into a batch; nil on an error.
    ///
    /// - Parameters:
    ///   - isPassing: Whether most lines are only counted.
    ///   - now: The time, in nanoseconds since 1970 UTC.
    ///   - isAskedToEnd: Whether to wait for no more bytes.
    /// - Returns: The bytes, 0 at the end for now, and the lines that were only counted.
    func read(
        into batch: inout LogBatch, _ buffer: UnsafeMutableRawBufferPointer, isPassing: Bool, at now: Int64,
        unless isAskedToEnd: () -> Bool
    ) -> (bytes: Int, passed: Int64)? {
        stream.observedTime = now
        if !pending.isEmpty {
            let bytes = pending
            pending = []
            stream.read(bytes, into: &batch)
            return (bytes.count, 0)
        }
        guard let count = file.read(into: buffer, unless: isAskedToEnd) else { return nil }
        guard count > 0 else { return (0, 0) }
        position += Int64(count)
        lastRead = stream.observedTime
        isFlushed = false
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        guard isPassing else {
            stream.read(bytes, into: &batch)
            return (count, 0)
        }
        return (count, stream.pass(bytes, into: &batch))
    }

    /// Appends the record that might have gone on when nothing has come for two seconds.
    func flushIfIdle(into batch: inout LogBatch, at now: Int64) -> Bool {
        guard !isFlushed, now - lastRead > 2_000_000_000 else { return false }
        isFlushed = true
        stream.flush(into: &batch)
        return true
    }

    func finish(into batch: inout LogBatch) {
        stream.finish(into: &batch)
    }

    /// The source with where its reading stands; nil as long as its format is not known.
    func known() -> LogSource? {
        guard let checkpoint = stream.checkpoint else { return nil }
        if source.head.count < LogSource.Head.longest, file.isRegular { source.head = LogStream.head(of: file.start) }
        source.checkpoint = checkpoint
        return source
    }
}
