/// The names of contacts, as rows of words that are looked up one after another.
struct NameTable: Sendable {
    /// What a row of words is.
    struct Meaning: OptionSet {
        let rawValue: UInt32

        static let person = Meaning(rawValue: 1)
        static let organization = Meaning(rawValue: 2)
        /// More words may follow.
        static let goesOn = Meaning(rawValue: 4)
        /// Each word must begin with a capital, or with a letter that has none.
        static let capitals = Meaning(rawValue: 8)
        /// The row is also an everyday word: a greeting or a title must stand before it.
        static let everyday = Meaning(rawValue: 16)
        /// A single letter stands for a name.
        static let initial = Meaning(rawValue: 32)
        /// It counts in any case where signs, digits or capitals join it to other words, as in identifiers, and with an ending in ``NameEndings``.
        static let glued = Meaning(rawValue: 64)
        /// No blank and no comma stands between the words.
        static let tight = Meaning(rawValue: 128)

        static let conditions: Meaning = [.capitals, .everyday, .initial, .tight]
    }

    /// The words that a name may have.
    static let mostWords = 8
    /// The fewest letters of a word that counts in identifiers.
    static let fewestGlued = 6

    /// All but those that have come since; a copy of a table shares it.
    private var meanings: [UInt64: UInt32] = [:]
    private var rows: WordTable
    /// Those that have come since, or have another meaning since; nil while there are none.
    private var later: WordTable?
    private var laterMeanings: [UInt64: UInt32] = [:]

    /// Whether there are no names.
    var isEmpty: Bool { meanings.isEmpty && laterMeanings.isEmpty }

    init(_ contacts: [RedactionRules.Contact]) {
        for contact in contacts { Self.enter(contact, into: &meanings, over: [:]) }
        rows = WordTable(meanings.map { (hash: $0.key, value: $0.value) })
    }

    /// Adds names; all of the table is made anew only when it has grown by an eighth.
    mutating func add(_ contacts: [RedactionRules.Contact]) {
        for contact in contacts { Self.enter(contact, into: &laterMeanings, over: meanings) }
        if laterMeanings.count > max(1_024, meanings.count / 8) {
            meanings.merge(laterMeanings) { $1 }
            rows = WordTable(meanings.map { (hash: $0.key, value: $0.value) })
            (later, laterMeanings) = (nil, [:])
        } else {
            later = WordTable(laterMeanings.map { (hash: $0.key, value: $0.value) })
        }
    }

    @inline(__always)
    subscript(hash: UInt64) -> Meaning {
        if let later {
            let meaning = later[hash]
            if meaning != 0 { return Meaning(rawValue: meaning) }
        }
        return Meaning(rawValue: rows[hash])
    }

    private static func enter(
        _ contact: RedactionRules.Contact, into meanings: inout [UInt64: UInt32], over base: [UInt64: UInt32]
    ) {
        for expanded in [false, true] {
            let forms =
                person(words(contact.person, expanded)) + conjoined(contact.company, expanded).flatMap { company($0) }
                + alias(words(contact.alias, expanded))
            for (words, meaning) in forms { enter(words, meaning, into: &meanings, over: base) }
        }
    }

    /// The hash of a row of words with one more.
    @inline(__always)
    static func row(_ row: UInt64, _ word: UInt64) -> UInt64 {
        (row.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15).high ^ row &* 31) ^ word
    }

    private static func enter(
        _ words: [String], _ meaning: Meaning, into meanings: inout [UInt64: UInt32], over base: [UInt64: UInt32]
    ) {
        var hash: UInt64 = 0
        for (index, word) in words.enumerated() {
            let folded = NameFolding.hash(word)
            hash = index == 0 ? folded : row(hash, folded)
            let isLast = index == words.count - 1
            let old = Meaning(rawValue: meanings[hash] ?? base[hash] ?? 0)
            var new = isLast ? meaning : .goesOn
            // The weaker condition of two holds.
            if isLast, !old.isDisjoint(with: [.person, .organization]) {
                new = meaning.subtracting(.conditions).union(meaning.intersection(old).intersection(.conditions))
                meanings[hash] = old.subtracting(.conditions).union(new).rawValue
            } else {
                meanings[hash] = old.union(new).rawValue
            }
        }
    }

    /// The words of a company's name, for each way to write the "and" in it: as a sign, which is no word, and in some languages.
    private static func conjoined(_ name: String, _ isExpanded: Bool) -> [[String]] {
        let signed = name.split(separator: " ").map { $0 == "&" || $0 == "+" ? "and" : $0 }.joined(separator: " ")
        let parts = words(signed, isExpanded)
        let isAnd = parts.map { EverydayWords.conjunctions.contains($0.utf8.count > 1 ? $0.lowercased() : $0) }
        guard let first = isAnd.dropFirst().dropLast().firstIndex(of: true) else { return [words(name, isExpanded)] }
        let without = zip(parts, isAnd).filter { !$1 }.map(\.0)
        return [words(name, isExpanded), without]
            + EverydayWords.conjunctions.map { conjunction in parts[..<first] + [conjunction] + parts[(first + 1)...] }
    }

    /// The words of a name: letters and digits, as the scan cuts them.
    private static func words(_ name: String, _ isExpanded: Bool) -> [String] {
        var text = isExpanded ? EverydayWords.expanded(name) : name
        return text.withUTF8 { bytes in
            WordRanges(bytes).prefix(mostWords).map { String(decoding: bytes[$0], as: UTF8.self) }
        }
    }

    /// The forms of a person's name, given first names first.
    private static func person(_ all: [String]) -> [(words: [String], meaning: Meaning)] {
        var words = all
        while let first = words.first, words.count > 1, EverydayWords.titles.contains(NameFolding.hash(first)) {
            words.removeFirst()
        }
        guard let first = words.first, let last = words.last else { return [] }
        if words.count == 1 { return [(words, alone(first))] }
        // "van der Berg" belongs together.
        var surname = [last]
        var index = words.count - 2
        while index > 0, EverydayWords.particles.contains(NameFolding.hash(words[index])) {
            surname.insert(words[index], at: 0)
            index -= 1
        }
        let given = Array(words[...max(0, words.count - surname.count - 1)])
        let allEveryday = words.allSatisfy { EverydayWords.contains($0) }
        let full: Meaning = allEveryday ? [.person, .capitals] : .person
        let initial = String(first.prefix(1))
        let initials: Meaning = [.person, .capitals, .initial]
        var forms: [(words: [String], meaning: Meaning)] = [
            (words, full), (surname + given, full), ([first] + surname, full), (surname + [first], full),
            ([first, last], full), ([last, first], full),
            ([initial] + surname, initials), (surname + [initial], initials), ([initial, last], initials),
            ([last, initial], initials), ([first, String(last.prefix(1))], initials),
        ]
        if given.count > 1 {
            let middle = given.dropFirst().map { String($0.prefix(1)) }
            forms.append(([initial] + middle + surname, initials))
            forms.append(([first] + middle + surname, initials))
            forms.append((surname + [initial] + middle, initials))
            forms.append((surname + [first] + middle, initials))
        }
        for word in Set([first, last] + given) where word.utf8.count > 2 { forms.append(([word], alone(word))) }
        if surname.count > 1 { forms.append((surname, [.person, .capitals])) }
        return forms
    }

    private static func alone(_ word: String) -> Meaning {
        EverydayWords.contains(word) ? [.person, .capitals, .everyday] : [.person, .capitals]
    }

    /// The hash of a company's name without what its law calls it; nil when it has no words.
    static func company(_ name: String) -> UInt64? {
        let hashes = hashes(ofWordsIn: name)
        return hashes.first.map { hashes.dropFirst().reduce($0, row) }
    }

    /// A company's name without what its law calls it.
    private static func shortened(_ all: [String]) -> [String] {
        let hashes = all.map { NameFolding.hash($0) }
        var left = hashes[...]
        while left.count > 1, let last = left.last {
            if EverydayWords.companyForms.contains(last) {
                left.removeLast()
            } else if let ending = EverydayWords.companyEndings.first(where: {
                left.count > $0.count && left.suffix($0.count).elementsEqual($0)
            }) {
                left.removeLast(ending.count)
            } else {
                break
            }
        }
        while left.count > 1, let first = left.first, EverydayWords.leadingForms.contains(first) { left.removeFirst() }
        return Array(all[left.indices])
    }

    /// The forms of a company's name: with and without what its law calls it, and as one word.
    private static func company(_ all: [String]) -> [(words: [String], meaning: Meaning)] {
        guard !all.isEmpty else { return [] }
        let words = shortened(all)
        func meaning(_ words: [String]) -> Meaning {
            guard words.count == 1 else {
                return words.allSatisfy { EverydayWords.contains($0) } ? [.organization, .capitals] : .organization
            }
            if EverydayWords.contains(words[0]) || words[0].utf8.count < 3 {
                return [.organization, .capitals, .everyday]
            }
            return words[0].count < fewestGlued || isOrdinary(words[0])
                ? [.organization, .capitals] : [.organization, .capitals, .glued]
        }
        // "S.A." is cut into letters; "Acme S.A." stays a row of its own.
        return (words.count == all.count ? [(all, meaning(all))] : [(all, .organization), (words, meaning(words))])
            + joined(words)
    }

    /// A name of several words written as one.
    private static func joined(_ words: [String]) -> [(words: [String], meaning: Meaning)] {
        let word = words.joined()
        guard words.count > 1, word.count > fewestGlued, !words.allSatisfy({ isOrdinary($0) }) else { return [] }
        return [([word], [.organization, .capitals, .glued])]
    }

    /// The forms of what machines call a company.
    private static func alias(_ words: [String]) -> [(words: [String], meaning: Meaning)] {
        guard isDistinct(words) else { return [] }
        return [(words, words.count > 1 ? [.organization, .tight] : [.organization, .glued])] + joined(words)
    }

    /// Whether what machines call a company says enough by itself to be looked for in texts.
    static func isDistinct(alias: String) -> Bool { isDistinct(words(alias, false)) }

    /// Letters with digits, or several words: `fjbk-prod` and `cedar7`, but not `support`, `42` and `eu-west-1`.
    private static func isDistinct(_ words: [String]) -> Bool {
        let characters = words.joined()
        let digits = characters.utf8.count { 48...57 ~= $0 }
        guard words.count > 1 || digits > 0, characters.count >= (words.count > 1 ? fewestGlued - 1 : fewestGlued),
            digits < characters.utf8.count
        else { return false }
        return digits >= 5 || !words.allSatisfy { isOrdinary($0) }
    }

    /// Whether a word, but for its digits, is short, an everyday one or what anybody may call a workspace.
    private static func isOrdinary(_ word: String) -> Bool {
        let letters = word.filter { !("0"..."9" ~= $0) }
        return letters.utf8.count < 3 || EverydayWords.contains(letters)
            || EverydayWords.ofWorkplaces.contains(NameFolding.hash(letters))
    }

    /// The words of a company's name, but for what its law calls it.
    static func words(ofCompany name: String) -> [String] { shortened(words(name, false)) }

    /// The hashes of the words of a company's name, but for what its law calls it.
    static func hashes(ofWordsIn name: String) -> [UInt64] { words(ofCompany: name).map { NameFolding.hash($0) } }
}
