/// Names of companies that are a part of a word: `Fjordbanku`, `FjordbankSync`, `fjordbank2`.
extension TextScan {
    /// A company's name with an ending, or joined to other words by capitals or digits; how far it goes.
    mutating func nameWithin(_ start: Int, _ end: Int, _ seen: ByteClass) -> Int? {
        guard end - start > NameTable.fewestGlued else { return nil }
        if isCapitalLetter(start), hasNameWithEnding(start, end) { return add(.organization, 0.6, start, end) }
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
    private func hasNameWithEnding(_ start: Int, _ end: Int) -> Bool {
        var cut = end
        for _ in 0..<NameEndings.longest where cut - start >= NameTable.fewestGlued {
            repeat { cut -= 1 } while cut > start && byte(cut) & 0xC0 == 0x80
        }
        var stem = NameFolding.hash(base + start, cut - start, after: WordHash())
        while cut < end {
            if isGlued(stem) || NameEndings.vowels.contains(where: { isGlued(stem.taking($0)) }),
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

    private func isGlued(_ word: WordHash) -> Bool { rules.names[word.value].contains(.glued) }

    /// Whether a word begins with a capital letter, of a script that has such.
    private func isCapitalLetter(_ place: Int) -> Bool {
        if byte(place) < 0x80 { return isUpper(place) }
        guard byte(place) >= 0xC3, byte(place) < 0xE0 else { return false }
        let scalar = UInt32(byte(place) & 0x1F) << 6 | UInt32(byte(place + 1) & 0x3F)
        return Unicode.Scalar(scalar).map(\.properties.isUppercase) ?? false
    }
}

/// What languages that decline names put at their ends.
enum NameEndings {
    /// The most letters of an ending.
    static let longest = 4

    /// Of Slavic, Baltic, Finnic and Scandinavian languages, Hungarian and Turkish, as ``NameFolding`` has them; none that makes other words of words, as `er` does.
    static let all = Set(
        """
        a e i o u y n em om ie ou im um ow owi owie ami ach iem ovi ove ech ui am en et in on un
        ssa issa sta ista lla illa lle ille lta ilta iin ksi iksi ba be ban ben nak nek nal ra re rol bol tol val hoz hez da dan den nin
        а у е ы и о ю я і ом ем ой ей ым ов ам ах ами ою ів ові
        """.split { $0 == " " || $0 == "\n" }.map { NameFolding.hash(String($0)) })

    /// What ends a name and gives way to endings: `a`, in Latin and in Cyrillic.
    static let vowels: [[UInt8]] = [[0x61], [0xD0, 0xB0]]
}
