import Glibc

/// CSV on standard output, written in large pieces.
struct TableOutput {
    private var buffer: [UInt8] = []

    /// Adds a row of fields that are quoted where they need it.
    mutating func row(_ fields: [String]) {
        buffer += Self.fields(fields)
        end()
    }

    /// Adds a row of a plain first field and others that ``fields(_:)`` has made.
    mutating func row(_ first: String, _ rest: [UInt8]) {
        buffer += Array(first.utf8)
        buffer.append(0x2C)
        buffer += rest
        end()
    }

    /// Writes what is left.
    mutating func flush() {
        var start = 0
        while start < buffer.count {
            let count = buffer[start...].withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            start += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func end() {
        buffer.append(0x0A)
        if buffer.count > 1 << 18 { flush() }
    }

    /// Fields of CSV, with commas between them.
    static func fields(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            guard field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
                bytes += Array(field.utf8)
                continue
            }
            bytes.append(0x22)
            for byte in field.utf8 {
                if byte == 0x22 { bytes.append(0x22) }
                bytes.append(byte)
            }
            bytes.append(0x22)
        }
        return bytes
    }
}
