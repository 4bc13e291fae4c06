/// What is known of a signature in a scope.
struct RiseCell: Sendable {
    struct Key: Hashable, Sendable {
        var signature: Int32
        var scope: Traffic.Scope

        /// The one number that stands for it; not 0.
        var number: UInt64 {
            let (kind, index): (UInt64, Int32) =
                switch scope {
                case .everything: (1, 0)
                case .deployment(let index): (2, index)
                case .account(let index): (3, index)
                }
            let number = UInt64(UInt32(bitPattern: signature)) << 32 | UInt64(UInt32(bitPattern: index)) << 2 | kind
            // An odd factor loses nothing and spreads what differs over the high bits, and the shift over those that a table looks at.
            let spread = number &* 0x9E37_79B9_7F4A_7C15
            return spread ^ spread >> 32
        }

        /// What bursts are compared with: those of the signature in any deployment, as what restarts there moves from one to the next.
        var ofBursts: Key {
            if case .deployment = scope { Key(signature: signature, scope: .deployment(-1)) } else { self }
        }
    }

    /// What a line is to the rises of its signature.
    enum Standing: Int, Comparable {
        case apart
        /// Of a burst that was to be expected.
        case usual
        case rising

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    let key: Key
    var past = SignaturePast()
    var clumps = RecentClumps()
    var rise: Rise?
    /// Whether the rise was to be expected so far, and so is told by nobody.
    var isUsual = false
    /// How the rise goes on; nil without one.
    var departure: Departure?
    private var checkedMinute = Int32.min
    private var sinceCheck: Int32 = 0

    init(key: Key) {
        self.key = key
    }

    var standing: Standing { rise == nil ? .apart : isUsual ? .usual : .rising }

    /// Within a minute the count is looked at when it has doubled, so that a storm costs no more than a drizzle.
    mutating func isToBeChecked(at minute: Int32) -> Bool {
        sinceCheck &+= 1
        if checkedMinute != minute { sinceCheck = 1 }
        if sinceCheck > 8, sinceCheck & (sinceCheck &- 1) != 0 { return false }
        checkedMinute = minute
        return true
    }
}
