extension TextScan {
    /// What a word such as "password", "token" or "bearer" announces: `my password is …`, `--password …`, `Bearer …`.
    mutating func spoken(_ cue: Cue, _ start: Int, _ end: Int) -> Int? {
        if cue.contains(.scheme), let next = scheme(start, end) { return next }
        guard !cue.isDisjoint(with: [.password, .secret]) else { return nil }
        let naming: Naming = cue.contains(.password) ? .password : .secret
        // <password>value</password>, and --password value.
        if byte(end) == UInt8(ascii: ">"), byte(start - 1) != UInt8(ascii: "/"),
            isWord(end + 1) || end + 1 < count && base[end + 1] > 0x20
        {
            return value(from: end + 1, naming, isTight: true)
        }
        if byte(start - 1) == UInt8(ascii: "-"), isBlank(end) {
            var dash = start - 1
            while start - dash < 24, isWord(dash) || byte(dash) == UInt8(ascii: "-") { dash -= 1 }
            if dash < start - 1, isBlank(dash) || byte(dash) == 0x0A, byte(dash + 1) == UInt8(ascii: "-"),
                byte(end + 1) != UInt8(ascii: "-")
            {
                return value(from: end, naming, isTight: true)
            }
        }
        guard isBlank(end) || byte(end) == UInt8(ascii: "\"") else {
            reach = end + 2
            return nil
        }
        return sentence(cue, start, end)
    }

    /// `password is x`, `the password for the portal was x`, `Passwort lautet x`, `secret 9f8a…`.
    private mutating func sentence(_ cue: Cue, _ start: Int, _ end: Int) -> Int? {
        var place = end
        var isSaid = false
        for _ in 0..<6 {
            while isBlank(place) { place += 1 }
            let stop = endOfWord(place)
            if stop == place { break }
            if SentenceWords.copulas.contains(NameFolding.hash(base + place, stop - place)),
                isBlank(stop) || byte(stop) == UInt8(ascii: ":")
            {
                isSaid = true
                place = stop
                if byte(place) == UInt8(ascii: ":") { place += 1 }
                // "has been changed to", "ist jetzt"
                continue
            }
            if isSaid || !SentenceWords.between.contains(NameFolding.hash(base + place, stop - place)) { break }
            place = stop
        }
        while isBlank(place) { place += 1 }
        let isQuoted = "\"'`".utf8.contains(byte(place))
        if isQuoted, isSaid { return value(from: place, cue.contains(.password) ? .password : .secret, isTight: true) }
        var stop = place
        while stop < count, base[stop] > 0x20, stop - place < 256 { stop += 1 }
        if !isQuoted { reach = stop + 3 }
        while stop > place, ",.;:)]}'\"`>?".utf8.contains(base[stop - 1]) { stop -= 1 }
        guard stop - place >= 4, !isPlaceholder(place, stop), !isCode(place, stop) else { return nil }
        if cue.contains(.password) {
            let isStrong = isMixed(place, stop)
            if isSaid,
                isStrong || isOwned(start) && isPlainWord(place, stop) && !goesOnAsProse(stop) && stop - place >= 5
            {
                return add(.password, isStrong ? 0.8 : 0.5, place, stop)
            }
            // "password hunter2", without a verb: only what no sentence has.
            return !isSaid && place - end == 1 && isStrong && isBare(place, stop)
                ? add(.password, 0.5, place, stop) : nil
        }
        return isOpaque(place, stop) && stop - place >= 12 && (isSaid || isRandom(place, stop))
            ? add(.secret, 0.6, place, stop) : nil
    }

    /// Whether letters are mixed with digits or signs as in a password, and not as in a version, an option or a file.
    func isMixed(_ start: Int, _ end: Int) -> Bool {
        var digits = 0
        var letters = 0
        var signs = 0
        for place in start..<end {
            if isDigit(place) {
                digits += 1
            } else if isWord(place) {
                letters += 1
            } else if "!@#$%^&*+?~".utf8.contains(base[place]) {
                signs += 1
            }
            if "/\\<>()=".utf8.contains(base[place]) { return false }
        }
        return letters > 0 && (digits > 0 || signs > 0)
    }

    /// Whether a value right after "password" is short and has neither the signs of a name nor the digits of a hash.
    private func isBare(_ start: Int, _ end: Int) -> Bool {
        6...20 ~= end - start && !(start..<end).contains { "._-:,".utf8.contains(base[$0]) }
            && (start..<end).contains { isLetter($0) && !isHexLetter($0) } && !matches("0x", at: start)
    }

    private func isRandom(_ start: Int, _ end: Int) -> Bool {
        var changes = 0
        for place in start..<end {
            guard isWord(place) || "+/=".utf8.contains(base[place]) else { return false }
            if place > start, isDigit(place) != isDigit(place - 1) { changes += 1 }
        }
        return changes > 3
    }

    /// Whether "my", "our" or the like stands before, at most two words away.
    private func isOwned(_ start: Int) -> Bool {
        var place = start
        for _ in 0..<3 {
            while place > lineStart, isBlank(place - 1) { place -= 1 }
            var word = place
            while word > lineStart, place - word < 24, isWord(word - 1) { word -= 1 }
            if word == place { return false }
            if cue(word, place).contains(.owner) { return true }
            place = word
        }
        return false
    }
}
