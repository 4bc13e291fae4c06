/// A hash of a name in its normal form, in which `ACME-Corp`, `acme_corp` and "Acme Corp" are one: letters are small, and what parts words is left out.
///
/// Names that follow each other hash as if they were written together: go on with ``add(_:)``.
@frozen
public struct NameHash: Sendable, Hashable, BitwiseCopyable {
    @usableFromInline var value: UInt64 = 0xCBF2_9CE4_8422_2325
    /// The bytes of the normal form so far.
    public var count: Int { Int(bytes) }
    /// The digits among them.
    public var digits: Int { Int(digitBytes) }
    @usableFromInline var bytes: UInt32 = 0
    @usableFromInline var digitBytes: UInt32 = 0

    /// The hash of nothing.
    @inlinable
    public init() {}

    /// The hash of a name.
    @inlinable
    public init(_ name: some Sequence<UInt8>) {
        for byte in name { add(byte) }
    }

    /// Goes on with a byte of a name.
    @inlinable @inline(__always)
    public mutating func add(_ byte: UInt8) {
        var byte = byte
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: " "): return
        case UInt8(ascii: "0"): if bytes == 0 { return }
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte |= 0x20
        default: break
        }
        if byte &- UInt8(ascii: "0") < 10 { digitBytes &+= 1 }
        bytes &+= 1
        // Fowler, Noll and Vo's hash, 1a, with a better spread of the last bytes in ``finished``.
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// The hash, all bits of which depend on all bytes; never 0.
    @inlinable
    public var finished: UInt64 {
        var mixed = value ^ UInt64(bytes)
        mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
        mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
        mixed ^= mixed >> 32
        return mixed == 0 ? 1 : mixed
    }
}
