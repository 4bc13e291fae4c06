internal import Glibc

/// Cuts chunks of bytes into lines that are followed by readable padding.
struct LineSplitter {
    /// One line, valid while it is handled.
    struct Line {
        let bytes: UnsafeRawBufferPointer
        /// From 1.
        let number: Int
        /// Whether a line end follows.
        let isEnded: Bool
    }

    private var pending: [UInt8] = []
    private var number: Int

    /// Begins after some lines of the source.
    init(afterLine number: Int = 0) {
        self.number = number
    }

    /// Takes a chunk and calls `body` with each line that it completes, without its LF or CRLF.
    ///
    /// When `body` throws, the rest of the chunk is dropped.
    mutating func feed<Failure>(
        _ chunk: some Collection<UInt8>, _ body: (Line) throws(Failure) -> Void
    ) throws(Failure) {
        pending.reserveCapacity(pending.count + chunk.count + JSONLineParser.padding)
        pending.append(contentsOf: chunk)
        try split(isAtEnd: false, body)
    }

    /// Calls `body` with what is left after the last line end, if anything.
    mutating func finish<Failure>(_ body: (Line) throws(Failure) -> Void) throws(Failure) {
        try split(isAtEnd: true, body)
    }

    private mutating func split<Failure>(
        isAtEnd: Bool, _ body: (Line) throws(Failure) -> Void
    ) throws(Failure) {
        let count = pending.count
        // The parser reads beyond the line, so the buffer always owns that much more.
        pending.append(contentsOf: repeatElement(0, count: JSONLineParser.padding))
        var start = 0
        var number = number
        var failure: Failure?
        pending.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            do throws(Failure) {
                while start < count {
                    let hit = memchr(base + start, 0x0A, count - start).map { UnsafeRawPointer($0) - base }
                    guard let end = hit ?? (isAtEnd ? count : nil) else { return }
                    number += 1
                    if number == 1 { start += ByteOrderMark.count(buffer[start..<end]) }
                    let isCarriageReturn = end > start && buffer[end - 1] == 0x0D
                    let line = UnsafeRawBufferPointer(rebasing: buffer[start..<(isCarriageReturn ? end - 1 : end)])
                    start = end + 1
                    try body(Line(bytes: line, number: number, isEnded: hit != nil))
                }
            } catch {
                failure = error
            }
        }
        self.number = number
        pending.removeSubrange(count...)
        pending.removeSubrange(..<min(start, count))
        if let failure { throw failure }
    }
}
