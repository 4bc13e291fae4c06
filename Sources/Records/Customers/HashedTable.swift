/// Values by a hash that stands for its key: no two keys are told apart that share all 64 bits.
///
/// Linear probing in a table that is at most half full, behind a bit for each hash that says that a key is not there, since nearly every
/// word of a log is no name: at most one in sixteen is looked for in vain.
@usableFromInline
struct HashedTable<Value: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline
    struct Slot: BitwiseCopyable, Sendable {
        @usableFromInline var key: UInt64
        @usableFromInline var value: Value

        @inlinable
        init(key: UInt64, value: Value) {
            (self.key, self.value) = (key, value)
        }
    }

    @usableFromInline private(set) var slots: [Slot]
    @usableFromInline private(set) var bits: [UInt64]
    /// The number of keys.
    private(set) var count = 0
    private let none: Value

    init(none: Value) {
        self.none = none
        slots = [Slot](repeating: Slot(key: 0, value: none), count: 16)
        bits = [UInt64](repeating: 0, count: 4)
    }

    /// The value of a key that is not 0; nil when it is not there.
    @inlinable @inline(__always)
    subscript(key: UInt64) -> Value? {
        let bit = Int(truncatingIfNeeded: key >> 32) & (bits.count &* 64 &- 1)
        guard bits[bit >> 6] >> UInt64(truncatingIfNeeded: bit & 63) & 1 != 0 else { return nil }
        return found(key)
    }

    @inlinable
    func found(_ key: UInt64) -> Value? {
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot].key != 0 {
            if slots[slot].key == key { return slots[slot].value }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    /// Changes the value of a key that is not 0, which begins as what stands for none.
    mutating func update(_ key: UInt64, _ change: (inout Value) -> Void) {
        if 2 * (count + 1) > slots.count { grow() }
        let slot = place(key)
        if slots[slot].key == 0 {
            slots[slot].key = key
            count += 1
            setBit(key)
        }
        change(&slots[slot].value)
    }

    private func place(_ key: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func setBit(_ key: UInt64) {
        let bit = Int(truncatingIfNeeded: key >> 32) & (bits.count * 64 - 1)
        bits[bit >> 6] |= 1 << UInt64(bit & 63)
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(key: 0, value: none), count: 2 * old.count)
        // Sixteen bits and more for each key, up to half a million bytes, which a cache of the second level holds.
        bits = [UInt64](repeating: 0, count: min(1 << 16, slots.count / 4))
        for slot in old where slot.key != 0 {
            slots[place(slot.key)] = slot
            setBit(slot.key)
        }
    }
}
