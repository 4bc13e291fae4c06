internal import Glibc

extension ModelRegistry {
    /// Creates a folder and those above it.
    ///
    /// - Returns: The folders that were not there before, outermost first.
    static func createFolders(to path: String) throws(ModelFileError) -> [String] {
        var created: [String] = []
        var prefix = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            prefix += prefix.isEmpty || prefix.hasSuffix("/") ? part : "/\(part)"
            if mkdir(prefix, 0o777) == 0 {
                created.append(prefix)
                continue
            }
            let code = errno
            if !isFolder(prefix) {
                for folder in created.reversed() { rmdir(folder) }
                throw .cannotCreate(path: prefix, code: code)
            }
        }
        return created
    }

    static func createFolder(_ path: String) throws(ModelFileError) {
        guard mkdir(path, 0o777) == 0 else { throw .cannotCreate(path: path, code: errno) }
    }

    /// Creates a folder that nobody else has, beside the model's own.
    func createHiddenFolder(for model: String) throws(ModelFileError) -> String {
        var attempt = 0
        while true {
            let folder = "\(path)/.\(model).\(getpid()).\(attempt)"
            if mkdir(folder, 0o777) == 0 { return folder }
            guard errno == EEXIST else { throw .cannotCreate(path: folder, code: errno) }
            attempt += 1
        }
    }

    /// Waits for the other programs that store into a folder; closing the descriptor lets the next one in.
    ///
    /// The lock keeps `current` from going back to the lower of two numbers. Where the file system has no locks the
    /// versions are still safe, since no rename replaces one, so a failure is passed over.
    static func lock(_ folder: String) -> Int32 {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        return descriptor
    }

    /// Replaces a file by another in one step.
    static func replace(_ file: String, with other: String) throws(ModelFileError) {
        guard rename(other, file) == 0 else { throw .cannotCreate(path: file, code: errno) }
    }

    /// Waits until a folder's entries are on the disk.
    static func synchronize(_ folder: String) throws(ModelFileError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(file: folder, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .cannotWrite(file: folder, code: errno) }
    }

    /// The names of a folder's entries, in no order.
    static func names(in folder: String) throws(ModelFileError) -> [String] {
        guard let stream = opendir(folder) else { throw .cannotCreate(path: folder, code: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a hidden folder with all that the registry has put into it.
    static func remove(_ hidden: String) {
        for file in ["model.safetensors", "model.json", "card.md"] { unlink("\(hidden)/version/\(file)") }
        rmdir("\(hidden)/version")
        unlink("\(hidden)/current")
        rmdir(hidden)
    }
}
