internal import Glibc
public import Records

extension LogReader {
    /// Where reading stands now; what was begun and is not handed out yet comes after it.
    public var checkpoint: LogCheckpoint {
        var checkpoint = start
        checkpoint.position = open?.record.position ?? framing.position
        let begun = open.map { Int64($0.record.lines) + Int64($0.blankLines) } ?? 0
        checkpoint.lines += counts.lines - begun
        checkpoint.records += counts.records
        checkpoint.skippedLines += counts.skippedLines
        checkpoint.passedLines += counts.passedLines
        checkpoint.stampedShare = open.map(\.stampedShareBefore) ?? stampedShare
        checkpoint.isDayFirst = clock.isDayFirst
        checkpoint.layouts = columns.layouts
        checkpoint.frames = framing.frames.kind.rawValue
        checkpoint.skippedBytes = Int64(framing.frames.skipped)
        checkpoint.isWithinLine = framing.endsWithinLine || (open == nil && framing.isPassingLine)
        return checkpoint
    }

    /// Creates a reader that goes on where another one stood.
    ///
    /// - Parameters:
    ///   - checkpoint: Where it stood; the first bytes to be read are those at its position.
    ///   - format: The format of the checkpoint.
    public init(
        resuming checkpoint: LogCheckpoint, format: LogFormat, mapping: LogFieldMapping = LogFieldMapping(),
        zone: ZoneRules = .utc, observedTime: Int64
    ) {
        self.init(format: format, mapping: mapping, zone: zone, observedTime: observedTime)
        start = checkpoint
        stampedShare = checkpoint.stampedShare
        clock.isDayFirst = checkpoint.isDayFirst ?? false
        columns.layouts = checkpoint.layouts ?? []
        framing.position = checkpoint.position
        framing.number = checkpoint.lines
        framing.frames.kind = FrameState.Kind(rawValue: checkpoint.frames) ?? .unknown
        framing.frames.skipped = Int(clamping: checkpoint.skippedBytes)
        framing.isPassingLine = checkpoint.isWithinLine
    }

    /// Appends the record that might have gone on, as when nothing has come for a while.
    public mutating func flush(into batch: inout LogBatch) {
        closeOpenRecord(into: &batch)
    }

    /// Takes the next bytes of the log, of which all lines but those at the ends are counted and not read.
    ///
    /// - Returns: The number of lines that were only counted; none in a format that has no lines.
    public mutating func pass(_ chunk: UnsafeRawBufferPointer, into batch: inout LogBatch) -> Int64 {
        guard ![.otlpJSON, .otlpProtobuf, .syslog].contains(format), let first = chunk.firstIndex(of: 0x0A),
            let last = chunk.lastIndex(of: 0x0A), first < last, let base = chunk.baseAddress
        else {
            read(chunk, into: &batch)
            return 0
        }
        read(UnsafeRawBufferPointer(rebasing: chunk[...first]), into: &batch)
        closeOpenRecord(into: &batch)
        var lines: Int64 = 0
        var place = first + 1
        while place <= last, let end = memchr(base + place, 0x0A, last + 1 - place) {
            lines += 1
            place = UnsafeRawPointer(end) - base + 1
        }
        counts.bytes += Int64(last - first)
        counts.lines += lines
        counts.passedLines += lines
        framing.pass(lines: lines, bytes: last - first)
        read(UnsafeRawBufferPointer(rebasing: chunk[(last + 1)...]), into: &batch)
        return lines
    }
}
