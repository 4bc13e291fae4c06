/// A log line with the account that it concerns, as far as that is known.
struct AccountLine: BitwiseCopyable {
    /// How the account of a line is known, the surest first.
    enum Via: UInt8, CaseIterable, BitwiseCopyable {
        case id, alias, address, trace, joinKey, similar, soleAccount, none
    }

    /// Seconds since 1970 UTC by a right clock.
    var time: Double
    /// Its place among the lines in order of arrival.
    var index: Int32
    var signature: Int32
    /// The deployment, -1 when it is not known.
    var deployment: Int32
    /// The account, -1 when it is not known.
    var account: Int32
    var place: Int32
    /// The version of the program that wrote it, -1 when it names none.
    var version: Int32
    var severity: UInt8
    var via: Via
    /// Whether an earlier entry stands for the same line, which names several accounts.
    var isRepeat: Bool
    var trace: UInt64
    /// What the line is one of several of: a trace, or a request or session; 0 when it says none.
    var unit: UInt64

    /// Whether it tells of a failure: a warning or worse, or what does not say how bad it is.
    var isFailure: Bool { Self.isFailure(severity) }

    /// Whether a line of a severity tells of one.
    static func isFailure(_ severity: UInt8) -> Bool { severity >= 13 || severity == 0 }
}
