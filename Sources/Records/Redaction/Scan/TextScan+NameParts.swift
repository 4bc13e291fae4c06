/// Names of companies that are a part of a word: `Fjordbanku`, `FjordbankSync`, `fjordbank2`.
extension TextScan {
    /// A company's name with an ending, or joined to other words by capitals or digits; how far it goes.
    mutating func nameWithin(_ start: Int, _ end: Int, _ seen: ByteClass) -> Int? {
        guard end - start > NameTable.fewestGlued else { return nil }
        if isCapitalLetter(start), hasNameWithEnding(start, end, seen) { return add(.organization, 0.6, start, end) }
        guard seen.contains(.digit) || seen.contains(.upper) else { return nil }
        var part = start
        for place in start + 1...end where place == end || isJoint(place) {
            if place - part >= NameTable.fewestGlued, place - part < end - start,
                rules.names[NameFolding.hash(base + part, place - part)].contains(.glued)
            {
                return add(.organization, 0.6, part, place)
            }
            part = place
        }
        return nil
    }

    /// Whether a new word begins within a word: at a capital in `accountName` and `HTTPServer`, between letters and digits.
    private func isJoint(_ place: Int) -> Bool {
        if isDigit(place) != isDigit(place - 1) { return true }
        guard isUpper(place) else { return false }
        return !isUpper(place - 1) || isLetter(place + 1) && !isUpper(place + 1)
    }

    /// Whether a word is a name with an ending, or a name in `a` with another one in its place.
    private func hasNameWithEnding(_ start: Int, _ end: Int, _ seen: ByteClass) -> Bool {
        var cut = end
        for _ in 0..<NameEndings.longest where cut - start >= NameTable.fewestGlued {
            repeat { cut -= 1 } while cut > start && byte(cut) & 0xC0 == 0x80
        }
        var stem = NameFolding.hash(base + start, cut - start, after: WordHash())
        while cut < end {
            if isStem(stem, isPlain: !seen.contains(.high)),
                NameEndings.all.contains(NameFolding.hash(base + cut, end - cut))
            {
                return true
            }
            let letter = cut
            repeat { cut += 1 } while cut < end && byte(cut) & 0xC0 == 0x80
            stem = NameFolding.hash(base + letter, cut - letter, after: stem)
        }
        return false
    }

    /// Whether letters are a name, or one with an `a` behind them, which gives way to endings.
    private func isStem(_ letters: WordHash, isPlain: Bool) -> Bool {
        if isGlued(letters) { return true }
        var latin = letters
        latin.take(UInt8(ascii: "a"))
        if isGlued(latin) { return true }
        if isPlain { return false }
        var cyrillic = letters
        cyrillic.take(0xD0)
        cyrillic.take(0xB0)
        return isGlued(cyrillic)
    }

    private func isGlued(_ word: WordHash) -> Bool { rules.names[word.value].contains(.glued) }

    /// Whether a word begins with a capital letter, of a script that has such.
    private func isCapitalLetter(_ place: Int) -> Bool {
        if byte(place) < 0x80 { return isUpper(place) }
        guard byte(place) >= 0xC3, byte(place) < 0xE0 else { return false }
        let scalar = UInt32(byte(place) & 0x1F) << 6 | UInt32(byte(place + 1) & 0x3F)
        switch scalar {
        case 0xC0...0xDE, 0x391...0x3A9, 0x400...0x42F: return true
        case 0x100...0x17F: return Unicode.Scalar(scalar)?.properties.isUppercase == true
        default: return false
        }
    }
}

/// What languages that decline names put at their ends.
enum NameEndings {
    /// The most letters of an ending.
    static let longest = 4

    /// Of Slavic, Baltic, Finnic and Scandinavian languages, Hungarian and Turkish, as ``NameFolding`` has them; none that makes
    /// other words of words, as `er` does.
    static let all = Set(
        """
        a e i o u y n em om ie ou im um ow owi owie ami ach iem ovi ove ech ui am en et in on un
        ssa issa sta ista lla illa lle ille lta ilta iin ksi iksi ba be ban ben nak nek nal ra re rol bol tol val hoz hez da dan den nin
        а у е ы и о ю я і ом ем ой ей ым ов ам ах ами ою ів ові
        """.split { $0 == " " || $0 == "\n" }.map { NameFolding.hash(String($0)) })
}
