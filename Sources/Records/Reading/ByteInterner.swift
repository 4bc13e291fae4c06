internal import Glibc

/// Numbers distinct byte strings in the order in which they are first met.
///
/// Open addressing with linear probing over a 64-bit multiply-and-fold hash (the mixing step of W. Yi's wyhash); a hit is
/// confirmed by comparing the bytes, so equal hashes do no harm. Copies of the bytes are owned by the table.
final class ByteInterner {
    private struct Slot {
        var hash: UInt64
        var code: Int32
        var length: Int32
    }

    private var slots: UnsafeMutablePointer<Slot>
    private var mask: Int
    private var arena: [UInt8] = []
    private var starts: [Int] = [0]

    init() {
        mask = 15
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: Slot(hash: 0, code: -1, length: 0), count: mask + 1)
    }

    deinit {
        slots.deallocate()
    }

    /// How many distinct byte strings there are.
    var count: Int { starts.count - 1 }

    /// The number of a byte string, and whether it is new.
    ///
    /// - Complexity: O(length), amortised.
    func intern(_ bytes: UnsafeRawBufferPointer) -> (code: Int32, isNew: Bool) {
        let hash = Self.hash(bytes)
        let index = position(of: bytes, hash)
        if slots[index].code >= 0 { return (slots[index].code, false) }
        let code = Int32(count)
        slots[index] = Slot(hash: hash, code: code, length: Int32(truncatingIfNeeded: bytes.count))
        arena.append(contentsOf: bytes)
        starts.append(arena.count)
        if count * 2 > mask { grow() }
        return (code, true)
    }

    /// The number of a byte string, or nil when it was never met.
    func code(of bytes: UnsafeRawBufferPointer) -> Int32? {
        let code = slots[position(of: bytes, Self.hash(bytes))].code
        return code < 0 ? nil : code
    }

    /// Calls `body` with the bytes of a number.
    func withBytes<Result>(of code: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        arena.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[starts[code]..<starts[code + 1]])) }
    }

    /// All byte strings as text, in the order of their numbers; what is not UTF-8 is repaired with U+FFFD.
    func strings() -> [String] {
        (0..<count).map { withBytes(of: $0) { String(decoding: $0, as: UTF8.self) } }
    }

    private func position(of bytes: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].code >= 0 {
            if slots[index].hash == hash, Int(slots[index].length) == bytes.count, isEqual(slots[index].code, bytes) {
                return index
            }
            index = (index + 1) & mask
        }
        return index
    }

    private func isEqual(_ code: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let start = starts[Int(code)]
        return arena.withUnsafeBytes { $0.baseAddress.map { memcmp($0 + start, base, bytes.count) == 0 } ?? false }
    }

    private func grow() {
        let old = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
        mask = (mask + 1) * 2 - 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: Slot(hash: 0, code: -1, length: 0), count: mask + 1)
        for slot in old where slot.code >= 0 {
            var index = Int(truncatingIfNeeded: slot.hash) & mask
            while slots[index].code >= 0 { index = (index + 1) & mask }
            slots[index] = slot
        }
        old.deallocate()
    }

    @inline(__always)
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let count = bytes.count
        var state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
        if count >= 8 {
            var offset = 0
            while offset + 8 < count {
                state = mix(state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            return mix(state ^ bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        }
        if count >= 4 {
            let low = UInt64(bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            let high = UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            return mix(state ^ (low | high << 32))
        }
        if count == 0 { return mix(state) }
        let word = UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
        return mix(state ^ word)
    }

    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }
}
