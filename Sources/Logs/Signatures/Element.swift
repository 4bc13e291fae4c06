internal import Records

/// One part of a shape or of a template.
struct Element: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        /// A blank or punctuation.
        case literal
        /// A word: letters, with at most one dot.
        case word
        /// An identifier by its form, such as `eth0` or `a.b.c`: a constant until it varies.
        case identifier
        /// A word in a place for values, behind `=` or in quotes: a constant until it varies.
        case value
        /// Variables, with what stands between them.
        case variable
    }

    var kind: Kind
    /// The number of the text in a ``TokenTable``; -1 for a variable of a template, whose text is not part of it.
    var token: Int32

    static let variable = Element(kind: .variable, token: -1)

    /// Whether the element is a variable as soon as it takes two values.
    var isLoose: Bool { kind == .identifier || kind == .value || kind == .variable }

    /// Whether the element is a constant with a meaning.
    var isWord: Bool { kind == .word || kind == .identifier || kind == .value }
}

/// Numbers for texts, and what is known of each.
struct TokenTable {
    struct Facts {
        var bytes: [UInt8]
        var lowercased: [UInt8]
        var hasMeaning: Bool
        var isCapitals: Bool
        var isArticle: Bool
        var isNoun: Bool
        var isEntity: Bool
        var isPreposition: Bool
        var isUnit: Bool
        var isInstance: Bool
        var hasLetter: Bool
        /// FNV-1a of the bytes: the same on every machine and in every order.
        var hash: UInt64
    }

    private(set) var facts: [Facts] = []
    private var numbers: [[UInt8]: Int32] = [:]

    subscript(token: Int32) -> Facts { facts[Int(token)] }

    mutating func number(of bytes: some Collection<UInt8>) -> Int32 {
        let bytes = Array(bytes)
        if let number = numbers[bytes] { return number }
        let number = Int32(truncatingIfNeeded: facts.count)
        numbers[bytes] = number
        let lowercased = bytes.map { $0.isUppercase ? $0 | 0x20 : $0 }
        let letters = bytes.filter { $0.isLetter }
        facts.append(
            Facts(
                bytes: bytes, lowercased: lowercased, hasMeaning: MeaningWords.contains(lowercased),
                isCapitals: letters.count > 1 && letters.allSatisfy(\.isUppercase),
                isArticle: MeaningWords.articles.contains(lowercased),
                isNoun: MeaningWords.nouns.contains(lowercased),
                isEntity: MeaningWords.entities.contains(lowercased),
                isPreposition: MeaningWords.prepositions.contains(lowercased),
                isUnit: MeaningWords.units.contains(lowercased), isInstance: InstanceName.isOne(bytes),
                hasLetter: !letters.isEmpty,
                hash: FNV1a.hash(bytes)))
        return number
    }
}
