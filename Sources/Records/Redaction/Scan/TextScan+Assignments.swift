extension TextScan {
    /// What a name before `=` or `:` says about the value after it.
    enum Naming { case password, secret, none }

    /// A secret or password that is assigned: `key=value`, `"key": "value"`, `--key value`, `<key>value</key>`.
    mutating func assigned(at place: Int) -> Int? {
        var end = place
        while place - end < 4, isBlank(end - 1) || isClosing(byte(end - 1)) { end -= 1 }
        guard isWord(end - 1), byte(place + 1) != UInt8(ascii: "="), byte(place + 1) != UInt8(ascii: ":") else {
            return nil
        }
        let naming = naming(endingAt: end)
        if naming == .none { return base[place] == UInt8(ascii: "=") ? cookie(from: place + 1) : nil }
        var start = place + 1
        if byte(start) == UInt8(ascii: ">") || byte(start) == UInt8(ascii: "=") { start += 1 }
        if let next = value(from: start, naming, isTight: base[place] == UInt8(ascii: "=")) { return next }
        refused.append(place..<Int.max)
        return nil
    }

    /// The value of a cookie (RFC 6265) that looks drawn by lot: it opens a session.
    private mutating func cookie(from start: Int) -> Int? {
        guard has(.cookie, before: start, within: 2_048) else { return nil }
        let end = endOfValue(start)
        guard end - start >= 16, isOpaque(start, end), !isCode(start, end), !isPlaceholder(start, end) else {
            return nil
        }
        return add(.secret, 0.7, start, end)
    }

    private func isClosing(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
            || byte == UInt8(ascii: "\\")
            || byte == UInt8(ascii: "]")
    }

    /// Whether an identifier names a secret: by its last part, `dbPassword`, `client-secret`, `AWS_SECRET_ACCESS_KEY`, `password2`.
    private func naming(endingAt end: Int) -> Naming {
        var last = end
        while end - last < 3, isDigit(last - 1) { last -= 1 }
        var start = last
        while start > 0, last - start < 40, isWord(start - 1) { start -= 1 }
        guard start < last, mayName(endingAt: last) else { return .none }
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

    /// Whether a word ends like one that names a secret; most do not, and need not be looked up.
    private func mayName(endingAt end: Int) -> Bool {
        let (first, second) = (byte(end - 2), byte(end - 1))
        return (first | second) & 0x80 != 0 || rules.endings[Int(first & 31) << 5 | Int(second & 31)]
    }

    private func previousHump(_ hump: Int, _ start: Int) -> Int {
        var place = hump - 1
        while place > start, !(isUpper(place) && !isUpper(place - 1)) { place -= 1 }
        return place
    }

    /// The value that begins after a place, in quotes or up to what ends it.
    mutating func value(from place: Int, _ naming: Naming, isTight: Bool) -> Int? {
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
        guard end - start > 2, !isPlaceholder(start, end), !isCode(start, end) else { return nil }
        switch naming {
        case .password:
            if !isTight || isApart, isPlainWord(start, end), goesOnAsProse(end) { return nil }
            return add(.password, 0.85, start, end)
        default:
            // "token: Bearer abc", "Authorization: Basic abc" are read from the scheme on.
            if cue(start, endOfWord(start)).contains(.scheme) { return nil }
            guard isOpaque(start, end), !(start..<end).contains(where: { byte($0) == UInt8(ascii: ":") }) else {
                return nil
            }
            return add(.secret, 0.8, start, end)
        }
    }

    /// Where an unquoted value ends: at a blank, at what ends a member, without the punctuation that closes a sentence.
    func endOfValue(_ start: Int) -> Int {
        var end = start
        while end < count, end - start < 4_096 {
            let byte = base[end]
            if byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "<") {
                break
            }
            if byte == UInt8(ascii: "&"), isNextMember(end + 1) || isEntity(end) { break }
            if byte == UInt8(ascii: ","), isNextMember(end + 1) { break }
            end += 1
        }
        while end > start, ",.)]}'`>!?:|\\".utf8.contains(base[end - 1]),
            !(base[end - 1] == UInt8(ascii: "!") && end - start > 4)
        { end -= 1 }
        return end
    }

    /// Whether an ampersand begins a character of HTML, such as `&quot;`.
    private func isEntity(_ start: Int) -> Bool {
        var place = start + 1
        if byte(place) == UInt8(ascii: "#") { place += 1 }
        let name = place
        while place - name < 8, isPlain(place) { place += 1 }
        return place > name && byte(place) == UInt8(ascii: ";")
    }

    /// Whether what follows a comma or an ampersand is `name=` or `name:`.
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
    func isCode(_ start: Int, _ end: Int) -> Bool {
        var dots = 0
        var plain = true
        for place in start..<end {
            let byte = base[place]
            if byte == UInt8(ascii: "("), place > start, isNameOfCall(start, place) { return true }
            if byte == UInt8(ascii: "."), isLetter(place - 1), isLetter(place + 1) { dots += 1 }
            if !isLetter(place), byte != UInt8(ascii: "."), byte != UInt8(ascii: "_") { plain = false }
        }
        if plain, dots > 0 { return true }
        if matchesScheme(start, end) { return true }
        guard base[start] == UInt8(ascii: "/"), isLetter(start + 1) else { return false }
        // Base64 may begin with a slash too; the words of a path are not drawn by lot.
        let slashes = (start..<end).count { byte($0) == UInt8(ascii: "/") }
        let digits = (start..<end).count { isDigit($0) }
        return slashes > 1 && !(digits > 3 && hasBothCases(start, end) && end - start >= 24)
    }

    /// Whether `://` stands in a value.
    private func matchesScheme(_ start: Int, _ end: Int) -> Bool {
        (start..<max(start, end - 3)).contains { matches("://", at: $0) }
    }

    private func isNameOfCall(_ start: Int, _ end: Int) -> Bool {
        isLetter(start)
            && (start..<end).allSatisfy { isWord($0) || byte($0) == UInt8(ascii: ".") || byte($0) == UInt8(ascii: "_") }
    }

    /// Whether a value is letters of one case, perhaps with a capital first: it may be a word of prose.
    func isPlainWord(_ start: Int, _ end: Int) -> Bool {
        (start..<end).allSatisfy {
            isLetter($0) && (!isUpper($0) || $0 == start) || byte($0) >= 0x80 || byte($0) == UInt8(ascii: "'")
                || byte($0) == UInt8(ascii: "-")
        }
    }

    func goesOnAsProse(_ end: Int) -> Bool {
        isBlank(end) && isLetter(end + 1) && !isUpper(end + 1)
    }

    private func hasBothCases(_ start: Int, _ end: Int) -> Bool {
        (start..<end).contains { isUpper($0) } && (start..<end).contains { isLetter($0) && !isUpper($0) }
    }

    /// Whether a value looks drawn by lot rather than written: long enough, with digits or both cases, and no dotted or dashed words.
    func isOpaque(_ start: Int, _ end: Int) -> Bool {
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
        if digits >= 2 || digits == 1 && (end - start >= 12 || hasBothCases(start, end)) { return true }
        // Without digits: changes of case inside a long word, but few, are camelCase.
        var changes = 0
        for place in start + 1..<end
        where isLetter(place) && isLetter(place - 1) && isUpper(place) && !isUpper(place - 1) { changes += 1 }
        return end - start >= 16 && changes * 5 >= end - start && ByteClass(rawValue: seen).contains(.upper)
    }
}
