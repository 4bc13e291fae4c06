internal import Records

/// Keys that say by themselves that their values are accounts.
extension SourceKeys {
    private static let identifiers = numbered(["id", "key", "ref", "code", "slug", "uuid", "number", "no"])
    /// Of the words that stand before names of accounts those that also stand before ids of threads and of connections.
    private static let ambiguous = numbered(["tid", "cid"])

    /// How far a key says that its value is an account, by the words that ``told`` has, in any spelling: `customer.id`, `tenant_id`, `accountId`.
    static func account(_ key: UnsafeRawBufferPointer) -> ScopeKeys.Account {
        let whole = NameHash(key).finished
        var (names, others) = (0, 0)
        for part in words(of: key) {
            let hash = NameHash(key[part]).finished
            if told[hash] != nil, ambiguous[hash] == nil { names += 1 } else if identifiers[hash] == nil { others += 1 }
        }
        let isTold = told[whole] != nil
        if (isTold && ambiguous[whole] == nil) || (names > 0 && others == 0) { return .whole }
        return isTold || names > 0 ? .within : .none
    }

    /// The words of a key, which begin after what is no letter or digit, and at capitals after others.
    private static func words(of key: UnsafeRawBufferPointer) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = key.startIndex
        func isCapital(_ place: Int) -> Bool { key[place] &- 0x41 < 26 }
        for place in key.indices {
            let byte = key[place]
            let isWord = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
            let begins = isCapital(place) && place > start && !isCapital(place - 1)
            guard !isWord || begins else { continue }
            if place > start { words.append(start..<place) }
            start = isWord ? place : place + 1
        }
        if start < key.endIndex { words.append(start..<key.endIndex) }
        return words
    }
}
