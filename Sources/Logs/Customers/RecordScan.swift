internal import Records

/// Looks through one record after another for names of accounts, the deployment, service and host, and keys that tie records together.
struct RecordScan: Sendable {
    /// A name in the record that several accounts claim.
    struct Claim {
        var name: NameHash
        var fine: UInt64
        var coarse: UInt64
        var isTold: Bool
    }

    /// The most names of a record, the most keys that tie it to others, and the most areas.
    static let most = (names: 8, joinKeys: 4, areas: 8)
    /// The bytes of a value or message that are looked at.
    static let longest = 4_096
    /// The bytes of a header that are looked at.
    static let longestHeader = 256

    let names: AccountNames
    let regions: RegionNames
    let told = SourceKeys.told
    let classes = RecordWord.classes
    var keys = SourceKeys()
    var places = NamePlaces()
    var ordinary = LastValues<OrdinaryValue>(most: 1_024)
    var named = LastValues<NamedValue>(most: 16_384)
    var frequent = FrequentValues()
    var resembling = ResemblingWords()
    var shortNumbers = ShortNumbers()
    var words: [RecordWord] = []
    var forms = TextForms()
    let remembersForms: Bool
    /// Where the words with digits of a text stand.
    var wordsWithDigits: [Range<Int>] = []
    /// What these are called by.
    var meanings: [AccountNames.Meaning?] = []

    // What was found in the record.
    private(set) var found: [NameCandidate] = []
    private(set) var claims: [Claim] = []
    private(set) var joinKeys: [UInt64] = []
    var areas: [UInt64] = []
    var deployment: Int32 = -1
    var service: Range<Int>?
    var host: Range<Int>?
    var version: Range<Int>?
    private var records = 0

    /// - Parameter remembersForms: Whether texts of a form that came before are looked through by what is known of it, which only takes less time.
    init(_ names: AccountNames, _ regions: RegionNames, remembersForms: Bool = true) {
        self.names = names
        self.regions = regions
        self.remembersForms = remembersForms
    }

    /// Begins the next record.
    mutating func begin(records: Int) {
        self.records = records
        // To empty what is empty costs a call for each.
        if !found.isEmpty { found.removeAll(keepingCapacity: true) }
        if !claims.isEmpty { claims.removeAll(keepingCapacity: true) }
        if !joinKeys.isEmpty { joinKeys.removeAll(keepingCapacity: true) }
        if !areas.isEmpty { areas.removeAll(keepingCapacity: true) }
        shortNumbers.begin()
        deployment = -1
        service = nil
        host = nil
        version = nil
    }

    /// Where a word stands.
    struct Place {
        var coarse: UInt64
        var fine: UInt64
        var isTold: Bool
    }

    /// Takes what is called by a name.
    ///
    /// - Returns: Whether it is an account.
    mutating func take(
        _ meaning: AccountNames.Meaning, _ hash: NameHash, isNumber: Bool, value: UInt64, kind: PlaceEvidence.Kind,
        _ place: Place
    ) -> Bool {
        if meaning.account == -2, !isNumber, claims.count < Self.most.names {
            claims.append(Claim(name: hash, fine: place.fine, coarse: place.coarse, isTold: place.isTold))
            return false
        }
        // 1.234 and 12-34 are no names of 1234.
        guard let name = meaning.name, name.distinction != .number || isNumber else { return false }
        append(name, isCertain: Self.isCertain(name, hash), value: value, kind: kind, place)
        return true
    }

    /// Whether a name needs no learning; see ``NameCandidate/isCertain``.
    static func isCertain(_ name: AccountNames.Name, _ hash: NameHash) -> Bool {
        name.form == .id && name.distinction == .distinct && hash.digits > 0
    }

    mutating func append(
        _ name: AccountNames.Name, isCertain: Bool = false, value: UInt64, kind: PlaceEvidence.Kind, _ place: Place
    ) {
        guard found.count < Self.most.names else { return }
        let fine = places.add(place.fine, value: value, kind: kind, isTold: place.isTold)
        let coarse =
            place.coarse == place.fine ? fine : places.add(place.coarse, value: value, kind: kind, isTold: place.isTold)
        found.append(
            NameCandidate(
                account: name.account, form: name.form, distinction: name.distinction, isTold: place.isTold,
                isCertain: isCertain, fine: fine, coarse: coarse))
    }

    /// Adds a name that is only similar: that speaks for an account, and teaches nothing of its place.
    mutating func appendSimilar(account: Int32, isCertain: Bool = false, _ place: Place) {
        guard found.count < Self.most.names else { return }
        let fine = places.number(of: place.fine)
        found.append(
            NameCandidate(
                account: account, form: .similar, distinction: .distinct, isTold: place.isTold, isCertain: isCertain,
                fine: fine,
                coarse: places.number(of: place.coarse)))
    }

    /// Adds the account that a claimed name belongs to most likely.
    mutating func addSettled(_ claim: Claim, account: Int32) {
        let place = Place(coarse: claim.coarse, fine: claim.fine, isTold: claim.isTold)
        appendSimilar(account: account, isCertain: true, place)
    }

    /// Adds a key that ties the record to others.
    ///
    /// - Returns: Whether it is one: a value that stands in very many records is none.
    mutating func appendJoinKey(_ key: UInt64) -> Bool {
        guard joinKeys.count < Self.most.joinKeys, !joinKeys.contains(key) else { return true }
        if frequent.isFrequent(key, records: records) { return false }
        joinKeys.append(key)
        return true
    }
}
