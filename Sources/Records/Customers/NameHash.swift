/// A hash of a name in its normal form, in which `ACME-Corp`, `acme_corp` and "Acme Corp" are one.
///
/// In normal form ASCII letters are small, and blanks, dashes, underscores, dots and the zeros at the start are left out. Names that follow
/// each other hash as if they were written together: go on with ``add(_:)``.
@frozen
public struct NameHash: Sendable, Hashable, BitwiseCopyable {
    @usableFromInline var mixed: UInt64 = 0x9E37_79B9_7F4A_7C15
    /// The last bytes, fewer than eight, that are not mixed yet.
    @usableFromInline var rest: UInt64 = 0
    @usableFromInline var bytes: UInt32 = 0
    @usableFromInline var digitBytes: UInt32 = 0
    @usableFromInline var first: UInt8 = 0

    /// The bytes of the normal form so far.
    @inlinable @inline(__always)
    public var count: Int { Int(bytes) }

    /// The digits among them.
    @inlinable @inline(__always)
    public var digits: Int { Int(digitBytes) }

    /// Where a number lies among all numbers, in steps of about a third of a power of ten: from 1, 2 or 5 times 10ⁿ up to the next of them.
    @inlinable @inline(__always)
    public var magnitude: Int {
        guard digits > 0 else { return 0 }
        return 3 &* (digits &- 1) &+ (first < 0x32 ? 0 : first < 0x35 ? 1 : 2)
    }

    /// The hash of nothing.
    @inlinable @inline(__always)
    public init() {}

    /// The hash of a name.
    @inlinable
    public init(_ name: some Sequence<UInt8>) {
        for byte in name { add(byte) }
    }

    /// Goes on with a byte of a name.
    @inlinable @inline(__always)
    public mutating func add(_ byte: UInt8) {
        let normal = Self.normal(byte)
        if normal > 0 { add(normal: normal) }
    }

    /// Goes on with a byte that ``normal(_:)`` has given, and that is not 0.
    @inlinable @inline(__always)
    public mutating func add(normal byte: UInt8) {
        let isDigit = byte &- 0x30 < 10
        if bytes == 0, byte == 0x30 { return }
        if isDigit { digitBytes &+= 1 }
        if bytes == 0 { first = byte }
        bytes &+= 1
        rest = rest << 8 | UInt64(byte)
        if bytes & 7 == 0 {
            mixed = Self.fold(mixed ^ rest, 0xA076_1D64_78BD_642F)
            rest = 0
        }
    }

    /// What stands for a byte in normal form; 0 where nothing does.
    @inlinable @inline(__always)
    public static func normal(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0, 0x20, 0x2D, 0x2E, 0x5F: 0
        case 0x41...0x5A: byte | 0x20
        default: byte
        }
    }

    /// The hash, all bits of which depend on all bytes; never 0.
    @inlinable @inline(__always)
    public var finished: UInt64 {
        let hash = Self.fold(mixed ^ rest, 0xE703_7ED1_A0B4_28DB ^ UInt64(bytes))
        return hash == 0 ? 1 : hash
    }

    /// The mixing step of wyhash.
    @inlinable @inline(__always)
    static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
