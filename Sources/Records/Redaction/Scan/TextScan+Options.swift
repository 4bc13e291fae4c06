extension TextScan {
    /// `Bearer x` (RFC 6750) and `Basic x` (RFC 7617).
    mutating func scheme(_ start: Int, _ end: Int) -> Int? {
        guard isBlank(end) else { return nil }
        var place = end
        while place - end < 4, isBlank(place) { place += 1 }
        var stop = place
        var seen: UInt8 = 0
        while stop - place < 8_192, isWord(stop) && byte(stop) < 0x80 || "-._~+/=".utf8.contains(byte(stop)) {
            seen |= classes[Int(byte(stop))]
            stop += 1
        }
        while stop > place, byte(stop - 1) == UInt8(ascii: ".") { stop -= 1 }
        if base[start] | 0x20 == UInt8(ascii: "b"), end - start == 5 {
            return isBasic(place, stop) ? add(.credentials, 0.95, place, stop) : nil
        }
        guard stop - place >= 12, hasVariety(place, stop, seen), isOpaque(place, stop) else { return nil }
        return add(.secret, 0.9, place, stop)
    }

    /// Whether base64 holds a user, a colon and a password.
    private func isBasic(_ start: Int, _ end: Int) -> Bool {
        guard end - start >= 6, end - start <= 1_024 else { return false }
        var bits: UInt32 = 0
        var held = 0
        var colon = false
        for place in start..<end {
            let value: UInt32
            switch base[place] {
            case 65...90: value = UInt32(base[place] - 65)
            case 97...122: value = UInt32(base[place] - 71)
            case 48...57: value = UInt32(base[place] + 4)
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="): continue
            default: return false
            }
            bits = bits << 6 | value
            held += 6
            if held >= 8 {
                held -= 8
                let byte = UInt8(truncatingIfNeeded: bits >> UInt32(held))
                if byte < 0x20 { return false }
                if byte == UInt8(ascii: ":") { colon = true }
            }
        }
        return colon
    }

    /// The password glued to the option -p of a command that logs in, and the one after -u user: of curl.
    mutating func option(at place: Int) -> Int? {
        guard isBlank(place - 1) || place == lineStart else { return nil }
        let letter = byte(place + 1)
        guard letter == UInt8(ascii: "p") || letter == UInt8(ascii: "u") else { return nil }
        if let next = loginOption(letter, at: place) { return next }
        refused.append(lineStart..<Int.max)
        return nil
    }

    private mutating func loginOption(_ letter: UInt8, at place: Int) -> Int? {
        if letter == UInt8(ascii: "p"), isNearest(.login, than: .otherOption, before: place) {
            let isGlued = !isBlank(place + 2)
            let start = isGlued ? place + 2 : place + 3
            let end = endOfValue(start)
            guard end - start >= 4, !isPlaceholder(start, end), byte(start) != UInt8(ascii: "-"),
                isGlued || isMixed(start, end),
                !(start..<end).allSatisfy({ isDigit($0) }) || end - start > 5,
                !isPlainWord(start, end) || isGlued && !cueStarts(start)
            else { return nil }
            return add(.password, 0.6, start, end)
        }
        guard letter == UInt8(ascii: "u"), isBlank(place + 2) || "\"'".utf8.contains(byte(place + 2)) else {
            return nil
        }
        var start = place + 2
        while start - place < 5, isBlank(start) || "\"'".utf8.contains(byte(start)) { start += 1 }
        var end = start
        var colon = -1
        while end < count, base[end] > 0x20, base[end] != UInt8(ascii: "\""), base[end] != UInt8(ascii: "'"),
            end - start < 256
        {
            if base[end] == UInt8(ascii: ":"), colon < 0 { colon = end }
            if base[end] == UInt8(ascii: "/") { return nil }
            end += 1
        }
        guard colon > start, end - colon > 3, !isPlaceholder(colon + 1, end),
            !(colon + 1..<end).allSatisfy({ isDigit($0) })
        else { return nil }
        return add(.credentials, 0.8, start, end)
    }

    /// Whether the rest of an option spells it out: -password, -path, -port.
    private func cueStarts(_ start: Int) -> Bool {
        ["assword", "ath", "ort", "rint", "refix", "rofile", "roperty", "rovider", "id"].contains {
            (word: StaticString) in matches(word, at: start)
        }
    }

    /// The names before `Settings` of the folder of users in old versions of Windows.
    private static let beforeSettings = Set(["documents and", "dokumente und"].map { NameFolding.hash($0) })

    /// The user's name in `/home/x/`, `/Users/x/`, `C:\Users\x\`, `C:\Documents and Settings\x\`.
    mutating func userFolder(_ start: Int, _ end: Int) -> Int? {
        var slash = byte(start - 1)
        if slash == 0x20 {
            guard start > 14, Self.beforeSettings.contains(NameFolding.hash(base + start - 14, 13)) else { return nil }
            slash = byte(start - 15)
        }
        guard slash == UInt8(ascii: "/") || slash == UInt8(ascii: "\\"), byte(end) == slash else { return nil }
        var name = end + 1
        if byte(name) == UInt8(ascii: "\\") { name += 1 }
        var stop = name
        while stop - name < 64, isWord(stop) || "._-@+".utf8.contains(byte(stop)) { stop += 1 }
        let first = stop
        // "C:\Users\Jane Doe\": blanks only when the folder ends after the next words.
        if slash == UInt8(ascii: "\\"), byte(stop) == 0x20 {
            var more = stop
            for _ in 0..<3 where byte(more) == 0x20 {
                more += 1
                while more - name < 64, isWord(more) || "._-'".utf8.contains(byte(more)) { more += 1 }
                if byte(more - 1) == 0x20 { break }
            }
            if byte(more) == slash || byte(more) == UInt8(ascii: "\"") { stop = more }
        }
        // "All Users", "Default User"
        if stop > first, cue(name, first).contains(.service), cue(first + 1, stop).contains(.service) { return nil }
        while stop > name, !isWord(stop - 1) { stop -= 1 }
        guard stop - name >= 2, isWord(name), !(name..<stop).allSatisfy({ isDigit($0) }),
            byte(stop) != UInt8(ascii: "(")
        else { return nil }
        if tokenEnd(at: name) != nil || cue(name, stop).contains(.service) { return nil }
        return add(.username, 0.7, name, stop)
    }
}
