internal import Glibc
internal import Records

/// Cuts a stream of bytes into the lines or messages of a format; where a chunk ends makes no difference.
///
/// The buffer holds what is not handed out yet, followed by readable padding. At most the beginning of an endless line
/// is held.
struct LineFraming: Sendable {
    /// One line or message in the buffer.
    struct Line: Sendable, BitwiseCopyable {
        var start: Int
        var count: Int
        var position: Int64
        /// The position after its end.
        var end: Int64
        /// From 1.
        var number: Int64
        var isCut = false
    }

    /// The number of bytes of a line that are held.
    static let longestLine = 1 << 20
    /// The number of bytes of a message of a format that holds many records in one.
    static let longestMessage = 32 << 20
    /// What a parser may read beyond a line.
    static let padding = 64

    var buffer: [UInt8] = []
    /// The number of bytes in the buffer before the padding.
    var count = 0
    var lines: [Line] = []
    /// Where the first byte that is not handed out lies in the source.
    var position: Int64 = 0
    var number: Int64 = 0
    /// How far the buffer was searched for the end of the line that begins at 0.
    var searched = 0
    /// The bytes of that line that were not kept.
    var dropped = 0
    var faults: [(kind: LogFault.Kind, line: Int64)] = []
    var json = JSONDocumentState()
    var frames = FrameState()
    /// The messages that could not be handed out.
    var lost = 0
    /// The bytes at the start of the buffer that were handed out.
    var consumed = 0
    /// Whether the last line that was handed out has no end.
    var endsWithinLine = false
    /// Whether what comes up to a line end belongs to a line that was handed out before.
    var isPassingLine = false
    /// The number of bytes that are held of a line or message.
    private var limit = Self.longestLine

    /// Finds the lines or messages that end in the buffer.
    mutating func cut(_ format: LogFormat, isAtEnd: Bool) {
        switch format {
        case .otlpProtobuf:
            limit = Self.longestMessage
            return cutMessages(isAtEnd: isAtEnd)
        case .otlpJSON:
            limit = Self.longestMessage
            cutDocuments(isAtEnd: isAtEnd)
        case .syslog: cutFrames(isAtEnd: isAtEnd)
        case .json, .logfmt, .access, .plain: cutLines(isAtEnd: isAtEnd)
        }
        holdBack()
    }

    /// Drops the lines of before and takes more bytes.
    mutating func take(_ chunk: UnsafeRawBufferPointer) {
        var chunk = chunk
        if isPassingLine {
            let end = chunk.firstIndex(of: 0x0A)
            isPassingLine = end == nil
            let passed = end.map { $0 + 1 } ?? chunk.count
            position += Int64(passed)
            chunk = UnsafeRawBufferPointer(rebasing: chunk[passed...])
        }
        buffer.removeSubrange(count...)
        buffer.reserveCapacity(count + chunk.count + Self.padding)
        buffer.append(contentsOf: chunk)
        count += chunk.count
        buffer.append(contentsOf: repeatElement(0, count: Self.padding))
    }

    /// Passes over whole lines that come next and are not handed out; the buffer is empty.
    mutating func pass(lines: Int64, bytes: Int) {
        number += lines
        position += Int64(bytes)
    }

    /// Finds the lines that end in the buffer.
    mutating func cutLines(isAtEnd: Bool) {
        var start = 0
        while let end = lineEnd(from: max(start, searched)) ?? (isAtEnd && (start < count || dropped > 0) ? count : nil)
        {
            add(from: start, to: end, after: min(end + 1, count))
            start = min(end + 1, count)
            searched = start
            if end == count {
                endsWithinLine = true
                break
            }
        }
        searched = count
        consumed = start
    }

    /// Lets go of what is too much of a line that has not ended.
    private mutating func holdBack() {
        // A CR before the LF is no part of the line, so one byte more than the longest line is kept.
        guard consumed == 0, count > limit + 1 else { return }
        dropped += count - limit - 1
        buffer.replaceSubrange(limit + 1..<count, with: [])
        count = limit + 1
        searched = count
    }

    /// Forgets what was handed out.
    mutating func compact() {
        lines.removeAll(keepingCapacity: true)
        faults.removeAll()
        lost = 0
        guard consumed > 0 else { return }
        buffer.removeSubrange(..<consumed)
        count -= consumed
        searched = max(0, searched - consumed)
        consumed = 0
    }

    func lineEnd(from start: Int) -> Int? {
        guard start < count else { return nil }
        return buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            return memchr(base + start, 0x0A, count - start).map { UnsafeRawPointer($0) - base }
        }
    }

    /// Adds a line between two places of the buffer, after so many bytes that are no part of it; the next one begins at
    /// `next`.
    mutating func add(from start: Int, to end: Int, after next: Int, head: Int = 0, isText: Bool = true) {
        // A byte order mark is no part of the first line.
        let mark = position == 0 && number == 0 && head == 0 ? ByteOrderMark.count(buffer[start..<end]) : 0
        let start = start + mark
        var length = end - start
        if isText, dropped == 0, length > 0, buffer[end - 1] == 0x0D { length -= 1 }
        let isCut = length > limit || dropped > 0
        number += 1
        let after = position + Int64(head + mark + next - start + dropped)
        lines.append(
            Line(
                start: start, count: min(length, limit), position: position, end: after, number: number,
                isCut: isCut))
        position = after
        dropped = 0
    }
}
