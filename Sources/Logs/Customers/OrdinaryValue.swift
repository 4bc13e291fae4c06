/// What is known of a value of an attribute in which no account was found.
struct OrdinaryValue: ValueFacts {
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
