internal import Glibc

/// Some whole lines of a source, which can be read apart from the others.
public struct LineBlock: Sendable, Equatable {
    /// The lines with their ends; the last line of the source may be without.
    public let bytes: [UInt8]
    /// The number of the first line in its source, from 1.
    public let firstLine: Int

    /// Creates a block.
    public init(bytes: [UInt8], firstLine: Int) {
        self.bytes = bytes
        self.firstLine = firstLine
    }
}

/// Cuts a source into blocks of whole lines, so that several threads can read it.
public struct LineBlockReader: Sendable {
    /// The bytes that are asked for at a time: about those of a block, unless a single line is longer.
    public let size: Int

    /// The start of a line whose end was not read yet.
    private var pending: [UInt8] = []
    private var nextLine = 1
    private var isAtEnd = false

    /// Creates a reader.
    ///
    /// - Parameter size: The bytes of a block, at least 1.
    public init(size: Int) {
        precondition(size >= 1, "a block has at least one byte")
        self.size = size
    }

    /// The next block, or nil at the end of the source.
    ///
    /// - Parameter read: Fills the start of a buffer and returns how many bytes it has filled: 0 at the end of the source.
    /// - Throws: What `read` throws; the bytes that were read for the block are then lost.
    public mutating func next(_ read: (UnsafeMutableRawBufferPointer) throws -> Int) throws -> LineBlock? {
        while !isAtEnd {
            var bytes = try extended(pending, read)
            let newline = UInt8(ascii: "\n")
            guard let end = isAtEnd ? bytes.count : bytes[pending.count...].lastIndex(of: newline).map({ $0 + 1 })
            else {
                pending = bytes
                continue
            }
            pending = Array(bytes[end...])
            bytes.removeSubrange(end...)
            if bytes.isEmpty { break }
            defer { nextLine += Self.count(of: newline, in: bytes) }
            return LineBlock(bytes: bytes, firstLine: nextLine)
        }
        return nil
    }

    private mutating func extended(
        _ start: [UInt8], _ read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws -> [UInt8] {
        var isAtEnd = false
        defer { self.isAtEnd = isAtEnd }
        return try [UInt8](unsafeUninitializedCapacity: start.count + size) { buffer, filled in
            filled = buffer.update(fromContentsOf: start)
            // A pipe gives less than is asked for; small blocks would cost more than they hold.
            while filled < start.count + size, !isAtEnd {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let count = try read(rest)
                filled += count
                isAtEnd = count == 0
            }
        }
    }

    private static func count(of byte: UInt8, in bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { bytes in
            var count = 0
            var start = 0
            while start < bytes.count, let base = bytes.baseAddress,
                let hit = memchr(base + start, Int32(byte), bytes.count - start)
            {
                count += 1
                start = UnsafeRawPointer(hit) - base + 1
            }
            return count
        }
    }
}
