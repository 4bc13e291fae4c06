/// What is known of a value of an attribute that is known again by a hash of its key and its bytes.
protocol ValueFacts: BitwiseCopyable, Sendable {
    /// The hash of key and value.
    var exact: UInt64 { get }

    /// What is known of no value.
    init()
}

/// What is known of values of attributes, so that they need not be looked through each time; of many only the last are remembered.
struct LastValues<Facts: ValueFacts>: Sendable {
    private var known: [Facts]

    /// - Parameter most: The values that are remembered, a power of two.
    init(most: Int) {
        known = Array(repeating: Facts(), count: most)
    }

    @inline(__always)
    subscript(exact: UInt64) -> Facts? {
        let facts = known[Int(truncatingIfNeeded: exact) & (known.count &- 1)]
        return facts.exact == exact ? facts : nil
    }

    mutating func remember(_ facts: Facts) {
        known[Int(truncatingIfNeeded: facts.exact) & (known.count &- 1)] = facts
    }
}
