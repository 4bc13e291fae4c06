internal import Records

/// What is known of a value of an attribute that names an account and says nothing else, in 24 bytes.
struct NamedValue: ValueFacts {
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
