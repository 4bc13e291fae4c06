internal import Glibc

/// Writes JSON lines into bytes without building a tree of values.
///
/// The caller writes keys, brackets and commas as literals, so that a line costs little more than copying its bytes.
public struct JSONLineWriter: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0

    /// Creates a writer.
    ///
    /// - Parameter capacity: The bytes to reserve, at least 1.
    public init(capacity: Int) {
        start = .allocate(capacity: max(1, capacity))
        self.capacity = max(1, capacity)
    }

    deinit {
        start.deallocate()
    }

    /// What was written.
    public var bytes: [UInt8] { [UInt8](UnsafeBufferPointer(start: start, count: count)) }

    /// The last byte that was written; nil when there is none.
    public var last: UInt8? { count > 0 ? start[count - 1] : nil }

    /// Writes what is JSON already.
    public mutating func literal(_ text: StaticString) {
        literal(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes bytes that are JSON already.
    public mutating func literal(_ json: UnsafeBufferPointer<UInt8>) {
        reserve(json.count)
        if let source = json.baseAddress { memcpy(start + count, source, json.count) }
        count += json.count
    }

    /// Writes a number as ``DecimalText`` has it.
    public mutating func value(_ number: Double) {
        reserve(DecimalText.longest)
        count += DecimalText.write(number, to: start + count)
    }

    /// Writes a string in quotes (RFC 8259, section 7).
    public mutating func value(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            reserve(bytes.count + 2)
            start[count] = UInt8(ascii: "\"")
            count += 1
            // Without branches, so that the compiler looks at many bytes at once.
            var escapes: UInt8 = 0
            for byte in bytes {
                escapes |= byte < 0x20 ? 1 : 0
                escapes |= byte == UInt8(ascii: "\"") ? 1 : 0
                escapes |= byte == UInt8(ascii: "\\") ? 1 : 0
            }
            if escapes == 0 { literal(bytes) } else { escape(bytes) }
        }
        literal("\"")
    }

    private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>) {
        let digits: StaticString = "0123456789abcdef"
        for byte in bytes {
            reserve(6)
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                start[count] = UInt8(ascii: "\\")
                start[count + 1] = byte
                count += 2
            case 0..<0x20:
                literal("\\u00")
                start[count] = digits.utf8Start[Int(byte >> 4)]
                start[count + 1] = digits.utf8Start[Int(byte & 15)]
                count += 2
            default:
                start[count] = byte
                count += 1
            }
        }
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(to: count + more) }
    }

    private mutating func grow(to needed: Int) {
        let capacity = max(2 * capacity, needed)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        memcpy(larger, start, count)
        start.deallocate()
        start = larger
        self.capacity = capacity
    }
}
