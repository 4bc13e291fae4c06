/// A set of positions in a list of lines, one bit each.
struct PositionSet {
    private var words: [UInt64]

    /// Creates an empty set of positions below a count.
    init(below count: Int) {
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    mutating func insert(_ position: Int32) {
        words[Int(position) / 64] |= 1 << UInt64(position % 64)
    }

    mutating func formUnion(_ positions: some Sequence<Int32>) {
        for position in positions { insert(position) }
    }

    func contains(_ position: Int32) -> Bool {
        words[Int(position) / 64] >> UInt64(position % 64) & 1 == 1
    }

    /// The positions in rising order.
    var positions: [Int] {
        var all: [Int] = []
        all.reserveCapacity(words.reduce(0) { $0 + $1.nonzeroBitCount })
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                all.append(64 * index + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return all
    }
}
