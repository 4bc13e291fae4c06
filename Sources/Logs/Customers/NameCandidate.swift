internal import Records

/// An account that a record may name.
struct NameCandidate: BitwiseCopyable, Sendable {
    var account: Int32
    var form: AccountMention.Form
    var distinction: AccountNames.Distinction
    /// Whether the key, or the word before it, is one that people put before names of accounts.
    var isTold: Bool
    /// Whether it needs no learning: an id that nothing else is called by, or a similar name that the deployment of the record bears out.
    var isCertain: Bool
    /// The number of its place; -1 when there was no room for it.
    var fine: Int32
    /// The number of the coarser place around it.
    var coarse: Int32
}

/// How accounts are named in places of which nothing is told: a name that is met in many deployments that are not its account's is the
/// name of something else.
struct NameUsage: Sendable {
    private struct Use: BitwiseCopyable {
        var agreeing: UInt32 = 0
        var disagreeing: UInt32 = 0
        /// A bit for each remainder by 64 of the deployments that are not the account's.
        var deployments: UInt64 = 0
    }

    private var uses: [Use]

    init(accounts: Int) {
        uses = [Use](repeating: Use(), count: accounts)
    }

    mutating func add(_ account: Int32, deployment: Int32, agrees: Bool) {
        if agrees {
            uses[Int(account)].agreeing &+= 1
        } else {
            uses[Int(account)].disagreeing &+= 1
            uses[Int(account)].deployments |= 1 << UInt64(truncatingIfNeeded: deployment & 63)
        }
    }

    /// Whether the names of an account are rather those of something else.
    func isDoubtful(_ account: Int32) -> Bool {
        let use = uses[Int(account)]
        return use.disagreeing >= 20 && use.disagreeing > 4 &* use.agreeing && use.deployments.nonzeroBitCount >= 4
    }
}

/// Decides which candidates are accounts.
struct NameJudgement {
    /// The log odds from which a place holds accounts; for names that are only similar.
    private static let least = (exact: 1.0, similar: 3.0)

    private let places: NamePlaces
    private let usage: NameUsage
    /// The log odds of each place, NaN where they were not needed yet.
    private var odds: [Double]

    /// Judges by what is known now; many candidates are judged faster when what was found of a place is remembered.
    init(_ places: NamePlaces, _ usage: NameUsage, remembering: Bool) {
        self.places = places
        self.usage = usage
        odds = remembering ? [Double](repeating: .nan, count: places.evidence.count) : []
    }

    mutating func accepts(_ candidate: NameCandidate, _ names: AccountNames) -> Bool {
        if candidate.form == .similar {
            return candidate.isCertain || candidate.isTold && holds(candidate, Self.least.similar, names)
        }
        guard candidate.distinction == .distinct else { return holds(candidate, Self.least.exact, names) }
        if candidate.isTold || candidate.isCertain { return true }
        if candidate.fine >= 0, places.evidence[Int(candidate.fine)].isContradicted { return false }
        return !usage.isDoubtful(candidate.account)
    }

    /// Whether accounts stand in the place of a candidate; a place of which little is known follows the coarser one.
    private mutating func holds(_ candidate: NameCandidate, _ least: Double, _ names: AccountNames) -> Bool {
        guard candidate.fine >= 0 else { return false }
        if logOdds(candidate.fine, names) >= least { return true }
        guard candidate.coarse >= 0, places.evidence[Int(candidate.fine)].isLittleKnown else { return false }
        return logOdds(candidate.coarse, names) >= least
    }

    private mutating func logOdds(_ place: Int32, _ names: AccountNames) -> Double {
        guard !odds.isEmpty else { return places.evidence[Int(place)].logOdds(names.chance(ofNumberAt:)) }
        if odds[Int(place)].isNaN {
            odds[Int(place)] = places.evidence[Int(place)].logOdds(names.chance(ofNumberAt:))
        }
        return odds[Int(place)]
    }
}
