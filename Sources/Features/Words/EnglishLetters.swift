/// A word on its way to a stem, in memory of the caller: its letters and the regions that endings may be cut from.
///
/// A `y` that is a consonant is written `Y`.
struct EnglishLetters {
    private let letters: UnsafeMutablePointer<UInt8>
    /// The number of letters.
    var count: Int
    /// Where the first region begins: behind the first consonant that follows a vowel.
    private(set) var r1 = 0
    /// Where the second region begins: as the first, but within that.
    private(set) var r2 = 0
    private var isMarked = false

    init(_ letters: UnsafeMutablePointer<UInt8>, count: Int) {
        self.letters = letters
        self.count = count
    }

    subscript(place: Int) -> UInt8 {
        get { letters[place] }
        nonmutating set { letters[place] = newValue }
    }

    func isVowel(_ place: Int) -> Bool {
        switch letters[place] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }

    /// Whether a vowel stands before a place.
    func hasVowel(before end: Int) -> Bool {
        for place in 0..<max(0, end) where isVowel(place) { return true }
        return false
    }

    /// Whether what stands before a place ends in a short syllable.
    func isShort(before end: Int) -> Bool {
        guard end >= 2, isVowel(end - 2), !isVowel(end - 1) else { return Self.past.matches(tail(before: end)) }
        if end == 2 { return true }
        switch letters[end - 1] {
        case UInt8(ascii: "w"), UInt8(ascii: "x"), UInt8(ascii: "Y"): return false
        default: return !isVowel(end - 3)
        }
    }

    private static let past: Ending = "past"

    /// The last eight letters.
    var tail: UInt64 { tail(before: count) }

    /// The eight letters before a place, the last one in the lowest byte.
    func tail(before end: Int) -> UInt64 {
        var tail: UInt64 = 0
        for place in max(0, end - Ending.longest)..<max(0, end) { tail = tail << 8 | UInt64(letters[place]) }
        return tail
    }

    /// The first of some endings that the word has.
    func first(of endings: [Ending]) -> Ending? {
        let tail = tail
        return endings.first { $0.matches(tail) }
    }

    mutating func append(_ letter: UInt8) {
        letters[count] = letter
        count += 1
    }

    /// Writes letters in place of the ending.
    mutating func replace(_ ending: Ending, by replacement: Ending) {
        count -= ending.count
        for place in (0..<replacement.count).reversed() {
            append(UInt8(truncatingIfNeeded: replacement.bits >> (8 * UInt64(place))))
        }
    }

    /// Cuts an apostrophe at the front, and marks each `y` that is a consonant: at the front and after a vowel.
    mutating func markConsonants() {
        if letters[0] == UInt8(ascii: "'") {
            count -= 1
            for place in 0..<count { letters[place] = letters[place + 1] }
        }
        for place in 0..<count where letters[place] == UInt8(ascii: "y") && (place == 0 || isVowel(place - 1)) {
            letters[place] = UInt8(ascii: "Y")
            isMarked = true
        }
    }

    /// Writes each `y` as it was.
    func unmarkConsonants() {
        guard isMarked else { return }
        for place in 0..<count where letters[place] == UInt8(ascii: "Y") { letters[place] = UInt8(ascii: "y") }
    }

    /// The beginnings of words whose first region is all the rest, lest words of other meanings share a stem.
    private static let beginnings: [Ending] = [
        "gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter",
    ]

    /// Finds the two regions.
    mutating func findRegions() {
        let beginning = Self.beginnings.first { beginning in
            beginning.count <= count && beginning.bits == tail(before: beginning.count)
        }
        r1 = beginning?.count ?? regionBegin(0)
        r2 = regionBegin(r1)
    }

    private func regionBegin(_ start: Int) -> Int {
        var place = start
        while place < count, !isVowel(place) { place += 1 }
        while place < count, isVowel(place) { place += 1 }
        return min(count, place + 1)
    }
}
