/// Values of attributes in which nothing was found, so that they need not be looked through each time.
///
/// A value is known again by the hash of its key and its bytes; of many only the last are remembered.
struct OrdinaryValues: Sendable {
    /// What is known of a value all the same.
    struct Facts: BitwiseCopyable, Sendable {
        /// The hash of key and value.
        var exact: UInt64 = 0
        /// The hash of its normal form.
        var hash: UInt64 = 0
        /// The deployment that it names; -1 for none.
        var deployment: Int32 = -1
        /// Its magnitude where it is a number, else -1.
        var magnitude: Int8 = -1
        /// Whether it is the name of a region or an environment.
        var isArea = false
        /// Whether it is a number of a few digits.
        var isShortNumber = false

        var kind: PlaceEvidence.Kind { magnitude >= 0 ? .number(magnitude: Int(magnitude)) : .other }
    }

    /// The values that are remembered, a power of two.
    private static let most = 1_024

    private var known = [Facts](repeating: Facts(), count: most)

    @inline(__always)
    subscript(exact: UInt64) -> Facts? {
        let facts = known[Int(truncatingIfNeeded: exact) & (Self.most - 1)]
        return facts.exact == exact ? facts : nil
    }

    mutating func remember(_ facts: Facts) {
        known[Int(truncatingIfNeeded: facts.exact) & (Self.most - 1)] = facts
    }
}
