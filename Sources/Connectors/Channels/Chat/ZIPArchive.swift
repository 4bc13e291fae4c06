internal import CZlib
internal import Glibc
internal import Records

/// Reads files out of a ZIP archive (PKWARE APPNOTE 6.3): stored or deflated, not encrypted, below 4 GB.
final class ZIPArchive {
    /// A file of the archive.
    struct Entry {
        /// The path in the archive.
        let name: String
        let method: UInt16
        let isEncrypted: Bool
        let packed: Int
        let size: Int
        let offset: Int
    }

    /// The most files of an archive.
    static let mostEntries = 200_000

    /// The path of the archive.
    let path: String
    /// The files, in the order of the archive's list.
    let entries: [Entry]
    private let descriptor: Int32

    /// Opens an archive and reads its list of files.
    ///
    /// - Throws: ``RecordError``.
    init(reading path: String) throws(RecordError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            entries = []
            if errno == ENOENT || errno == ENOTDIR { throw .missingFile(file: path) }
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        entries = try Self.entries(descriptor, path)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private static func damaged(_ path: String, _ reason: String) -> RecordError {
        .unreadable(file: path, reason: "no whole ZIP archive: \(reason)")
    }

    private static func entries(_ descriptor: Int32, _ path: String) throws(RecordError) -> [Entry] {
        let length = Int(lseek(descriptor, 0, SEEK_END))
        // The end of the list is the last thing but a comment.
        let tailLength = min(length, 22 + 65_535)
        let tail = try read(descriptor, at: length - tailLength, tailLength, path)
        guard
            let end = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
                number(tail, $0, 4) == 0x0605_4B50
            })
        else { throw damaged(path, "the list of its files is missing") }
        let (count, size, start) = (number(tail, end + 10, 2), number(tail, end + 12, 4), number(tail, end + 16, 4))
        guard size != 0xFFFF_FFFF, start != 0xFFFF_FFFF, count != 0xFFFF else {
            throw damaged(path, "archives of 4 GB or more are not read")
        }
        guard start + size <= length, size <= mostEntries * 1_024 else {
            throw damaged(path, "the list of its files lies outside of it")
        }
        let list = try read(descriptor, at: start, size, path)
        var entries: [Entry] = []
        var place = 0
        while entries.count < count, place + 46 <= list.count, number(list, place, 4) == 0x0201_4B50 {
            let nameLength = number(list, place + 28, 2)
            let next = place + 46 + nameLength + number(list, place + 30, 2) + number(list, place + 32, 2)
            guard next <= list.count else { break }
            let name = String(decoding: list[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
            entries.append(
                Entry(
                    name: name, method: UInt16(number(list, place + 10, 2)),
                    isEncrypted: number(list, place + 8, 2) & 1 == 1, packed: number(list, place + 20, 4),
                    size: number(list, place + 24, 4), offset: number(list, place + 42, 4)))
            place = next
        }
        guard entries.count == count else { throw damaged(path, "the list of its files is broken") }
        return entries
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - entry: The file.
    ///   - most: The most bytes that it may have.
    /// - Throws: ``RecordError``.
    func read(_ entry: Entry, most: Int) throws(RecordError) -> RecordFile {
        let name = "\(path)/\(entry.name)"
        guard !entry.isEncrypted, entry.method == 0 || entry.method == 8 else {
            throw .unreadable(file: name, reason: "it is encrypted, or packed in another way than deflate")
        }
        guard entry.size <= most, entry.packed <= most else {
            throw .unreadable(file: name, reason: "it has more than \(most) bytes")
        }
        let head = try Self.read(descriptor, at: entry.offset, 30, path)
        guard Self.number(head, 0, 4) == 0x0403_4B50 else { throw Self.damaged(name, "it is not where it should be") }
        let start = entry.offset + 30 + Self.number(head, 26, 2) + Self.number(head, 28, 2)
        let packed = try Self.read(descriptor, at: start, entry.packed, path)
        let bytes = entry.method == 0 ? packed : Self.inflated(packed, to: entry.size)
        guard let bytes, bytes.count == entry.size else { throw Self.damaged(name, "its content is broken") }
        return RecordFile(path: name, bytes: bytes)
    }

    private static func read(_ descriptor: Int32, at offset: Int, _ count: Int, _ path: String) throws(RecordError)
        -> [UInt8]
    {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            while filled < buffer.count, let base = buffer.baseAddress {
                let got = pread(descriptor, base + filled, buffer.count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { return }
                filled += got
            }
        }
        if failure != 0 { throw .unreadable(file: path, reason: String(cString: strerror(failure))) }
        guard bytes.count == count else { throw damaged(path, "it ends too early") }
        return bytes
    }

    /// A number in little-endian order; 0 beyond the end.
    private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        guard place >= 0, place + count <= bytes.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }

    /// Takes deflate off (RFC 1951); nil when it is broken or gives more than so many bytes.
    private static func inflated(_ packed: [UInt8], to size: Int) -> [UInt8]? {
        var stream = z_stream()
        guard czlib_raw_inflate_init(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = packed
        var status = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: size + 1) { output, filled in
            input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                status = inflate(&stream, Z_FINISH)
                filled = output.count - Int(stream.avail_out)
            }
        }
        return status == Z_STREAM_END ? output : nil
    }
}
