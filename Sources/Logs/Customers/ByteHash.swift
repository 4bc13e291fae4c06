/// A hash of bytes as they are, eight a step.
enum ByteHash {
    /// The hash of some bytes; never 0.
    @inline(__always)
    static func of(_ bytes: UnsafeRawBufferPointer, at start: Int, count: Int) -> UInt64 {
        var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
        var place = start
        let end = start &+ count
        while place &+ 8 <= end {
            hash = mix(hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self), 0xA076_1D64_78BD_642F)
            place &+= 8
        }
        if place &+ 4 <= end {
            hash = mix(
                hash ^ UInt64(bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)), 0xE703_7ED1_A0B4_28DB)
            place &+= 4
        }
        var rest: UInt64 = 0
        while place < end {
            rest = rest << 8 | UInt64(bytes[place])
            place &+= 1
        }
        hash = mix(hash ^ rest, 0x8EBC_6AF0_9C88_C6E3)
        return hash == 0 ? 1 : hash
    }

    /// Multiplies and folds: the mixing step of wyhash.
    @inline(__always)
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
