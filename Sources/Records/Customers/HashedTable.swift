/// Values by a hash that stands for its key: no two keys are told apart that share all 64 bits.
///
/// Linear probing in a table that is at most half full.
struct HashedTable<Value: BitwiseCopyable & Sendable>: Sendable {
    private var keys: [UInt64] = [UInt64](repeating: 0, count: 16)
    private var values: [Value]
    private var mask = 15
    private(set) var count = 0
    private let none: Value

    init(none: Value) {
        self.none = none
        values = [Value](repeating: none, count: 16)
    }

    /// The value of a key that is not 0.
    @inline(__always)
    subscript(key: UInt64) -> Value {
        var slot = Int(truncatingIfNeeded: key) & mask
        while true {
            let found = keys[slot]
            if found == key { return values[slot] }
            if found == 0 { return none }
            slot = (slot + 1) & mask
        }
    }

    /// Puts a value under a key that is not 0; `merge` makes one of the old value and the new one.
    mutating func put(_ key: UInt64, _ value: Value, _ merge: (_ old: Value, _ new: Value) -> Value) {
        if 2 * (count + 1) > keys.count { grow() }
        var slot = Int(truncatingIfNeeded: key) & mask
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        if keys[slot] == 0 {
            keys[slot] = key
            values[slot] = value
            count += 1
        } else {
            values[slot] = merge(values[slot], value)
        }
    }

    private mutating func grow() {
        let old = zip(keys, values)
        mask = 2 * keys.count - 1
        var larger = [UInt64](repeating: 0, count: mask + 1)
        var moved = [Value](repeating: none, count: mask + 1)
        for (key, value) in old where key != 0 {
            var slot = Int(truncatingIfNeeded: key) & mask
            while larger[slot] != 0 { slot = (slot + 1) & mask }
            larger[slot] = key
            moved[slot] = value
        }
        keys = larger
        values = moved
    }
}
