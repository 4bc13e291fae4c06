/// Up to eight letters of ASCII at the end of a word, packed so that one comparison tells whether a word ends in them.
struct Ending: Equatable, Sendable, ExpressibleByStringLiteral {
    /// The most letters of an ending.
    static let longest = 8

    /// The letters, the last one in the lowest byte.
    let bits: UInt64
    /// Ones where the letters are.
    private let mask: UInt64
    /// The number of letters.
    let count: Int

    /// Packs an ending of the algorithm.
    init(stringLiteral letters: StaticString) {
        bits = letters.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
        count = letters.utf8CodeUnitCount
        mask = count > 0 ? .max >> UInt64(8 * (Self.longest - count)) : 0
    }

    /// Whether letters that are packed alike, with zeros above, end in this.
    func matches(_ tail: UInt64) -> Bool {
        // No letter is zero, so an ending longer than the tail never matches.
        tail & mask == bits
    }
}

/// An ending and what stands for it in the stem, no longer than itself.
struct Derivation: Sendable {
    /// The ending.
    let ending: Ending
    /// The letters in its place.
    let replacement: Ending

    init(_ ending: Ending, _ replacement: Ending) {
        self.ending = ending
        self.replacement = replacement
    }
}
