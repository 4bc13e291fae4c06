/// Reads the fields of a protobuf message from bytes (Protocol Buffers, "Encoding").
struct ProtobufReader {
    enum WireType: UInt8 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
        case fixed32 = 5
    }

    /// One field.
    struct Field {
        let number: UInt64
        /// The value of a field that has one; its bits when it is a double.
        var bits: UInt64 = 0
        /// The value of a field that has a length.
        var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        let type: WireType
    }

    let bytes: UnsafeRawBufferPointer
    var position = 0
    /// Whether the bytes are no message from some place on.
    private(set) var isBroken = false

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    static func tag(_ field: UInt8, _ type: WireType) -> UInt8 { field << 3 | type.rawValue }

    /// The next number of variable length; nil when the bytes end within it or it is too long.
    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }

    /// The next field; nil at the end and where the message is broken.
    mutating func next() -> Field? {
        guard !isBroken, position < bytes.count else { return nil }
        guard let tag = varint(), let type = WireType(rawValue: UInt8(tag & 7)), tag >> 3 > 0 else { return broken() }
        switch type {
        case .varint:
            guard let bits = varint() else { return broken() }
            return Field(number: tag >> 3, bits: bits, type: type)
        case .fixed64, .fixed32:
            let width = type == .fixed64 ? 8 : 4
            guard bytes.count - position >= width else { return broken() }
            var bits: UInt64 = 0
            for index in 0..<width { bits |= UInt64(bytes[position + index]) << UInt64(8 * index) }
            position += width
            return Field(number: tag >> 3, bits: bits, type: type)
        case .lengthDelimited:
            guard let length = varint(), length <= UInt64(bytes.count - position) else { return broken() }
            let value = UnsafeRawBufferPointer(rebasing: bytes[position..<position + Int(length)])
            position += Int(length)
            return Field(number: tag >> 3, bytes: value, type: type)
        }
    }

    private mutating func broken() -> Field? {
        isBroken = true
        return nil
    }
}
