import Commands
import Glibc

/// Messages on their way to a second look, in a file that is gone when the program ends.
final class MessageSpool {
    private let file: UnsafeMutablePointer<FILE>
    private var buffer: [UInt8] = []

    init(for command: String) throws {
        guard let file = tmpfile() else {
            throw Program.casebook(command).failure(
                "a temporary file: \(String(cString: strerror(errno)))", EX_CANTCREAT)
        }
        self.file = file
    }

    deinit {
        fclose(file)
    }

    /// Whether everything was written.
    var isWhole: Bool { fflush(file) == 0 && ferror(file) == 0 }

    func add(_ message: Span<UInt8>) {
        var count = UInt32(truncatingIfNeeded: message.count)
        fwrite(&count, 4, 1, file)
        message.withUnsafeBufferPointer { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    }

    func rewind() { Glibc.rewind(file) }

    /// The next message; nil at the end.
    func next() -> [UInt8]? {
        var count: UInt32 = 0
        guard fread(&count, 4, 1, file) == 1 else { return nil }
        let message = [UInt8](unsafeUninitializedCapacity: Int(count)) { bytes, filled in
            filled = fread(bytes.baseAddress, 1, Int(count), file)
        }
        return message.count == Int(count) ? message : nil
    }
}
