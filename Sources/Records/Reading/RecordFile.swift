internal import Glibc

/// A file of records, read whole.
public struct RecordFile: Sendable {
    /// The path, as it stands in error messages.
    public let path: String
    /// The content.
    public let bytes: [UInt8]

    /// Creates a file from bytes that are already in memory.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Reads a file.
    ///
    /// The content is copied rather than mapped: a mapped file that another process cuts short kills the reader.
    ///
    /// - Parameter path: The path, absolute or from the working directory.
    /// - Throws: ``RecordError/missingFile(file:others:)``, ``RecordError/notAFile(file:)`` or
    ///   ``RecordError/unreadable(file:reason:)``.
    public init(reading path: String) throws(RecordError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .missingFile(file: path) }
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(file: path) }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, filled in
            while filled < buffer.count, let base = buffer.baseAddress {
                let got = Glibc.read(descriptor, base + filled, buffer.count - filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { return }
                filled += got
            }
        }
        if failure != 0 { throw .unreadable(file: path, reason: String(cString: strerror(failure))) }
        self.init(path: path, bytes: bytes)
    }

    /// Whether there is a regular file at a path.
    public static func exists(at path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
