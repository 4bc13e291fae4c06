internal import Glibc

extension RecordFile {
    /// Reads a file in chunks, so that one of any size takes little memory.
    ///
    /// - Parameters:
    ///   - path: The path, absolute or from the working directory.
    ///   - body: Takes each chunk; its bytes are valid while it runs.
    /// - Throws: As ``init(reading:)``.
    public static func readChunks(
        at path: String, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(RecordError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .missingFile(file: path) }
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        // What is looked through at once stays in the cache.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
            if count == 0 { return }
            body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
