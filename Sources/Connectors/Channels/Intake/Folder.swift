internal import Glibc
internal import Records

/// Folders and files of a channel.
enum Folder {
    /// Whether there is a folder at a path.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, but `.` and `..`, in order.
    static func names(_ path: String) throws(RecordError) -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT { throw .missingFile(file: path) }
            throw .unreadable(file: path, reason: String(cString: strerror(errno)))
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The first bytes of a file; fewer where it has no more, or cannot be read.
    static func start(of path: String, count: Int) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, read(descriptor, buffer.baseAddress, count))
        }
    }

    /// Reads a file in chunks; the first error of `body` ends it.
    static func readChunks(
        at path: String, _ body: (UnsafeRawBufferPointer) throws(ChannelError) -> Void
    ) throws(ChannelError) {
        var failure: ChannelError?
        try ChannelError.reading { () throws(RecordError) in
            try RecordFile.readChunks(at: path) { chunk in
                guard failure == nil else { return }
                do throws(ChannelError) { try body(chunk) } catch { failure = error }
            }
        }
        if let failure { throw failure }
    }
}
