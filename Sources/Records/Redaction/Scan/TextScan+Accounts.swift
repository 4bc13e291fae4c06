extension TextScan {
    /// A password without its name, behind an account: `admin / Passw0rd!`, `login: jdoe Passw0rd!`.
    ///
    /// - Parameter cue: What the word before `end` says: it is an account itself, or announces one.
    mutating func accountPassword(_ cue: Cue, after end: Int) -> Int? {
        var place = end
        let isAnnounced = cue.contains(.login)
        if isAnnounced {
            guard byte(place) == UInt8(ascii: ":"), isBlank(place + 1) else { return nil }
            let name = place + 2
            place = name
            while place - name < 64, isWord(place) || "._-@".utf8.contains(byte(place)) { place += 1 }
            if place == name { return nil }
        }
        let gap = place
        while place - gap < 2, isBlank(place) { place += 1 }
        if byte(place) == UInt8(ascii: "/") || byte(place) == UInt8(ascii: ":") {
            place += 1
            while place - gap < 5, isBlank(place) { place += 1 }
        } else if !isAnnounced {
            return nil
        }
        guard place > gap else { return nil }
        var stop = place
        while stop < count, stop - place < 40, base[stop] > 0x20 { stop += 1 }
        while stop > place, ",.;:)'\"".utf8.contains(base[stop - 1]) { stop -= 1 }
        return isStrongPassword(place, stop) ? add(.password, 0.6, place, stop) : nil
    }

    /// Whether a short value has letters, digits and signs that no name of a file, a version or an option has together.
    private func isStrongPassword(_ start: Int, _ end: Int) -> Bool {
        guard 6...32 ~= end - start else { return false }
        var (letters, digits, signs) = (0, 0, 0)
        for place in start..<end {
            if isDigit(place) {
                digits += 1
            } else if isLetter(place) {
                letters += 1
            } else if "!@#$%^&*".utf8.contains(base[place]) {
                signs += 1
            } else {
                return false
            }
        }
        return letters > 1 && digits > 0 && signs > 0 && letters + digits > signs
    }
}
