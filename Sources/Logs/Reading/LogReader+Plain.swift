internal import CSimdJSON
internal import Glibc
internal import Records

extension LogReader {
    /// The most lines that go on with a record only since the others of the log begin with a time.
    ///
    /// They are as many as there were records to show that, and ten at the start. A record that goes on for longer, or has no room, shows
    /// that its log has no times any more.
    private var mostRest: Int64 { max(10, start.records + counts.records) }

    /// Takes a line of plain text: it goes on with the open record or begins one.
    mutating func takePlain(
        _ line: LineFraming.Line, in buffer: UnsafeRawBufferPointer, into batch: inout LogBatch
    ) {
        let text = UnsafeRawBufferPointer(rebasing: buffer[line.start..<line.start + line.count])
        guard let base = text.baseAddress, memchr(base, ControlSequences.escape, text.count) != nil else {
            return takePlain(text, line, into: &batch)
        }
        ControlSequences.removed(from: text).withUnsafeBytes { takePlain($0, line, into: &batch) }
    }

    private mutating func takePlain(
        _ text: UnsafeRawBufferPointer, _ line: LineFraming.Line, into batch: inout LogBatch
    ) {
        if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return takeBlank(line) }
        if line.isCut { faults.add(.cutLine, line: line.number) }
        let first = text[0]
        var header = first == 0x20 || first == 0x09 ? nil : PlainHeader(text, clock: clock)
        // A number is a time where other lines begin with a time, too.
        if header?.isNumber ?? false, let stampedShare, stampedShare < 0.5 { header = nil }
        let isStamped = header.map { $0.hasStamp } ?? false
        if header?.isDayFirst ?? false { clock.isDayFirst = true }
        if let tag = header?.container, open?.goesOn(with: tag, text) ?? false {
            open?.join(UnsafeRawBufferPointer(rebasing: text[tag.content...]), tag, line)
            return
        }
        if !isStamped, var record = open {
            let looksSo = trace.goesOn(text, isStamped: record.isStamped)
            let hasRoom = record.hasRoom(for: text)
            // Where records have times, a line without one is the rest of what stands above.
            let isRest =
                !looksSo && stampedShare ?? 0 > 0.5 && record.isStamped && (header?.severityNumber ?? 0) == 0
            if isRest, !hasRoom || record.restLines >= mostRest {
                stampedShare = 0
                if !hasRoom { faults.add(.cutRecord, line: line.number) }
            } else if looksSo || isRest {
                if isRest { record.restLines += 1 }
                if hasRoom {
                    open = nil
                    record.append(text, line)
                    if trace.isError, !record.isStamped { record.setMessage(toLast: text.count) }
                    open = record
                    return
                }
                faults.add(.cutRecord, line: line.number)
                begin(text, line, nil, into: &batch)
                open?.isStamped = true
                open?.stampedShareBefore = stampedShare
                return
            }
        }
        let shareBefore = stampedShare
        // One vote a record, so that a long one does not vote against itself.
        noteStamp(isStamped)
        trace.begin(text)
        begin(text, line, header, into: &batch)
        open?.stampedShareBefore = shareBefore
    }

    private mutating func noteStamp(_ isStamped: Bool) {
        let kept = stampedShare == nil ? 0 : 0.9
        stampedShare = (stampedShare ?? 0) * kept + (isStamped ? 1 - kept : 0)
    }

    private mutating func begin(
        _ text: UnsafeRawBufferPointer, _ line: LineFraming.Line, _ header: PlainHeader?, into batch: inout LogBatch
    ) {
        closeOpenRecord(into: &batch)
        var record = PlainRecord()
        swap(&record, &spare)
        record.begin(text, line, header, columns)
        open = record
    }

    /// Counts which columns the headers of the first lines of a log have, so that the first of them is read as the last.
    mutating func countColumns(of start: UnsafeRawBufferPointer) {
        for slice in start.split(separator: 0x0A).dropLast(start.last == 0x0A ? 0 : 1) {
            let line = UnsafeRawBufferPointer(rebasing: slice)
            if HeaderWords.isSpace(line[0]) { continue }
            if line.contains(UInt8(truncatingIfNeeded: ControlSequences.escape)) {
                ControlSequences.removed(from: line).withUnsafeBytes {
                    columns.count(PlainHeader($0, clock: clock).candidates)
                }
            } else {
                columns.count(PlainHeader(line, clock: clock).candidates)
            }
        }
    }

    /// Takes a line with nothing in it, which is a part of the open record when that goes on after it.
    private mutating func takeBlank(_ line: LineFraming.Line) {
        if open?.hasRoom(for: UnsafeRawBufferPointer(start: nil, count: 0)) ?? false {
            open?.blankLines += 1
        } else {
            skipBlank(1, after: line.number - 1)
        }
    }

    /// Counts lines of which no record is made.
    private mutating func skipBlank(_ lines: Int32, after line: Int64) {
        guard lines > 0 else { return }
        counts.skippedLines += Int64(lines)
        for number in 1...Int64(lines) { faults.add(.blankLine, line: line + number) }
    }

    /// Appends the record that might have gone on.
    mutating func closeOpenRecord(into batch: inout LogBatch) {
        guard var plain = open else { return }
        open = nil
        // Not before, so that a reader that goes on from a checkpoint, which reads the open record again, counts it once.
        columns.count(plain.candidates)
        var record = plain.record
        skipBlank(plain.blankLines, after: record.line + Int64(record.lines) - 1)
        plain.bytes.withUnsafeBytes { record.body = batch.append($0) }
        record.severityText = ByteRange(
            start: Int(record.body.start) + plain.severityText.lowerBound, count: plain.severityText.count)
        record.observedTime = clock.observedTime
        if plain.isOutOfRange { faults.add(.timeOutOfRange, line: record.line) }
        plain.bytes.withUnsafeBytes { reportBytes($0, line: record.line) }
        append(record, into: &batch)
        plain.bytes.removeAll(keepingCapacity: plain.bytes.count < 1 << 16)
        swap(&plain, &spare)
    }

    /// Reports bytes that are no text.
    mutating func reportBytes(_ text: UnsafeRawBufferPointer, line: Int64) {
        guard let base = text.baseAddress, text.count > 0 else { return }
        if csimdjson_is_utf8(base.assumingMemoryBound(to: CChar.self), text.count) == 0 {
            faults.add(.invalidUTF8, line: line)
        }
        if memchr(base, 0, text.count) != nil { faults.add(.nulBytes, line: line) }
    }
}
