internal import Records

/// Sentences that say which other case theirs repeats instead of telling what resolved it.
///
/// A case is named behind a word of repetition, with nothing but words such as `of` or `ticket` between, or by `#` and its id in the same sentence. Any other number
/// names none: most numbers in notes count something. Where cases were merged, the one that goes on stands behind a word such as `into`.
enum Repetition {
    private static let words: Set<String> = [
        "duplicate", "duplicates", "dupe", "dup", "duplikat", "dublette", "doublon", "duplicado",
    ]
    private static let mergers: Set<String> = [
        "merged", "consolidated", "zusammengeführt", "zusammengelegt", "fusionné", "fusionnée", "fusionado",
        "fusionada", "mesclado", "mesclada",
    ]
    /// What stands before the case that another was merged into, with nothing but the words of `introductions` and `fillers` between.
    private static let destinations: Set<String> = [
        "into", "with", "to", "mit", "zu", "dans", "avec", "à", "con", "a", "com",
    ]
    /// Words that also send a reader elsewhere, so that they point to a case only where little else is said.
    private static let references: Set<String> = ["see", "same", "siehe", "voir", "véase"]
    private static let wordsAndReferences = words.union(references)
    /// What may stand right before an id.
    private static let introductions: Set<String> = [
        "see", "siehe", "voir", "véase", "of", "to", "as", "von", "zu", "wie", "de", "que", "à", "a", "id", "no", "nr",
        "number", "ticket", "tickets",
        "case", "request", "issue", "incident", "anfrage", "vorgang", "fall", "demande", "caso", "solicitud",
        "incidencia",
    ]
    /// What may stand before one of these.
    private static let fillers: Set<String> = [
        "the", "an", "in", "problem", "by", "is", "dem", "der", "das", "im", "le", "la", "el", "au", "al", "du", "del",
    ]
    /// The most words, and bytes, of a sentence in which a reference points to a case.
    private static let fewWords = 7
    private static let longestReference = 100

    /// Whether a sentence says that its case repeats one with a number, which may be gone.
    static func isOne(_ sentence: RedactedText) -> Bool {
        guard hasDigit(sentence), Glance(sentence)?.holdsPointer ?? true else { return false }
        return pointed(in: parts(of: sentence)) { isLikeId($0) ? true : nil } ?? false
    }

    private static func hasDigit(_ sentence: RedactedText) -> Bool {
        sentence.string.utf8.contains { 48...57 ~= $0 }
    }

    /// Whether a word has the form of most ids: digits, with capital letters or without.
    private static func isLikeId(_ word: String) -> Bool {
        word.contains(where: \.isNumber) && word.allSatisfy { $0.isNumber || $0.isUppercase || $0 == "-" }
    }

    /// The case that a note points to.
    ///
    /// - Parameters:
    ///   - note: The sentences of the note.
    ///   - find: The number of the case with an id; nil where there is none.
    static func original(in note: [RedactedText], _ find: (String) -> Int?) -> Int? {
        // Nearly all notes are longer than an id, or have no number at all.
        if note.count == 1, note[0].string.utf8.count <= longestReference, Glance(note[0])?.count ?? 0 <= fewWords {
            let parts = parts(of: note[0])
            // Ids with a blank in them are two words.
            if parts.count <= 2, let whole = find(parts.map { String($0.core) }.joined(separator: " ")) { return whole }
            if parts.count <= fewWords, let found = named(in: parts, by: wordsAndReferences, find) { return found }
        }
        for sentence in note where hasDigit(sentence) && Glance(sentence)?.holdsPointer ?? true {
            if let found = pointed(in: parts(of: sentence), find) { return found }
        }
        return nil
    }

    /// What is found by the id of the case that a sentence says to be repeated, or to go on.
    private static func pointed<Found>(in parts: [Part], _ find: (String) -> Found?) -> Found? {
        named(in: parts, by: words, find) ?? merged(parts, find)
    }

    private static func merged<Found>(_ parts: [Part], _ find: (String) -> Found?) -> Found? {
        let words = parts.map { $0.core.lowercased() }
        guard words.contains(where: mergers.contains) else { return nil }
        for start in parts.indices where destinations.contains(words[start]) {
            var isIntroduced = false
            for place in parts.indices[(start + 1)...] {
                // A number that a noun follows counts what the noun says.
                let next = words[(place + 1)...].first
                let isCase =
                    isIntroduced || parts[place].isNumber || parts[place].endsClause
                    || next.map(mergers.contains) ?? true
                if isCase, let found = find(String(parts[place].core)) { return found }
                isIntroduced = introductions.contains(words[place])
                guard isIntroduced || fillers.contains(words[place]) else { break }
            }
        }
        return nil
    }

    /// What the bytes of a sentence of ASCII tell before it is parted, which takes many times as long and is needed for few.
    private struct Glance {
        /// The first letters of the words that point to a case.
        private static let openings = Set(
            words.union(mergers).map { $0.utf8.prefix(8).reduce(0, { $0 << 8 | UInt64($1) }) })

        /// The number of words.
        private(set) var count = 0
        /// Whether one of them may point to a case.
        private(set) var holdsPointer = false

        /// - Returns: nil where other characters stand in the sentence.
        init?(_ sentence: RedactedText) {
            var isCounted = false
            var opening: UInt64 = 0
            for byte in sentence.string.utf8 {
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
                    if opening >> 56 == 0 { opening = opening << 8 | UInt64(byte | 0x20) }
                    if !isCounted { count += 1 }
                    isCounted = true
                case 0x80...: return nil
                default:
                    end(opening)
                    opening = 0
                    if byte == 0x20 || 0x09...0x0D ~= byte { isCounted = false }
                }
            }
            end(opening)
        }

        private mutating func end(_ opening: UInt64) {
            if opening > 0, Self.openings.contains(opening) { holdsPointer = true }
        }
    }

    /// A word without the signs around it.
    private struct Part {
        var core: Substring
        /// Whether it is written as the number of a case.
        var isNumber: Bool
        var endsClause: Bool

        init(_ word: Substring) {
            isNumber = word.drop { !$0.isLetter && !$0.isNumber && $0 != "#" }.first == "#"
            endsClause = word.last.map { !$0.isLetter && !$0.isNumber } ?? true
            core = word.drop { !$0.isLetter && !$0.isNumber }
            while let last = core.last, !last.isLetter, !last.isNumber { core.removeLast() }
        }
    }

    private static func parts(of sentence: RedactedText) -> [Part] {
        sentence.string.split(whereSeparator: \.isWhitespace).map(Part.init).filter { !$0.core.isEmpty }
    }

    /// What is found by the id that a word of repetition points to.
    private static func named<Found>(
        in parts: [Part], by pointers: Set<String>, _ find: (String) -> Found?
    ) -> Found? {
        func found(at place: Int) -> Found? {
            let first = String(parts[place].core)
            if let found = find(first) { return found }
            return place + 1 < parts.count ? find(first + " " + parts[place + 1].core) : nil
        }
        for start in parts.indices {
            let word = parts[start].core.lowercased()
            guard pointers.contains(word) else { continue }
            for place in parts.indices where parts[place].isNumber && words.contains(word) {
                if let found = found(at: place) { return found }
            }
            var isIntroduced = introductions.contains(word)
            for place in parts.indices[(start + 1)...] {
                // A number that a noun follows counts what the noun says.
                let isAlone = place == start + 1 && (parts[place].endsClause || place + 1 == parts.count)
                if isIntroduced || isAlone, let found = found(at: place) { return found }
                let word = parts[place].core.lowercased()
                isIntroduced = introductions.contains(word)
                guard isIntroduced || fillers.contains(word) else { break }
            }
        }
        return nil
    }
}
