import CDispatch
import Glibc
internal import Logs
internal import Records

/// An open file of log lines.
final class LogFile {
    /// What stays when a file is renamed.
    struct ID: Hashable {
        let device: UInt64
        let inode: UInt64

        /// That of the file that was read as a source; zero for a stream.
        init(of source: LogSource) {
            (device, inode) = (source.device, source.inode)
        }

        /// That of the file at a path; nil when none is there.
        init?(path: String) {
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            self.init(status)
        }

        /// Zero for what is no regular file.
        init(_ status: stat) {
            let isRegular = status.st_mode & S_IFMT == S_IFREG
            device = isRegular ? UInt64(status.st_dev) : 0
            inode = isRegular ? UInt64(status.st_ino) : 0
        }
    }

    let path: String
    let id: ID
    private let descriptor: Int32

    /// Opens a regular file or, as `-`, standard input; nil when there is none or it cannot be read, with the reason in `errno`.
    init?(opening path: String) {
        descriptor = path == LogFile.standardInput ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            return nil
        }
        self.path = path
        id = ID(status)
        if isRegular, path == LogFile.standardInput { lseek(descriptor, 0, SEEK_SET) }
    }

    deinit {
        close(descriptor)
    }

    /// The name of standard input.
    static let standardInput = "-"

    /// Whether it is a file and not a pipe.
    var isRegular: Bool { id.inode != 0 }

    /// The number of bytes; 0 for a pipe.
    var size: Int64 {
        var status = stat()
        return isRegular && fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// When it was last written to, in nanoseconds since 1970 UTC; 0 when that cannot be told.
    var lastChange: Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return 0 }
        return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }

    /// Whether the path now names another file, or none.
    var wasReplaced: Bool {
        guard path != LogFile.standardInput else { return false }
        var status = stat()
        return stat(path, &status) != 0 || ID(status) != id
    }

    /// The beginning of the file, without moving in it; empty for a pipe.
    var start: [UInt8] { bytes(at: 0, count: LogStream.headBytes) }

    /// Whether the file is packed by gzip.
    var isGzip: Bool { LogStream.isGzip(bytes(at: 0, count: 16)) }

    /// Some bytes of the file, without moving in it; fewer at its end, and none of a pipe.
    func bytes(at offset: Int64, count: Int) -> [UInt8] {
        guard isRegular else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
        }
    }

    /// Goes to a place.
    func seek(to position: Int64) { lseek(descriptor, off_t(position), SEEK_SET) }

    /// Reads the next bytes; 0 at the end or when it is asked to end meanwhile, nil on an error.
    func read(into buffer: UnsafeMutableRawBufferPointer, unless isAskedToEnd: () -> Bool) -> Int? {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { return nil }
            if isAskedToEnd() { return 0 }
        }
    }

    /// How many files may be open at once, after the limit of the process was raised as far as it goes; some are left for
    /// other uses.
    static let mostOpen: Int = {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, 16_384)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return max(1, Int(limit.rlim_cur) - 32)
    }()

    /// What a path names that is neither a file nor a folder; nil for these two, and for what cannot be looked at.
    static func otherKind(at path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFDIR: return nil
        case S_IFIFO: return "a pipe"
        case S_IFSOCK: return "a socket"
        default: return "a device"
        }
    }

    /// The regular files at a path that are not empty, in a folder those below it, the ones changed longest ago first.
    ///
    /// Hidden ones are left out. Of an empty one it cannot be known yet whether it becomes a copy of another log.
    static func files(at path: String) -> [(path: String, id: ID)] {
        var found: [(path: String, id: ID, changed: Int)] = []
        collect(path, into: &found, depth: 0)
        return found.sorted { ($0.changed, $0.path) < ($1.changed, $1.path) }.map { ($0.path, $0.id) }
    }

    private static func collect(_ path: String, into found: inout [(path: String, id: ID, changed: Int)], depth: Int) {
        var status = stat()
        guard depth < 16, stat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFREG {
            if status.st_size > 0 { found.append((path, ID(status), status.st_mtim.tv_sec)) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFDIR, let folder = opendir(path) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { collect(path + "/" + name, into: &found, depth: depth + 1) }
        }
    }
}
