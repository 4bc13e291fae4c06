extension TextScan {
    /// A name of a contact that begins with a word, the longest there is.
    mutating func name(_ start: Int, _ end: Int, _ hash: UInt64) -> Int? {
        var meaning = rules.names[hash]
        if meaning.isEmpty, !hasGenitive(start, end) { return nil }
        var row = hash
        var words = 1
        var isTight = true
        var place = end
        var found: (end: Int, meaning: NameTable.Meaning)?
        if hasGenitive(start, end) {
            let stem = rules.names[WordHash.withoutGenitive(hash)]
            if isWhole(stem), isNamed(stem, start, end, 1, isTight) { found = (end - 1, stem) }
        }
        while !meaning.isEmpty {
            if isWhole(meaning), isNamed(meaning, start, place, words, isTight) { found = (place, meaning) }
            guard meaning.contains(.goesOn), words < NameTable.mostWords, let next = nextNameWord(place) else { break }
            isTight = isTight && !(place..<next).contains { isBlank($0) || byte($0) == UInt8(ascii: ",") }
            place = endOfWord(next)
            let word = NameFolding.hash(base + next, place - next)
            words += 1
            if hasGenitive(next, place) {
                let stem = rules.names[NameTable.row(row, WordHash.withoutGenitive(word))]
                if isWhole(stem), isNamed(stem, start, place, words, isTight) { found = (place - 1, stem) }
            }
            row = NameTable.row(row, word)
            meaning = rules.names[row]
        }
        guard let found else { return nil }
        var last = found.end
        // The dot of "Inc." belongs to it.
        if found.meaning.contains(.organization), words > 1, byte(last) == UInt8(ascii: "."), endsInForm(last) {
            last += 1
        }
        let next = add(found.meaning.contains(.person) ? .person : .organization, words > 1 ? 0.9 : 0.6, start, last)
        // What stood for an initial may be something else, and a longer name begin with the word after it.
        return next != nil && end - start == 1 ? end : next
    }

    private func isWhole(_ meaning: NameTable.Meaning) -> Bool {
        !meaning.isDisjoint(with: [.person, .organization])
    }

    /// Whether a word may be a name in the genitive, as in Müllers Rechner; the s is left standing.
    private func hasGenitive(_ start: Int, _ end: Int) -> Bool {
        byte(end - 1) | 0x20 == UInt8(ascii: "s") && end - start > 4
    }

    private func endsInForm(_ end: Int) -> Bool {
        var word = end
        while word > lineStart, end - word < 8, isWord(word - 1) { word -= 1 }
        let hash = NameFolding.hash(base + word, end - word)
        return EverydayWords.companyForms.contains(hash) || EverydayWords.companyEndings.contains { $0.last == hash }
    }

    /// Where the next word of a name begins: after a blank, a comma, a dot, a hyphen or an apostrophe, on the same line.
    private func nextNameWord(_ end: Int) -> Int? {
        var place = end
        while place - end < 6 {
            let punctuation = widePunctuation(at: place)
            if punctuation > 0 {
                place += punctuation
                continue
            }
            switch byte(place) {
            case 0x20, 0x09, UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "'"),
                UInt8(ascii: "&"), UInt8(ascii: "+"):
                place += 1
            default: return place > end && isWord(place) ? place : nil
            }
        }
        return nil
    }

    private func isNamed(
        _ meaning: NameTable.Meaning, _ start: Int, _ end: Int, _ words: Int, _ isTight: Bool
    ) -> Bool {
        if meaning.contains(.tight), !isTight { return false }
        // A part of an identifier is no name: com.mark.Parser, mark_deleted, markDeleted, but jane.smith is, and a company's may be.
        if words == 1 {
            let (before, after) = (byte(start - 1), byte(end))
            if before == UInt8(ascii: "_") || after == UInt8(ascii: "_")
                || before == UInt8(ascii: ".") && isWord(start - 2)
                || after == UInt8(ascii: ".") && isWord(end + 1) || after == UInt8(ascii: "(")
                || before == UInt8(ascii: "/")
                || after == UInt8(ascii: "/") || before == UInt8(ascii: "\\") || after == UInt8(ascii: "=")
                || before == UInt8(ascii: "$") || after == UInt8(ascii: "$")
            {
                return meaning.contains(.glued)
            }
            if meaning.contains(.glued), "=:@#".utf8.contains(before) { return true }
            if before == UInt8(ascii: "-") && isWord(start - 2) || after == UInt8(ascii: "-") && isWord(end + 1) {
                return meaning.contains(.glued) || !meaning.contains(.everyday) && isCapital(start)
            }
        }
        guard meaning.contains(.capitals) else { return true }
        var place = start
        while place < end {
            if isWord(place), !isWord(place - 1), !isCapital(place) {
                let particle = NameFolding.hash(base + place, endOfWord(place) - place)
                let isSmall =
                    EverydayWords.particles.contains(particle) && place + 4 <= end
                    || EverydayWords.conjunctionHashes.contains(particle)
                if !isSmall { return false }
            }
            place += 1
        }
        if meaning.contains(.everyday) { return hasGreeting(start) }
        return true
    }

    /// Whether a word begins with a capital, or with a letter beyond ASCII, which is not told apart.
    private func isCapital(_ place: Int) -> Bool { isUpper(place) || byte(place) >= 0x80 }

    /// Whether a title or a greeting stands before a name.
    private func hasGreeting(_ start: Int) -> Bool {
        var end = start
        while end > lineStart, start - end < 3,
            isBlank(end - 1) || byte(end - 1) == UInt8(ascii: ".") || byte(end - 1) == UInt8(ascii: ",")
        {
            end -= 1
        }
        guard end < start else { return false }
        var word = end
        while word > lineStart, end - word < 24, isWord(word - 1) { word -= 1 }
        return word < end && EverydayWords.greetings.contains(NameFolding.hash(base + word, end - word))
    }
}
