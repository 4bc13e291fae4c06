internal import Glibc

/// Numbers distinct byte strings in the order in which they are first met.
///
/// Open addressing with linear probing. A string of at most 16 bytes is told apart by its first and last eight bytes,
/// which stand in the slot, so that a hit costs one cache line; a longer one by a 64-bit hash and then by its bytes.
/// The hash multiplies and folds (the mixing step of W. Yi's wyhash).
final class ByteInterner {
    private struct Slot {
        var head: UInt64 = 0
        var tail: UInt64 = 0
        var length: Int32 = 0
        var code: Int32 = -1
    }

    /// The table lies behind a constant pointer, because stored properties of a class are checked for exclusive access
    /// on each use.
    private struct Table {
        var slots: UnsafeMutablePointer<Slot>
        var mask: Int
        var bytes: [UInt8] = []
        var starts: [Int] = [0]
    }

    private let table: UnsafeMutablePointer<Table>

    /// Creates an empty interner.
    ///
    /// - Parameter count: The number of byte strings that are numbered without growing.
    init(expecting count: Int = 0) {
        var slots = 16
        while slots < 2 * count + 2 { slots *= 2 }
        table = .allocate(capacity: 1)
        table.initialize(to: Table(slots: Self.emptySlots(slots), mask: slots - 1))
    }

    deinit {
        table.pointee.slots.deallocate()
        table.deinitialize(count: 1)
        table.deallocate()
    }

    /// How many distinct byte strings there are.
    var count: Int { table.pointee.starts.count - 1 }

    /// The number of a byte string, and whether it is new.
    ///
    /// - Complexity: O(length), amortised.
    func intern(_ bytes: UnsafeRawBufferPointer) -> (code: Int32, isNew: Bool) {
        let key = Self.key(bytes)
        let slot = slot(of: bytes, key)
        if slot.pointee.code >= 0 { return (slot.pointee.code, false) }
        let code = Int32(count)
        slot.pointee = Slot(head: key.head, tail: key.tail, length: key.length, code: code)
        table.pointee.bytes.append(contentsOf: bytes)
        table.pointee.starts.append(table.pointee.bytes.count)
        if count * 2 > table.pointee.mask { grow() }
        return (code, true)
    }

    /// The number of a byte string, or nil when it was never met.
    func code(of bytes: UnsafeRawBufferPointer) -> Int32? {
        let code = slot(of: bytes, Self.key(bytes)).pointee.code
        return code < 0 ? nil : code
    }

    /// Calls `body` with the bytes of a number.
    func withBytes<Result>(of code: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let range = table.pointee.starts[code]..<table.pointee.starts[code + 1]
        return table.pointee.bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// All byte strings as text, in the order of their numbers; what is not UTF-8 is repaired with U+FFFD.
    func strings() -> [String] {
        (0..<count).map { withBytes(of: $0) { String(decoding: $0, as: UTF8.self) } }
    }

    /// The slot in which a byte string stands or would stand.
    @inline(__always)
    private func slot(of bytes: UnsafeRawBufferPointer, _ key: Slot) -> UnsafeMutablePointer<Slot> {
        let slots = table.pointee.slots
        let mask = table.pointee.mask
        var index = Self.hash(key) & mask
        while slots[index].code >= 0 {
            if slots[index].head == key.head, slots[index].tail == key.tail, slots[index].length == key.length,
                key.length <= 16 || isEqual(slots[index].code, bytes)
            {
                return slots + index
            }
            index = (index + 1) & mask
        }
        return slots + index
    }

    /// Whether a byte string has that number, which must be one of those given.
    @inline(__always)
    func isNumbered(_ code: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        withBytes(of: Int(code)) { own in
            let count = own.count
            guard count == bytes.count else { return false }
            // Most names have 8 to 16 bytes: the first and the last eight are all of them.
            guard count >= 8, count <= 16 else {
                guard let left = own.baseAddress, let right = bytes.baseAddress else { return count == 0 }
                return memcmp(left, right, count) == 0
            }
            return own.loadUnaligned(as: UInt64.self) == bytes.loadUnaligned(as: UInt64.self)
                && own.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
                    == bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        }
    }

    private func isEqual(_ code: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
        withBytes(of: Int(code)) { own in
            guard let left = own.baseAddress, let right = bytes.baseAddress else { return false }
            return memcmp(left, right, bytes.count) == 0
        }
    }

    private func grow() {
        let old = UnsafeMutableBufferPointer(start: table.pointee.slots, count: table.pointee.mask + 1)
        let mask = old.count * 2 - 1
        let slots = Self.emptySlots(mask + 1)
        for slot in old where slot.code >= 0 {
            var index = Self.hash(slot) & mask
            while slots[index].code >= 0 { index = (index + 1) & mask }
            slots[index] = slot
        }
        old.deallocate()
        table.pointee.slots = slots
        table.pointee.mask = mask
    }

    private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        slots.initialize(repeating: Slot(), count: count)
        return slots
    }

    /// The slot of a byte string, without its code.
    @inline(__always)
    private static func key(_ bytes: UnsafeRawBufferPointer) -> Slot {
        let count = bytes.count
        var slot = Slot(length: Int32(truncatingIfNeeded: count))
        if count >= 8 {
            slot.head = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
            slot.tail = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            var offset = 8
            while offset + 8 < count {
                slot.head = mix(slot.head, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
        } else if count >= 4 {
            slot.head = UInt64(bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            slot.tail = UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if count > 0 {
            slot.head = UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
        }
        return slot
    }

    @inline(__always)
    private static func hash(_ slot: Slot) -> Int {
        Int(truncatingIfNeeded: mix(slot.head, slot.tail ^ UInt64(UInt32(bitPattern: slot.length)) << 56))
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = (left ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: right ^ 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }
}
