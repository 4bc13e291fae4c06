internal import Glibc

/// Cuts a stream of bytes into lines without their LF or CRLF, in bounded memory.
///
/// Of a line longer than `longestLine` only the beginning is handed out. An unfinished last line is a line.
public struct MessageLines: Sendable {
    /// The number of bytes of a line that are handed out at most.
    public static let longestLine = 1 << 20

    private var pending: [UInt8] = []
    /// The number of lines handed out that were longer than ``longestLine``.
    public private(set) var cutLines = 0
    /// The number of lines handed out.
    public private(set) var lines = 0
    private var isUnfinished = false
    private var isCut = false

    /// Creates a splitter at the start of a stream.
    public init() {}

    /// Takes the next bytes of the stream and calls `body` with each line that they complete.
    public mutating func feed(_ chunk: UnsafeRawBufferPointer, _ body: (Span<UInt8>) -> Void) {
        guard let base = chunk.baseAddress else { return }
        var start = 0
        while start < chunk.count {
            guard let hit = memchr(base + start, 0x0A, chunk.count - start) else {
                append(UnsafeRawBufferPointer(rebasing: chunk[start...]))
                return
            }
            let end = UnsafeRawPointer(hit) - base
            let line = UnsafeRawBufferPointer(rebasing: chunk[start..<end])
            if isUnfinished {
                append(line)
                finish(body)
            } else if line.count > Self.longestLine {
                append(line)
                finish(body)
            } else {
                lines += 1
                body(Span(_unsafeElements: Self.withoutReturn(line)))
            }
            start = end + 1
        }
    }

    /// Calls `body` with what follows the last line end, if anything does.
    public mutating func finish(_ body: (Span<UInt8>) -> Void) {
        guard isUnfinished else { return }
        lines += 1
        if isCut { cutLines += 1 }
        pending.withUnsafeBytes { body(Span(_unsafeElements: Self.withoutReturn($0))) }
        pending.removeAll(keepingCapacity: pending.count < 1 << 16)
        isUnfinished = false
        isCut = false
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        isUnfinished = true
        let room = Self.longestLine - pending.count
        pending.append(contentsOf: bytes.prefix(room))
        if bytes.count > room { isCut = true }
    }

    private static func withoutReturn(_ line: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt8> {
        let bytes = line.bindMemory(to: UInt8.self)
        return bytes.last == 0x0D ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
    }
}
