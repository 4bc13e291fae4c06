/// Numbers hashes that stand for their keys, in the order in which they came: open addressing at most half full.
struct HashNumbers: Sendable {
    private struct Slot: BitwiseCopyable {
        var hash: UInt64 = 0
        var number: Int32 = -1
    }

    private var slots = [Slot](repeating: Slot(), count: 64)
    /// The number of hashes.
    private(set) var count: Int32 = 0

    /// The number of a hash; nil when it has none.
    @inline(__always)
    subscript(hash: UInt64) -> Int32? {
        let number = slots[slot(of: hash)].number
        return number >= 0 ? number : nil
    }

    /// Gives a hash that has none the next number.
    mutating func add(_ hash: UInt64) -> Int32 {
        if 2 * (Int(count) + 1) > slots.count { grow() }
        slots[slot(of: hash)] = Slot(hash: hash, number: count)
        count += 1
        return count - 1
    }

    @inline(__always)
    private func slot(of hash: UInt64) -> Int {
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].number >= 0, slots[slot].hash != hash { slot = (slot &+ 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: 2 * old.count)
        for item in old where item.number >= 0 { slots[slot(of: item.hash)] = item }
    }
}
