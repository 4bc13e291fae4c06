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
    var ordinary = OrdinaryValues()
    var named = NamedValues()
    var frequent = FrequentValues()
    var resembling = ResemblingWords()
    var shortNumbers = ShortNumbers()
    var words: [RecordWord] = []

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

    init(_ names: AccountNames, _ regions: RegionNames) {
        self.names = names
        self.regions = regions
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

    /// Takes the message of a record, the header before it and what follows it.
    mutating func takeText(of record: LogRecord, _ bytes: UnsafeRawBufferPointer) {
        let start = Int(record.body.start) + Int(record.messageOffset)
        if record.messageOffset > 0 {
            let header =
                Int(record.body.start)..<Int(record.body.start) + min(Self.longestHeader, Int(record.messageOffset))
            takeWords(header, bytes, key: 2, isTold: false)
        }
        let end = start + min(Self.longest, Int(record.messageCount))
        takeWords(start..<end, bytes, key: 1, isTold: false)
        // What follows the message: its further lines, or the pairs after it.
        let rest = min(Int(record.body.start) + Int(record.body.count), end + Self.longest)
        if rest > end { takeWords(end..<rest, bytes, key: 3, isTold: false) }
    }

    /// Looks at the words of a text.
    ///
    /// - Parameters:
    ///   - text: Where it lies.
    ///   - bytes: The bytes of the batch.
    ///   - key: The place of the text.
    ///   - isTold: Whether its key is a word that stands before names of accounts.
    mutating func takeWords(
        _ text: Range<Int>, _ bytes: UnsafeRawBufferPointer, key: UInt64, isTold: Bool
    ) {
        words.removeAll(keepingCapacity: true)
        classes.withUnsafeBufferPointer { RecordWord.append(text, of: bytes, classes: $0, to: &words) }
        var before: UInt64 = 0
        var isToldBefore = isTold
        for index in words.indices {
            let word = words[index]
            let start = Int(word.start)
            let end = Int(word.end)
            let byteBefore = start > text.lowerBound ? bytes[start &- 1] : 0
            let byteAfter = end < text.upperBound ? bytes[end] : 0
            let coarse = ByteHash.mix(key ^ before, UInt64(byteBefore) | 0x8EBC_6AF0_9C88_C600)
            let after = index &+ 1 < words.count ? words[index &+ 1].context : 0
            let fine = ByteHash.mix(coarse ^ after, UInt64(byteAfter) | 0x5897_89E6_C6B1_AE00)
            let place = Place(coarse: coarse, fine: fine, isTold: isToldBefore)
            if let meaning = names.meaning(word.name), take(meaning, word, place, bytes, index) {
                // A name hides from its neighbours which one it is.
                before = 2
                isToldBefore = isTold
                continue
            }
            places.pass(fine, value: word.hash, kind: word.kind)
            places.pass(coarse, value: word.hash, kind: word.kind)
            if word.isSplit || word.name.digits > 0 || isToldBefore, !takeUnknown(word, place, bytes),
                isKeyOfRecords(word, least: 6, bytes)
            {
                _ = appendJoinKey(word.hash)
            }
            before = word.context
            isToldBefore = isTold || tells(word, byteAfter, bytes)
        }
    }

    /// Where a word stands.
    struct Place {
        var coarse: UInt64
        var fine: UInt64
        var isTold: Bool
    }

    /// Takes a word that is a name or begins one.
    ///
    /// - Returns: Whether it is the name of an account.
    private mutating func take(
        _ meaning: AccountNames.Meaning, _ word: RecordWord, _ place: Place, _ bytes: UnsafeRawBufferPointer,
        _ index: Int
    ) -> Bool {
        // The deployment that a host in the text belongs to is but a guess, and no guess from a mere word.
        if deployment < 0, meaning.deployment >= 0, word.name.digits > 0 { deployment = meaning.deployment }
        if meaning.isBeginning, takeLongName(from: index, place, bytes) { return true }
        return take(meaning, word.name, isNumber: word.isNumber, value: word.hash, kind: word.kind, place)
    }

    /// Takes the longest name of several words that begins with a word.
    private mutating func takeLongName(from first: Int, _ place: Place, _ bytes: UnsafeRawBufferPointer) -> Bool {
        var name = words[first].name
        var longest: (AccountNames.Meaning, NameHash)?
        for next in (first + 1)..<min(words.count, first + AccountNames.mostWords) {
            guard Int(words[next].start - words[next - 1].end) <= AccountNames.longestGap else { break }
            for place in Int(words[next - 1].end)..<Int(words[next].end) { name.add(bytes[place]) }
            guard let meaning = names.meaning(name) else { break }
            if meaning.account != -1 { longest = (meaning, name) }
            guard meaning.isBeginning else { break }
        }
        guard let (meaning, name) = longest else { return false }
        return take(meaning, name, isNumber: false, value: name.finished, kind: .other, place)
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

    /// Whether a word stands before names of accounts.
    @inline(__always)
    private mutating func tells(_ word: RecordWord, _ byteAfter: UInt8, _ bytes: UnsafeRawBufferPointer) -> Bool {
        if told[word.hash] != nil { return true }
        guard byteAfter == UInt8(ascii: "=") || byteAfter == UInt8(ascii: ":"),
            word.isSplit || word.end - word.start > 4
        else { return false }
        // No part of a number is a word that tells something, and every number would take a place of its own among the keys.
        guard word.name.digits < word.name.count else { return false }
        return keys.facts(UnsafeRawBufferPointer(rebasing: bytes[word.range])).isTold
    }
}
