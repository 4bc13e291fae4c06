/// Numbers by the hash of a word, with open addressing: a look-up costs one or two reads.
struct WordTable: Sendable {
    private var keys: [UInt64]
    private var values: [UInt32]
    private let mask: Int
    /// A bit for some bits of every hash, so that most look-ups end without a read of the table.
    private var filter: [UInt64]

    /// Creates a table; values of one word are united bit by bit.
    init(_ entries: [(hash: UInt64, value: UInt32)]) {
        var size = 64
        while size < 3 * entries.count { size *= 2 }
        mask = size - 1
        keys = Array(repeating: 0, count: size)
        values = Array(repeating: 0, count: size)
        filter = Array(repeating: 0, count: size / 16)
        for entry in entries {
            var place = Int(truncatingIfNeeded: entry.hash ^ entry.hash >> 29) & mask
            while values[place] != 0, keys[place] != entry.hash { place = (place + 1) & mask }
            keys[place] = entry.hash
            values[place] |= entry.value
            let bit = Int(truncatingIfNeeded: entry.hash >> 17) & (4 * size - 1)
            filter[bit >> 6] |= 1 << UInt64(bit & 63)
        }
    }

    /// The value of a word; 0 where it is unknown.
    @inline(__always)
    subscript(hash: UInt64) -> UInt32 {
        filter.withUnsafeBufferPointer { filter in
            let bit = Int(truncatingIfNeeded: hash >> 17) & (4 * mask + 3)
            guard filter[bit >> 6] & (1 << UInt64(bit & 63)) != 0 else { return 0 }
            var place = Int(truncatingIfNeeded: hash ^ hash >> 29) & mask
            while values[place] != 0 {
                if keys[place] == hash { return values[place] }
                place = (place + 1) & mask
            }
            return 0
        }
    }
}
