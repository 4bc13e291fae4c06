/// The hash FNV-1a of 64 bits: the same on every machine and after every restart, and not for secrets.
///
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, http://www.isthe.com/chongo/tech/comp/fnv.
public enum FNV1a {
    /// The hash of no bytes.
    @inlinable
    public static var offsetBasis: UInt64 { 0xCBF2_9CE4_8422_2325 }

    /// The hash of some bytes and one more.
    @inlinable
    @inline(__always)
    public static func hash(_ hash: UInt64, appending byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// The hash of bytes.
    ///
    /// - Complexity: O(bytes).
    @inlinable
    public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(offsetBasis) { hash($0, appending: $1) }
    }
}
