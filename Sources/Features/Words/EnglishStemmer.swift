/// The English stemmer of the Snowball project, which maps the inflected and derived forms of a word to one stem:
/// `connected`, `connecting` and `connections` to `connect`.
///
/// A stem need not be a word. It agrees with libstemmer 3.1 on every word of ASCII; a word with other bytes is left as it is, as the
/// endings are English and the word then is not.
///
/// Source: M. F. Porter, "The English (Porter2) stemming algorithm", 2002, with the changes of Snowball 3,
/// https://snowballstem.org/algorithms/english/stemmer.html.
public enum EnglishStemmer {
    /// Turns a word into its stem, in place.
    ///
    /// Digits and punctuation count as consonants, and an apostrophe at the end is cut with the `s` around it.
    ///
    /// - Parameter word: A word whose letters are lower-case.
    /// - Returns: The bytes that the stem takes at the front of `word`, never more than the word had; what is behind it is of no meaning.
    /// - Complexity: O(bytes), without an allocation.
    public static func stem(_ word: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard word.count > 2, let base = word.baseAddress, word.allSatisfy({ $0 < 0x80 }) else { return word.count }
        var letters = EnglishLetters(base, count: word.count)
        if word.count <= Ending.longest {
            let whole = letters.tail
            if unchanged.contains(where: { $0.bits == whole }) { return word.count }
            if let form = exceptions.first(where: { $0.ending.bits == whole }) {
                letters.replace(form.ending, by: form.replacement)
                return letters.count
            }
        }
        letters.markConsonants()
        letters.findRegions()
        removePossessive(&letters)
        removePlural(&letters)
        removePastAndProgressive(&letters)
        turnFinalY(&letters)
        shortenDerivation(&letters, derivations)
        shortenQuality(&letters)
        removeResidue(&letters)
        removeFinal(&letters)
        letters.unmarkConsonants()
        return letters.count
    }

    private static let unchanged: [Ending] = ["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"]

    private static let exceptions: [Derivation] = [
        Derivation("skies", "sky"), Derivation("idly", "idl"), Derivation("gently", "gentl"),
        Derivation("ugly", "ugli"), Derivation("early", "earli"), Derivation("only", "onli"),
        Derivation("singly", "singl"),
    ]

    // MARK: - Inflection: steps 0 and 1 of the algorithm

    private static let possessives: [Ending] = ["'s'", "'s", "'"]

    private static func removePossessive(_ word: inout EnglishLetters) {
        if let ending = word.first(of: possessives) { word.count -= ending.count }
    }

    private static let plurals: [Ending] = ["sses", "ied", "ies", "us", "ss", "s"]

    private static func removePlural(_ word: inout EnglishLetters) {
        guard let ending = word.first(of: plurals) else { return }
        switch ending {
        case "sses": word.count -= 2
        case "ied", "ies": word.count -= word.count > 4 ? 2 : 1
        // A vowel right before the s is no sign of a plural: gas, this.
        case "s" where word.hasVowel(before: word.count - 2): word.count -= 1
        default: break
        }
    }

    private static let verbEndings: [Ending] = ["eedly", "ingly", "edly", "eed", "ing", "ed"]
    /// What makes verbs of their own with `eed`.
    private static let verbsInEed: [Ending] = ["proc", "exc", "succ"]
    /// What makes nouns with `ing` that are not of the verb.
    private static let nounsInIng: [Ending] = ["inn", "out", "cann", "herr", "earr", "even"]
    private static let needingE: [Ending] = ["at", "bl", "iz"]
    private static let doubles: [Ending] = ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"]

    private static func removePastAndProgressive(_ word: inout EnglishLetters) {
        guard let ending = word.first(of: verbEndings) else { return }
        let start = word.count - ending.count
        let rest = word.tail(before: start)
        switch ending {
        case "eed", "eedly":
            if start >= word.r1, !verbsInEed.contains(where: { $0.count == start && $0.matches(rest) }) {
                word.count = start + 2
            }
            return
        case "ing":
            if start == 2, word[1] == UInt8(ascii: "y"), !word.isVowel(0) {
                word.count = start
                word.replace("y", by: "ie")
                return
            }
            if nounsInIng.contains(where: { $0.count == start && $0.matches(rest) }) { return }
        default: break
        }
        guard word.hasVowel(before: start) else { return }
        word.count = start
        if word.first(of: needingE) != nil {
            word.append(UInt8(ascii: "e"))
        } else if word.first(of: doubles) != nil {
            // add, egg and off end in a double of their own.
            if start != 3 || !"aeo".utf8.contains(word[0]) { word.count -= 1 }
        } else if word.r1 == start, word.isShort(before: start) {
            word.append(UInt8(ascii: "e"))
        }
    }

    private static func turnFinalY(_ word: inout EnglishLetters) {
        let last = word.count - 1
        if last >= 2, word[last] | 0x20 == UInt8(ascii: "y"), !word.isVowel(last - 1) {
            word[last] = UInt8(ascii: "i")
        }
    }

    // MARK: - Derivation: steps 2 to 5

    private static let derivations: [Derivation] = [
        Derivation("ational", "ate"), Derivation("fulness", "ful"), Derivation("ousness", "ous"),
        Derivation("iveness", "ive"), Derivation("ization", "ize"), Derivation("tional", "tion"),
        Derivation("biliti", "ble"), Derivation("lessli", "less"), Derivation("entli", "ent"),
        Derivation("ation", "ate"), Derivation("alism", "al"), Derivation("aliti", "al"),
        Derivation("fulli", "ful"), Derivation("ousli", "ous"), Derivation("iviti", "ive"),
        Derivation("ogist", "og"), Derivation("enci", "ence"), Derivation("anci", "ance"),
        Derivation("abli", "able"), Derivation("izer", "ize"), Derivation("ator", "ate"),
        Derivation("alli", "al"), Derivation("bli", "ble"), Derivation("ogi", "og"), Derivation("li", ""),
    ]

    private static func shortenDerivation(_ word: inout EnglishLetters, _ derivations: [Derivation]) {
        let tail = word.tail
        guard let found = derivations.first(where: { $0.ending.matches(tail) }) else { return }
        let start = word.count - found.ending.count
        guard start >= word.r1 else { return }
        switch found.ending {
        case "ogi" where word[start - 1] != UInt8(ascii: "l"): return
        case "li" where !"cdeghkmnrt".utf8.contains(word[start - 1]): return
        default: word.replace(found.ending, by: found.replacement)
        }
    }

    private static let qualities: [Derivation] = [
        Derivation("ational", "ate"), Derivation("tional", "tion"), Derivation("alize", "al"),
        Derivation("icate", "ic"), Derivation("iciti", "ic"), Derivation("ative", ""), Derivation("ical", "ic"),
        Derivation("ness", ""), Derivation("ful", ""),
    ]

    private static let ative: Ending = "ative"

    private static func shortenQuality(_ word: inout EnglishLetters) {
        if ative.matches(word.tail), word.count - ative.count < word.r2 { return }
        shortenDerivation(&word, qualities)
    }

    private static let residues: [Ending] = [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
        "al", "er", "ic",
    ]

    private static func removeResidue(_ word: inout EnglishLetters) {
        guard let ending = word.first(of: residues) else { return }
        let start = word.count - ending.count
        guard start >= word.r2 else { return }
        if ending == "ion", word[start - 1] != UInt8(ascii: "s"), word[start - 1] != UInt8(ascii: "t") { return }
        word.count = start
    }

    private static func removeFinal(_ word: inout EnglishLetters) {
        let last = word.count - 1
        guard last > 0 else { return }
        switch word[last] {
        case UInt8(ascii: "e"):
            if last >= word.r2 || (last >= word.r1 && !word.isShort(before: last)) { word.count = last }
        case UInt8(ascii: "l"):
            if last >= word.r2, word[last - 1] == UInt8(ascii: "l") { word.count = last }
        default: break
        }
    }
}
