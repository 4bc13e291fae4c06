internal import Glibc

/// A regular file that is read whole, or written whole and pressed to the disk.
struct StoredFile {
    /// The path, absolute or from the working directory.
    let path: String

    /// The content.
    ///
    /// - Parameter limit: The largest size in bytes that memory is set aside for.
    /// - Throws: ``ModelFileError`` for a file that is missing, unreadable, too large or none.
    func read(limit: Int) throws(ModelFileError) -> [UInt8] {
        // Without O_NONBLOCK a pipe in the file's place would be waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .missingFile(file: path) }
            throw .unreadable(file: path, code: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .readFailed(file: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(file: path) }
        let size = Int(status.st_size)
        guard size <= limit else { throw .tooLarge(file: path, bytes: size, limit: limit) }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            while filled < buffer.count, let base = buffer.baseAddress {
                let got = Glibc.read(descriptor, base + filled, buffer.count - filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { return }
                filled += got
            }
        }
        guard failure == 0 else { throw .readFailed(file: path, code: failure) }
        return bytes
    }

    /// Creates the file, which must not exist, with a content.
    ///
    /// - Throws: ``ModelFileError/cannotCreate(path:code:)`` or ``ModelFileError/cannotWrite(file:code:)``.
    func create(_ bytes: [UInt8]) throws(ModelFileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .cannotCreate(path: path, code: errno) }
        defer { close(descriptor) }
        try write(bytes, to: descriptor)
    }

    /// Writes a content to an open descriptor and waits until it is on the disk.
    func write(_ bytes: [UInt8], to descriptor: Int32) throws(ModelFileError) {
        var failure: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, let base = buffer.baseAddress {
                let put = Glibc.write(descriptor, base + written, buffer.count - written)
                if put < 0, errno == EINTR { continue }
                if put < 0 {
                    failure = errno
                    return
                }
                written += put
            }
        }
        if failure == 0, fsync(descriptor) != 0 { failure = errno }
        guard failure == 0 else { throw .cannotWrite(file: path, code: failure) }
    }
}
