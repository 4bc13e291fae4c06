import ArgumentParser
import Commands
import Glibc

extension ParsableCommand {
    /// Reads the next bytes of standard input; 0 at the end.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw program.failure("standard input: \(String(cString: strerror(errno)))", EX_IOERR)
            }
        }
    }

    /// Writes bytes to standard output.
    func write(_ bytes: [UInt8]) throws {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(STDOUT_FILENO, $0.baseAddress?.advanced(by: start), $0.count - start)
            }
            guard count >= 0 else {
                throw program.failure("standard output: \(String(cString: strerror(errno)))", EX_IOERR)
            }
            start += count
        }
    }
}
