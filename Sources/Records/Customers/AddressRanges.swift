internal import Algorithms

/// Which account each range of network addresses belongs to; of nested ranges the narrowest counts.
struct AddressRanges: Sendable {
    private struct Item: BitwiseCopyable {
        var range: AddressRange
        /// -1 where several accounts claim the same range.
        var account: Int32
        /// The index of the narrowest range around this one; -1 where there is none.
        var outer: Int32 = -1
    }

    private var items: [Item] = []
    /// Whether some range is of IPv6.
    private(set) var hasLongAddresses = false

    /// Whether there is no range.
    var isEmpty: Bool { items.isEmpty }

    /// Adds a range of an account; call ``settle()`` after the last one.
    mutating func add(_ range: AddressRange, account: Int32) {
        if !range.first.isShort { hasLongAddresses = true }
        items.append(Item(range: range, account: account))
    }

    /// Puts the ranges in order, each after those around it.
    mutating func settle() {
        items.sort { left, right in
            left.range.first == right.range.first
                ? left.range.last > right.range.last : left.range.first < right.range.first
        }
        var settled: [Item] = []
        var around: [Int] = []
        for var item in items {
            if let last = settled.last, last.range == item.range {
                if last.account != item.account { settled[settled.count - 1].account = -1 }
                continue
            }
            while let outer = around.last, settled[outer].range.last < item.range.first { around.removeLast() }
            item.outer = Int32(truncatingIfNeeded: around.last ?? -1)
            around.append(settled.count)
            settled.append(item)
        }
        items = settled
    }

    /// The account of an address; nil when it is in no range, or several accounts claim the narrowest.
    ///
    /// - Complexity: O(log n) and the depth of the nesting.
    func account(of address: NetworkAddress) -> Int32? {
        var index = items.partitioningIndex { address < $0.range.first } - 1
        while index >= 0 {
            if address <= items[index].range.last { return items[index].account >= 0 ? items[index].account : nil }
            index = Int(items[index].outer)
        }
        return nil
    }
}
