import CDispatch
import Glibc

/// A program that runs beside this one.
final class ChildProcess: Sendable {
    private let id: pid_t
    /// What the program says on standard output, where it was asked for.
    private let output: Int32?
    /// The end of a pipe that the program reads; it closes with this process.
    private let input: Int32?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The program, or its name on the path.
    ///   - arguments: What it is told.
    ///   - environment: Its environment; nil for that of this process.
    ///   - log: The file that what it says is added to; nil to have it read with ``firstLine()``.
    init(_ path: String, _ arguments: [String], environment: [String: String]? = nil, log: String? = nil) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The threads of this program take no signals, and a program inherits what its starter does not take.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let reading = Self.pipe()
        var writing: [Int32] = [-1, -1]
        posix_spawn_file_actions_adddup2(&actions, reading[0], 0)
        if let log {
            posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        } else {
            writing = Self.pipe()
            posix_spawn_file_actions_adddup2(&actions, writing[1], 1)
        }
        let variables = environment.map { $0.map { "\($0.key)=\($0.value)" } }
        var id: pid_t = 0
        let code = Self.withPointers([path] + arguments) { arguments in
            guard let variables else { return posix_spawnp(&id, path, &actions, &attributes, arguments, environ) }
            return Self.withPointers(variables) { posix_spawnp(&id, path, &actions, &attributes, arguments, $0) }
        }
        close(reading[0])
        if writing[1] >= 0 { close(writing[1]) }
        guard code == 0 else { throw SyncTrial.Failure(description: "\(path): \(String(cString: strerror(code)))") }
        self.id = id
        input = reading[1]
        output = writing[0] >= 0 ? writing[0] : nil
    }

    deinit {
        if let input { close(input) }
        if let output { close(output) }
    }

    /// The first line that the program says; empty when it ends before.
    func firstLine() -> String {
        guard let output else { return "" }
        var (line, byte): ([UInt8], UInt8) = ([], 0)
        while line.count < 1_000, read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    /// Sends a signal.
    func signal(_ number: Int32) { kill(id, number) }

    /// Waits until the program has ended.
    ///
    /// - Returns: Its exit code; 128 and the number of the signal that ended it.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// A pipe whose ends no other program gets.
    private static func pipe() -> [Int32] {
        var ends: [Int32] = [-1, -1]
        Glibc.pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return ends
    }

    private static func withPointers<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(&pointers)
    }
}
