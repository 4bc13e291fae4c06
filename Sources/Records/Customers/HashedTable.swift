/// Values by a hash that stands for its key: no two keys are told apart that share all 64 bits.
///
/// Linear probing in a table that is at most half full. Nearly every word of a log is no name, so a Bloom filter stands before it: two bits
/// of one word a key, so that a key that is not there costs one access to memory, and about one in twenty a second one (B. Bloom,
/// "Space/time trade-offs in hash coding with allowable errors", 1970; blocked as by F. Putze, P. Sanders and J. Singler, 2007).
public struct HashedTable<Value: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline
    struct Slot: BitwiseCopyable, Sendable {
        @usableFromInline var key: UInt64
        @usableFromInline var value: Value

        @inlinable
        init(key: UInt64, value: Value) {
            (self.key, self.value) = (key, value)
        }
    }

    @usableFromInline var slots: [Slot]
    @usableFromInline var bits: [UInt64]
    @usableFromInline var used = 0
    /// The number of keys.
    public var count: Int { used }
    @usableFromInline let none: Value

    /// Creates an empty table.
    ///
    /// - Parameter none: What a new key begins with.
    public init(none: Value) {
        self.none = none
        slots = [Slot](repeating: Slot(key: 0, value: none), count: 16)
        bits = [UInt64](repeating: 0, count: 1)
    }

    /// The value of a key that is not 0; nil when it is not there.
    @inlinable @inline(__always)
    public subscript(key: UInt64) -> Value? {
        let mask = Self.mask(key)
        guard bits[Int(truncatingIfNeeded: key >> 44) & (bits.count &- 1)] & mask == mask else { return nil }
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
    @inlinable
    public mutating func update(_ key: UInt64, _ change: (inout Value) -> Void) {
        if 2 * (used + 1) > slots.count { grow() }
        let slot = place(key)
        if slots[slot].key == 0 {
            slots[slot].key = key
            used += 1
            setBit(key)
        }
        change(&slots[slot].value)
    }

    @inlinable
    func place(_ key: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & mask }
        return slot
    }

    @inlinable
    mutating func setBit(_ key: UInt64) {
        bits[Int(truncatingIfNeeded: key >> 44) & (bits.count - 1)] |= Self.mask(key)
    }

    /// The bits of a key within its word of the filter.
    @inlinable @inline(__always)
    static func mask(_ key: UInt64) -> UInt64 { 1 << (key >> 32 & 63) | 1 << (key >> 38 & 63) }

    @inlinable
    mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(key: 0, value: none), count: 2 * old.count)
        // Eight bits and more for each key: for a hundred thousand of them what a cache of the second level holds beside other things.
        bits = [UInt64](repeating: 0, count: min(1 << 20, slots.count / 16))
        for slot in old where slot.key != 0 {
            slots[place(slot.key)] = slot
            setBit(slot.key)
        }
    }
}
