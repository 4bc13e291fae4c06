extension TextScan {
    /// A key of a provider that begins at a word.
    mutating func prefixedKey(_ start: Int) -> Int? {
        if byte(start - 1) == UInt8(ascii: "_") { return nil }
        for key in KeyPrefix.byFirstByte[Int(base[start])] {
            guard start + key.prefix.count + key.least <= count,
                key.prefix.indices.allSatisfy({ base[start + $0] == key.prefix[$0] })
            else { continue }
            let body = start + key.prefix.count
            var end = body
            var seen: UInt8 = 0
            while end < count, end - body <= key.most, key.takes(base[end], classes[Int(base[end])]) {
                seen |= classes[Int(base[end])]
                end += 1
            }
            while end > body, !isPlain(end - 1) { end -= 1 }
            guard key.least...key.most ~= end - body, !isPlain(end),
                hasVariety(body, end, seen) || key.alphabet == .upper
            else { continue }
            return add(.apiKey, 0.95, start, end)
        }
        return nil
    }

    /// Whether a stretch has a digit, or both cases: words do not.
    func hasVariety(_ start: Int, _ end: Int, _ seen: UInt8) -> Bool {
        let classes = ByteClass(rawValue: seen)
        if classes.contains(.digit) { return true }
        guard classes.contains(.upper) else { return false }
        return (start..<end).contains { isLetter($0) && !isUpper($0) }
    }

    /// The end of letters, digits, `_` and `-`.
    func endOfURLWord(_ start: Int, most: Int = 16_384) -> Int {
        var end = start
        while end - start < most,
            isPlain(end) || byte(end) == UInt8(ascii: "_") || byte(end) == UInt8(ascii: "-")
        {
            end += 1
        }
        return end
    }

    /// A JSON web token (RFC 7519): a header in base64 whose text begins with `{"`, a payload, and perhaps a signature.
    mutating func webToken(_ start: Int) -> Int? {
        guard byte(start) == UInt8(ascii: "e"), byte(start + 1) == UInt8(ascii: "y"), isUpper(start + 2) else {
            return nil
        }
        var end = endOfURLWord(start)
        guard end - start >= 12 else { return nil }
        var parts = 1
        while parts < 5, byte(end) == UInt8(ascii: ".") {
            let next = endOfURLWord(end + 1)
            // The signature may be missing; its dot is there.
            if next == end + 1, parts == 1 { break }
            end = next
            parts += 1
        }
        guard parts >= 2, end - start >= 24 else { return nil }
        return add(.jwt, 0.97, start, end)
    }

    /// A private key in its armour (RFC 7468, RFC 4880), over several lines, or up to where base64 ends when its last line is missing.
    mutating func privateKey(at place: Int) -> Int? {
        guard matches("-----BEGIN ", at: place) else { return nil }
        var start = place
        // Nothing but the armour may stand between; 64 bytes hold the longest label.
        var label = place + 11
        while label - place < 80, byte(label) != UInt8(ascii: "-"), byte(label) != 0x0A { label += 1 }
        guard matches("-----", at: label), contains("PRIVATE KEY", from: place + 11, to: label) else { return nil }
        let body = label + 5
        let limit = min(count, body + Self.longestKey)
        var end = body
        while end < limit {
            if base[end] == UInt8(ascii: "-"), matches("-----END ", at: end) {
                end += 9
                while end < limit, base[end] != UInt8(ascii: "-"), base[end] != 0x0A { end += 1 }
                while end < limit, base[end] == UInt8(ascii: "-") { end += 1 }
                return add(.privateKey, 0.99, start, end)
            }
            end += 1
        }
        // Without an end: the lines that look like the inside of a key.
        end = endOfKeyLines(body, limit)
        while start > lineStart, byte(start - 1) == UInt8(ascii: "-") { start -= 1 }
        return add(.privateKey, 0.9, start, end)
    }

    /// The bytes that a private key may have.
    static let longestKey = 32_768

    private func endOfKeyLines(_ body: Int, _ limit: Int) -> Int {
        var end = body
        while end < limit {
            var stop = end
            var isInside = true
            while stop < limit, base[stop] != 0x0A {
                let byte = base[stop]
                if !isPlain(stop), !"+/=\\ \t\r\",:-".utf8.contains(byte) { isInside = false }
                stop += 1
            }
            // A line of prose has blanks between its words; a header such as "Proc-Type: 4,ENCRYPTED" has a colon.
            var blanks = 0
            for place in end..<stop where base[place] == 0x20 { blanks += 1 }
            guard isInside, end == body || blanks * 12 <= stop - end else {
                return max(body, end == body ? body : end - 1)
            }
            end = min(stop + 1, limit)
        }
        return end > body && base[end - 1] == 0x0A ? end - 1 : end
    }

    /// A client secret of Azure: three characters, a digit, `Q~` and 31 to 34 more.
    mutating func azureSecret(at place: Int) -> Int? {
        guard byte(place - 1) == UInt8(ascii: "Q"), isDigit(place - 2) else { return nil }
        func isPart(_ place: Int) -> Bool {
            isPlain(place) || "_~.-".utf8.contains(byte(place))
        }
        let start = place - 5
        guard start >= 0, isPart(start), isPart(start + 1), isPart(start + 2), !isPlain(start - 1) else { return nil }
        var end = place + 1
        while end - place <= 35, isPart(end) { end += 1 }
        while end > place, !isPlain(end - 1) { end -= 1 }
        guard 30...35 ~= end - place - 1 else { return nil }
        return add(.apiKey, 0.95, start, end)
    }

    /// A key behind the number of the one whom it opens, around a colon: `5555787055:AAgg5Wa1NW51…`, as bots have them.
    ///
    /// A digest has one case alone, and the names of classes have few digits.
    mutating func numberedKey(at colon: Int) -> Int? {
        var start = colon
        while colon - start < 20, isDigit(start - 1) { start -= 1 }
        guard colon - start >= 6 else { return nil }
        let end = endOfURLWord(colon + 1, most: 256)
        guard end - colon > 30, !isPlain(end), byte(end) != UInt8(ascii: "."), isDrawn(colon + 1, end) else {
            return nil
        }
        return add(.apiKey, 0.8, start, end)
    }

    /// Whether digits, and capitals between short rows of small letters, come as in what was drawn by lot.
    private func isDrawn(_ start: Int, _ end: Int) -> Bool {
        var (digits, digitRuns, capitals, small, smallRuns) = (0, 0, 0, 0, 0)
        for place in start..<end {
            if isDigit(place) {
                digits += 1
                if !isDigit(place - 1) { digitRuns += 1 }
            } else if isUpper(place) {
                capitals += 1
            } else if isLetter(place) {
                small += 1
                if place == start || !isLetter(place - 1) || isUpper(place - 1) { smallRuns += 1 }
            }
        }
        // By lot two of five are small, so that rows of them have fewer than two; those of words have four.
        return digits > 0 && capitals > 0 && small > 0 && (digitRuns > 3 || 2 * small < 5 * smallRuns)
    }

    /// A webhook's address carries its secret in its path.
    mutating func webhook(at start: Int) -> Int? {
        let hosts: [StaticString] = ["hooks.slack.com/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/"]
        for host in hosts
        where matches(host, at: start) {
            var end = start + host.utf8CodeUnitCount
            let path = end
            while isPlain(end) || byte(end) == UInt8(ascii: "/") || byte(end) == UInt8(ascii: "_")
                || byte(end) == UInt8(ascii: "-")
            {
                end += 1
            }
            return end - path >= 24 ? add(.apiKey, 0.95, path, end) : nil
        }
        return nil
    }

    /// Whether a text in ASCII stands at a place.
    func matches(_ text: StaticString, at place: Int) -> Bool {
        guard place >= 0, place + text.utf8CodeUnitCount <= count else { return false }
        for offset in 0..<text.utf8CodeUnitCount where base[place + offset] != text.utf8Start[offset] { return false }
        return true
    }

    private func contains(_ text: StaticString, from start: Int, to end: Int) -> Bool {
        start <= end && (start..<end).contains { matches(text, at: $0) }
    }

    /// A value that a tenant's own recogniser knows.
    mutating func custom(_ start: Int) -> Int? {
        for recogniser in rules.recognisers where recogniser.begins[Int(base[start])] {
            guard let end = recogniser.pattern.end(at: start, base, count), !(isWord(end - 1) && isWord(end)),
                recogniser.context.isEmpty || hasWord(of: recogniser.context, before: start),
                let next = add(recogniser.kind, recogniser.score, start, end)
            else { continue }
            return next
        }
        return nil
    }

    private func hasWord(of context: Set<UInt64>, before start: Int) -> Bool {
        var end = start
        while end > max(lineStart, start - 100) {
            var word = end
            while word > lineStart, end - word < 64, isWord(word - 1) { word -= 1 }
            if word < end, context.contains(NameFolding.hash(base + word, end - word)) { return true }
            end = min(word, end - 1)
        }
        return false
    }
}
