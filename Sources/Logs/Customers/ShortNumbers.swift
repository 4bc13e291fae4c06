/// Which attributes hold short numbers that belong to one account each, as numbers of users do, and durations and ports do not.
///
/// Long values tie records together wherever they stand. A number of a few digits does so only in an attribute of which it was learnt that
/// records that share its value and name an account name the same one.
struct ShortNumbers: Sendable {
    private struct Attribute: BitwiseCopyable {
        /// The hash of its key; 0 for none.
        var key: UInt64 = 0
        /// How often the next record with a value named the account that the last one had named, and how often another one.
        var agreed: UInt32 = 0
        var parted: UInt32 = 0

        var holdsOwned: Bool { agreed >= leastAgreed && agreed >= agreedForParted &* parted }
        var isRefuted: Bool { parted >= mostParted && agreed < agreedForParted &* parted }
    }

    private struct Owner: BitwiseCopyable {
        var value: UInt64 = 0
        var account: Int32 = -1
    }

    private static let leastAgreed: UInt32 = 20
    private static let agreedForParted: UInt32 = 19
    private static let mostParted: UInt32 = 64
    /// Attributes and values that are remembered, powers of two.
    private static let most = (attributes: 128, values: 4_096)
    /// The attributes of one record that are looked at.
    private static let mostOfRecord = 8

    private var attributes = [Attribute](repeating: Attribute(), count: most.attributes)
    private var owners = [Owner](repeating: Owner(), count: most.values)
    private var pending: [(attribute: Int, value: UInt64)] = []

    /// Whether a number has as many digits as are learnt of.
    @inline(__always)
    static func isShort(digits: Int) -> Bool { (3...7).contains(digits) }

    /// Begins the next record.
    @inline(__always)
    mutating func begin() {
        if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
    }

    /// Takes a value of the record.
    ///
    /// - Parameters:
    ///   - value: The hash of value and key.
    ///   - key: The hash of the key.
    /// - Returns: Whether values of that attribute belong to accounts.
    mutating func take(_ value: UInt64, of key: UInt64) -> Bool {
        let slot = Int(truncatingIfNeeded: key ^ key >> 32) & (Self.most.attributes - 1)
        if attributes[slot].key != key {
            guard attributes[slot].key == 0 else { return false }
            attributes[slot].key = key
        }
        if attributes[slot].isRefuted { return false }
        if pending.count < Self.mostOfRecord { pending.append((slot, value)) }
        return attributes[slot].holdsOwned
    }

    /// Learns from the account that the record names.
    mutating func learn(_ account: Int32) {
        for item in pending {
            let place = Int(truncatingIfNeeded: item.value ^ item.value >> 32) & (Self.most.values - 1)
            if owners[place].value == item.value {
                if owners[place].account == account {
                    attributes[item.attribute].agreed &+= 1
                } else {
                    attributes[item.attribute].parted &+= 1
                }
            }
            owners[place] = Owner(value: item.value, account: account)
        }
    }
}
