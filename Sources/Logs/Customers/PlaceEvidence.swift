internal import Glibc

/// What was seen in one place of records, and whether names of accounts stand there.
///
/// Two explanations are compared by their likelihoods. If the place holds accounts, each distinct value there is a known one with a
/// probability that is itself unknown, with a Beta(3, 1) prior, as what is known of customers is never complete. If it holds something
/// else, a value of its form is the name of an account by chance: a number as often as numbers of its size are names, a word
/// in one of twenty cases, anything longer hardly ever. Distinct values count, and not records, since a value that comes again says
/// nothing new; a uniform sample of them is kept, those with the smallest hashes (bottom-k sketch: E. Cohen and H. Kaplan, 2007).
///
/// Where records say their deployment too, names that use it as a rule speak for the place, and names that do not against it.
struct PlaceEvidence: BitwiseCopyable, Sendable {
    /// The distinct values that are kept.
    static let sampleSize = 16
    /// The log odds before anything was seen, where a word says that an account stands here, and elsewhere.
    private static let prior = (told: 3.0, untold: -3.0)
    /// Nobody knows all users of all deployments.
    private static let agreement = 0.9

    /// Hashes of values, whose last seven bits say what the value is.
    private var sample = InlineArray<16, UInt64>(repeating: .max)
    private var largest = UInt64.max
    /// The values in records.
    private(set) var records: UInt32 = 0
    private var agreeing: UInt32 = 0
    private var disagreeing: UInt32 = 0
    /// The sum of the chances to agree with the deployment.
    private var chanceToAgree: Float = 0
    /// The names beside which another name says the same account, and another one.
    private var joined: UInt32 = 0
    private var parted: UInt32 = 0
    let isTold: Bool

    init(isTold: Bool) {
        self.isTold = isTold
    }

    /// What a value is.
    enum Kind {
        case number(magnitude: Int)
        case word
        case other

        /// In six bits; see ``PlaceEvidence/sample``.
        @inline(__always)
        var code: UInt64 {
            switch self {
            case .number(let magnitude): UInt64(truncatingIfNeeded: min(magnitude, 56))
            case .word: 62
            case .other: 63
            }
        }

        /// What a code stands for.
        @inline(__always)
        init(code: UInt8) {
            switch code {
            case 62: self = .word
            case 63: self = .other
            default: self = .number(magnitude: Int(code))
            }
        }
    }

    /// Takes note of a value.
    ///
    /// - Parameters:
    ///   - hash: Its hash.
    ///   - kind: Its form.
    ///   - isNamed: Whether it is the name of an account.
    @inline(__always)
    mutating func add(_ hash: UInt64, _ kind: Kind, isNamed: Bool) {
        records &+= 1
        let value = (hash & ~127) | kind.code << 1 | (isNamed ? 1 : 0)
        if value < largest { insert(value) }
    }

    @inline(never)
    private mutating func insert(_ value: UInt64) {
        var place = 0
        for index in 0..<Self.sampleSize {
            if sample[index] | 127 == value | 127 { return }
            if sample[index] >= sample[place] { place = index }
        }
        sample[place] = value
        largest = 0
        for index in 0..<Self.sampleSize { largest = max(largest, sample[index]) }
    }

    /// Takes note of whether a named account uses the deployment of the record.
    @inline(__always)
    mutating func add(agrees: Bool, chance: Float) {
        if agrees { agreeing &+= 1 } else { disagreeing &+= 1 }
        chanceToAgree += chance
    }

    /// Takes note of whether another name in the same record says the same account.
    @inline(__always)
    mutating func add(isJoined: Bool) {
        if isJoined { joined &+= 1 } else { parted &+= 1 }
    }

    /// The distinct values in the sample that are names of accounts, and all of them.
    private var counts: (named: Int, all: Int) {
        var counts = (named: 0, all: 0)
        for index in 0..<Self.sampleSize where sample[index] != .max {
            counts.all += 1
            counts.named += Int(sample[index] & 1)
        }
        return counts
    }

    /// Whether so little was seen that it says nothing.
    var isLittleKnown: Bool { records < 50 && counts.all < 3 }

    /// The log odds that what stands here are accounts.
    ///
    /// - Parameter chance: The chance that a number of a magnitude is a name of an account, from the least to the most. Neither a name nor a number
    ///   that is none speaks for accounts as long as chance may explain it.
    func logOdds(_ chance: (Int) -> ClosedRange<Double>) -> Double {
        let counts = counts
        var odds = isTold ? Self.prior.told : Self.prior.untold
        odds += lgamma(Double(3 + counts.named)) + lgamma(Double(1 + counts.all - counts.named))
        odds -= lgamma(Double(4 + counts.all)) + log(1.0 / 3)
        for index in 0..<Self.sampleSize where sample[index] != .max {
            let byChance: ClosedRange<Double>
            switch sample[index] >> 1 & 63 {
            case 62: byChance = 0.05...0.05
            case 63: byChance = 1e-4...1e-4
            case let magnitude: byChance = chance(Int(magnitude)).clamped(to: 1e-6...0.98)
            }
            odds -= log(sample[index] & 1 == 1 ? byChance.upperBound : 1 - byChance.lowerBound)
        }
        // Another name that says the same by accident is as rare as an account.
        odds += 4 * Double(min(joined, UInt32(2 * max(1, counts.named)), 16)) * (joined > 4 &* parted ? 1 : 0)
        return odds + agreementOdds(counts.named)
    }

    /// The log likelihood ratio of how often names agree with the deployment of their records.
    private func agreementOdds(_ named: Int) -> Double {
        let all = Double(agreeing) + Double(disagreeing)
        guard all > 0 else { return 0 }
        let chance = min(max(Double(chanceToAgree) / all, 0.02), 0.98)
        let ratio =
            Double(agreeing) * log(Self.agreement / chance) + Double(disagreeing)
            * log((1 - Self.agreement) / (1 - chance))
        // Records of one account are one observation rather than many.
        return ratio * min(1, 2 * Double(max(1, named)) / all)
    }

    /// Whether what looks like names here is contradicted by the deployments of the records, or always the same beside other accounts: a
    /// constant of the program.
    var isContradicted: Bool {
        let counts = counts
        if agreementOdds(counts.named) < -4 { return true }
        return counts.all <= 1 && records >= 50 && parted > 2 * joined && 2 * parted > records
    }
}
