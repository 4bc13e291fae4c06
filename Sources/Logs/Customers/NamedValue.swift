internal import Records

/// Values of attributes that name an account and say nothing else, so that they need not be looked through each time.
///
/// As of ``OrdinaryValues``, a value is known again by the hash of its key and its bytes, and of many only the last are remembered.
struct NamedValues: Sendable {
    /// What a value names, in 24 bytes.
    struct Facts: BitwiseCopyable, Sendable {
        /// The hash of key and value.
        var exact: UInt64 = 0
        /// The hash of its normal form.
        var hash: UInt64 = 0
        /// The account; nil where nothing is remembered.
        var name: AccountNames.Name?
        /// Whether it needs no learning; see ``NameCandidate/isCertain``.
        var isCertain = false
        /// See ``PlaceEvidence/Kind/code``.
        private var code: UInt8 = 0

        init() {}

        init(exact: UInt64, hash: UInt64, name: AccountNames.Name, isCertain: Bool, kind: PlaceEvidence.Kind) {
            self.exact = exact
            self.hash = hash
            self.name = name
            self.isCertain = isCertain
            code = UInt8(truncatingIfNeeded: kind.code)
        }

        var kind: PlaceEvidence.Kind { PlaceEvidence.Kind(code: code) }
    }

    /// The values that are remembered, a power of two.
    private static let most = 16_384

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
