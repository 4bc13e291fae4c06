/// A hash of the bytes of a word, never 0.
///
/// The mixing step is that of W. Yi's wyhash: two numbers are multiplied in full width and the halves are folded.
enum WordHash {
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var mixed: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: bytes.count)
        var place = 0
        while place + 8 <= bytes.count {
            mixed = fold(mixed ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self), 0xA076_1D64_78BD_642F)
            place += 8
        }
        var rest: UInt64 = 0
        while place < bytes.count {
            rest = rest << 8 | UInt64(bytes[place])
            place += 1
        }
        return of(mixed ^ rest)
    }

    /// The hash of a number.
    @inline(__always)
    static func of(_ number: UInt64) -> UInt64 {
        let hash = fold(number, 0xE703_7ED1_A0B4_28DB)
        return hash == 0 ? 1 : hash
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
