import Glibc

/// A folder that appears with all its files or not at all.
///
/// The files are written to a folder beside it with a temporary name, which `rename` then puts in place in one step. The system
/// refuses that step when the folder has come to hold something meanwhile.
struct NewFolder {
    enum Failure: Error, Equatable, CustomStringConvertible {
        case notEmpty(path: String)
        case notAFolder(path: String)
        case cannotCreate(path: String, reason: String)
        case cannotWrite(path: String, reason: String)

        var description: String {
            switch self {
            case .notEmpty(let path): "\(path): the folder is not empty"
            case .notAFolder(let path): "\(path): exists and is not a folder"
            case .cannotCreate(let path, let reason): "\(path): cannot create: \(reason)"
            case .cannotWrite(let path, let reason): "\(path): cannot write: \(reason)"
            }
        }

        /// The exit code of sysexits: 74 for failed output, 73 for what cannot be created.
        var exitCode: Int32 {
            if case .cannotWrite = self { return 74 }
            return 73
        }
    }

    let path: String

    func write(_ files: [(name: String, contents: String)]) throws(Failure) {
        let target = try resolved()
        let temporary = target + ".part-\(getpid())"
        guard mkdir(temporary, 0o777) == 0 else { throw .cannotCreate(path: path, reason: Self.reason()) }
        do throws(Failure) {
            for file in files { try write(file.contents, to: "\(temporary)/\(file.name)") }
            guard rename(temporary, target) == 0 else {
                let code = errno
                if code == ENOTEMPTY || code == EEXIST { throw Failure.notEmpty(path: path) }
                throw Failure.cannotCreate(path: path, reason: Self.reason(code))
            }
        } catch {
            for file in files { unlink("\(temporary)/\(file.name)") }
            rmdir(temporary)
            throw error
        }
    }

    /// The path without trailing slashes or symbolic links, which `rename` would not follow; parents are made where they are missing.
    private func resolved() throws(Failure) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            let target = String(cString: real)
            guard let folder = opendir(target) else {
                if errno == ENOTDIR { throw .notAFolder(path: path) }
                throw .cannotCreate(path: path, reason: Self.reason())
            }
            defer { closedir(folder) }
            var entries = 0
            while readdir(folder) != nil { entries += 1 }
            // Every folder holds itself and its parent.
            guard entries <= 2 else { throw .notEmpty(path: path) }
            return target
        }
        var target = path
        while target.count > 1, target.hasSuffix("/") { target.removeLast() }
        var parent = target.hasPrefix("/") ? "" : "."
        for part in target.split(separator: "/").dropLast() {
            parent += "/" + part
            guard mkdir(parent, 0o777) == 0 || errno == EEXIST else {
                throw .cannotCreate(path: path, reason: Self.reason())
            }
        }
        return target
    }

    private func write(_ contents: String, to file: String) throws(Failure) {
        guard let stream = fopen(file, "wx") else { throw .cannotWrite(path: path, reason: Self.reason()) }
        var contents = contents
        let isWritten = contents.withUTF8 { fwrite($0.baseAddress, 1, $0.count, stream) == $0.count }
        let code = errno
        let isFlushed = fflush(stream) == 0 && fsync(fileno(stream)) == 0
        let flushCode = errno
        fclose(stream)
        if !isWritten { throw .cannotWrite(path: path, reason: Self.reason(code)) }
        if !isFlushed { throw .cannotWrite(path: path, reason: Self.reason(flushCode)) }
    }

    private static func reason(_ code: Int32 = errno) -> String {
        String(cString: strerror(code))
    }
}
