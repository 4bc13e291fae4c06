extension TextScan {
    /// What a name before `=` or `:` says about the value after it.
    private enum Naming { case password, secret, none }

    /// A secret or password that is assigned: `key=value`, `"key": "value"`, `--key value`, `<key>value</key>`.
    mutating func assigned(at place: Int) -> Int? {
        var end = place
        while place - end < 4, isBlank(end - 1) || "\"'`\\]".utf8.contains(byte(end - 1)) { end -= 1 }
        guard isWord(end - 1), byte(place + 1) != UInt8(ascii: "="), byte(place + 1) != UInt8(ascii: ":") else {
            return nil
        }
        let naming = naming(endingAt: end)
        if naming == .none { return nil }
        var start = place + 1
        if byte(start) == UInt8(ascii: ">") || byte(start) == UInt8(ascii: "=") { start += 1 }
        return value(from: start, naming, isTight: base[place] == UInt8(ascii: "="))
    }

    /// Whether an identifier names a secret: by its last part, `dbPassword`, `client-secret`, `AWS_SECRET_ACCESS_KEY`, `password2`.
    private func naming(endingAt end: Int) -> Naming {
        var last = end
        while end - last < 3, isDigit(last - 1) { last -= 1 }
        var start = last
        while start > 0, last - start < 40, isWord(start - 1) { start -= 1 }
        guard start < last else { return .none }
        var cue = cue(start, last)
        if cue.isDisjoint(with: [.password, .secret, .key]) {
            // dbPassword: the part from the last capital that follows a small letter.
            var hump = last - 1
            while hump > start, !(isUpper(hump) && !isUpper(hump - 1)) { hump -= 1 }
            guard hump > start else { return .none }
            cue = self.cue(hump, last)
            if cue.contains(.key), !self.cue(previousHump(hump, start), hump).contains(.qualifier) { return .none }
            if cue.contains(.key) { return .secret }
        } else if cue.contains(.key), cue.isDisjoint(with: [.password, .secret]) {
            guard "_-. ".utf8.contains(byte(start - 1)) else { return .none }
            var before = start - 1
            while before > 0, start - before < 40, isWord(before - 1) { before -= 1 }
            return self.cue(before, start - 1).contains(.qualifier) ? .secret : .none
        }
        // "no password:" and "passwords, tokens:" are prose; so is the path before a file.
        if byte(start - 1) == UInt8(ascii: "/") { return .none }
        return cue.contains(.password) ? .password : cue.contains(.secret) ? .secret : .none
    }

    private func previousHump(_ hump: Int, _ start: Int) -> Int {
        var place = hump - 1
        while place > start, !(isUpper(place) && !isUpper(place - 1)) { place -= 1 }
        return place
    }

    /// The value that begins after a place, in quotes or up to what ends it.
    private mutating func value(from place: Int, _ naming: Naming, isTight: Bool) -> Int? {
        var start = place
        while start - place < 8, isBlank(start) { start += 1 }
        let isApart = start > place
        let isEscaped = byte(start) == UInt8(ascii: "\\") && "\"'".utf8.contains(byte(start + 1))
        if isEscaped { start += 1 }
        let quote = byte(start)
        var end: Int
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`") {
            start += 1
            end = start
            while end - start < 1_024, byte(end) != quote, byte(end) != 0x0A {
                if byte(end) == UInt8(ascii: "\\"), !isEscaped, byte(end + 1) != 0x0A { end += 1 }
                end += 1
            }
            end = min(end, count)
            if isEscaped, byte(end - 1) == UInt8(ascii: "\\") { end -= 1 }
            guard byte(end) == quote || isEscaped, end > start else { return nil }
            if isPlaceholder(start, end) { return nil }
            let blanks = (start..<end).count { isBlank($0) }
            guard naming == .password ? blanks < 6 : blanks == 0 && isOpaque(start, end) else { return nil }
            return add(naming == .password ? .password : .secret, 0.9, start, end)
        }
        end = endOfValue(start)
        guard end > start, !isPlaceholder(start, end), !isCode(start, end) else { return nil }
        switch naming {
        case .password:
            if !isTight || isApart, isPlainWord(start, end), goesOnAsProse(end) { return nil }
            return add(.password, 0.85, start, end)
        default:
            // "token: Bearer abc", "Authorization: Basic abc" are read from the scheme on.
            if cue(start, endOfWord(start)).contains(.scheme) { return nil }
            return isOpaque(start, end) ? add(.secret, 0.8, start, end) : nil
        }
    }

    /// Where an unquoted value ends: at a blank, at what ends a member, without the punctuation that closes a sentence.
    private func endOfValue(_ start: Int) -> Int {
        var end = start
        while end < count, end - start < 4_096 {
            let byte = base[end]
            if byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: ";")
                || byte == UInt8(ascii: "<")
            {
                break
            }
            if byte == UInt8(ascii: ","), isNextMember(end + 1) { break }
            end += 1
        }
        while end > start, ",.)]}'`>!?:|\\".utf8.contains(base[end - 1]),
            !(base[end - 1] == UInt8(ascii: "!") && end - start > 4)
        { end -= 1 }
        return end
    }

    /// Whether what follows a comma is `name=` or `name:`.
    private func isNextMember(_ start: Int) -> Bool {
        var place = start
        while place - start < 40, isWord(place) || "_.-\"' ".utf8.contains(byte(place)) { place += 1 }
        return place > start && (byte(place) == UInt8(ascii: "=") || byte(place) == UInt8(ascii: ":"))
    }

    /// Whether a value stands for one that was left out, or is no value: `${x}`, `<password>`, `***`, `null`, `%s`.
    func isPlaceholder(_ start: Int, _ end: Int) -> Bool {
        if let token = tokenEnd(at: start) { return token >= end || !(token..<end).contains { isWord($0) } }
        let first = base[start]
        if first == UInt8(ascii: "<") || first == UInt8(ascii: "{") || first == UInt8(ascii: "%") && end - start < 4
            || first == UInt8(ascii: "$")
                && (byte(start + 1) == UInt8(ascii: "{") || byte(start + 1) == UInt8(ascii: "(")
                    || (start + 1..<end).allSatisfy { isUpper($0) || byte($0) == UInt8(ascii: "_") })
            || first == UInt8(ascii: "[") || first == UInt8(ascii: "(")
        {
            return true
        }
        var letters = 0
        var different = 0
        for place in start..<end {
            if isWord(place) { letters += 1 }
            if base[place] != first, base[place] | 0x20 != first | 0x20 { different += 1 }
        }
        if letters == 0 || different == 0 { return true }
        let word = endOfWord(start)
        return word >= end && cue(start, end).contains(.filler)
    }

    /// Whether a value looks like an expression or a place: a call, a dotted name, a path.
    private func isCode(_ start: Int, _ end: Int) -> Bool {
        var dots = 0
        var plain = true
        for place in start..<end {
            let byte = base[place]
            if byte == UInt8(ascii: "(") && place > start && isWord(place - 1)
                && (self.byte(end - 1) == UInt8(ascii: "(")
                    || (place..<min(count, end + 1)).contains { base[$0] == UInt8(ascii: ")") })
            {
                return true
            }
            if byte == UInt8(ascii: "."), isLetter(place - 1), isLetter(place + 1) { dots += 1 }
            if !isLetter(place), byte != UInt8(ascii: "."), byte != UInt8(ascii: "_") { plain = false }
        }
        if plain, dots > 0 { return true }
        return base[start] == UInt8(ascii: "/") && isLetter(start + 1)
            && (start + 1..<end).contains { base[$0] == UInt8(ascii: "/") }
            || (start..<max(start, end - 3)).contains {
                byte($0) == UInt8(ascii: ":") && byte($0 + 1) == UInt8(ascii: "/") && byte($0 + 2) == UInt8(ascii: "/")
            }
    }

    /// Whether a value is letters of one case, perhaps with a capital first: it may be a word of prose.
    private func isPlainWord(_ start: Int, _ end: Int) -> Bool {
        (start..<end).allSatisfy {
            isLetter($0) && (!isUpper($0) || $0 == start) || byte($0) >= 0x80 || byte($0) == UInt8(ascii: "'")
                || byte($0) == UInt8(ascii: "-")
        }
    }

    private func goesOnAsProse(_ end: Int) -> Bool {
        isBlank(end) && isLetter(end + 1) && !isUpper(end + 1)
    }

    /// Whether a value looks drawn by lot rather than written: long enough, with digits or both cases, and no dotted or dashed words.
    private func isOpaque(_ start: Int, _ end: Int) -> Bool {
        guard end - start >= 8 else { return false }
        var seen: UInt8 = 0
        var digits = 0
        var letters = 0
        for place in start..<end {
            seen |= classes[Int(base[place])]
            if isDigit(place) { digits += 1 } else if isLetter(place) { letters += 1 }
            if base[place] < 0x21 || "(){}<>".utf8.contains(base[place]) { return false }
        }
        if letters == 0 { return false }
        if digits >= 2 || digits == 1 && end - start >= 12 { return true }
        // Without digits: changes of case inside a long word, but few, are camelCase.
        var changes = 0
        for place in start + 1..<end
        where isLetter(place) && isLetter(place - 1) && isUpper(place) && !isUpper(place - 1) { changes += 1 }
        return end - start >= 16 && changes * 5 >= end - start && ByteClass(rawValue: seen).contains(.upper)
    }

    // MARK: In sentences

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
        guard isBlank(end) || byte(end) == UInt8(ascii: "\"") else { return nil }
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
            return !isSaid && place - end == 1 && isStrong && stop - place >= 6 ? add(.password, 0.5, place, stop) : nil
        }
        return isOpaque(place, stop) && stop - place >= 12 && (isSaid || isRandom(place, stop))
            ? add(.secret, 0.6, place, stop) : nil
    }

    /// Whether letters are mixed with digits or signs as in a password, and not as in a version, an option or a file.
    private func isMixed(_ start: Int, _ end: Int) -> Bool {
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

    private func isRandom(_ start: Int, _ end: Int) -> Bool {
        let digits = (start..<end).count { isDigit($0) }
        return digits >= 3 && (start..<end).allSatisfy { isWord($0) || "+/=_-".utf8.contains(base[$0]) }
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

    /// `Bearer x` (RFC 6750) and `Basic x` (RFC 7617).
    private mutating func scheme(_ start: Int, _ end: Int) -> Int? {
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
        if letter == UInt8(ascii: "p"), has(.login, before: place, within: 160),
            !has(.otherOption, before: place, within: 160)
        {
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

    // MARK: Paths

    /// The user's name in `/home/x/`, `/Users/x/`, `C:\Users\x\`.
    mutating func userFolder(_ start: Int, _ end: Int) -> Int? {
        let slash = byte(start - 1)
        guard slash == UInt8(ascii: "/") || slash == UInt8(ascii: "\\"), byte(end) == slash else { return nil }
        var name = end + 1
        if byte(name) == UInt8(ascii: "\\") { name += 1 }
        var stop = name
        while stop - name < 64, isWord(stop) || "._-@+".utf8.contains(byte(stop)) { stop += 1 }
        // "C:\Users\Jane Doe\": a blank only when the folder ends after the next word.
        if slash == UInt8(ascii: "\\"), byte(stop) == 0x20 {
            var more = stop + 1
            while more - name < 64, isWord(more) || byte(more) == UInt8(ascii: ".") { more += 1 }
            if more > stop + 1, byte(more) == slash { stop = more }
        }
        while stop > name, !isWord(stop - 1) { stop -= 1 }
        guard stop - name >= 2, isWord(name), !(name..<stop).allSatisfy({ isDigit($0) }),
            byte(stop) != UInt8(ascii: "(")
        else { return nil }
        if tokenEnd(at: name) != nil || cue(name, stop).contains(.service) { return nil }
        return add(.username, 0.7, name, stop)
    }
}

/// Words around a secret that is told in a sentence.
enum SentenceWords {
    private static func hashes(_ text: String) -> Set<UInt64> {
        Set(text.split { $0 == " " || $0 == "\n" }.map { NameFolding.hash(String($0)) })
    }

    /// Words after which the secret stands.
    static let copulas = hashes(
        """
        is was are be to as ist war lautet lautete est sera était es era é è são fue und now been set changed reset updated currently still just \
        jetzt nun neu called being equals becomes
        """)

    /// Words that may stand between "password" and its verb.
    static let between = hashes(
        """
        for on of the my our this that a an your his her their account user portal login server database db vpn wifi router admin root web \
        site app application mail email and in at value which i we used use using für auf von des der dem das den
        """)
}
