import CDispatch
import Commands
import Glibc
import Records

/// Standard input, and what is said on standard error.
enum StandardInput {
    /// The bytes that are read together.
    static let chunk = 1 << 18

    /// The milliseconds without a byte after which nothing is said to come.
    private static let idle: Int32 = 1_000

    /// Calls `body` with every chunk until the end.
    ///
    /// - Parameters:
    ///   - rest: Called when nothing has come for a second; nil where that does not matter.
    ///   - body: Takes a chunk.
    /// - Throws: An exit code, after the reason was said.
    static func read(
        for command: String, resting rest: (() -> Void)? = nil, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try withUnsafeTemporaryAllocation(byteCount: chunk, alignment: 16) { buffer in
            while true {
                if let rest {
                    var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                    if poll(&waiting, 1, idle) == 0 {
                        rest()
                        continue
                    }
                }
                let count = Glibc.read(STDIN_FILENO, buffer.baseAddress, chunk)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else {
                    throw Program.casebook(command).failure(
                        "standard input: \(String(cString: strerror(errno)))", EX_IOERR)
                }
                if count == 0 { return }
                try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }

    /// Writes a line to standard error.
    static func say(_ message: String) {
        Program("casebook").report(message)
    }

    /// Writes a line for each row that was set aside to standard error.
    static func say(_ rejected: [RejectedRow], for command: String) {
        for row in rejected { say("casebook \(command): \(row.fault)") }
    }
}
