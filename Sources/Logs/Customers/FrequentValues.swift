/// Tells values that stand in a good part of all records, and so tie none of them together, from others.
///
/// A table of counters each of which belongs to the value that was met there the most of late (J. Misra and D. Gries, "Finding repeated
/// elements", 1982, with one counter a slot).
struct FrequentValues: Sendable {
    private struct Counter: BitwiseCopyable {
        var value: UInt32 = 0
        var count: UInt32 = 0
    }

    /// The counters, a power of two.
    private static let most = 4_096
    /// The records in which any value may stand.
    private static let least = 64

    private var counters = [Counter](repeating: Counter(), count: most)

    /// Counts a value.
    ///
    /// - Returns: Whether it stands in more than one in 64 of the records.
    @inline(__always)
    mutating func isFrequent(_ hash: UInt64, records: Int) -> Bool {
        let slot = Int(truncatingIfNeeded: hash) & (Self.most - 1)
        let value = UInt32(truncatingIfNeeded: hash >> 32)
        if counters[slot].value == value {
            counters[slot].count &+= 1
            return Int(counters[slot].count) > max(Self.least, records >> 6)
        }
        if counters[slot].count > 0 {
            counters[slot].count -= 1
        } else {
            counters[slot] = Counter(value: value, count: 1)
        }
        return false
    }
}
