extension TextScan {
    /// An e-mail address around an @ that is percent-encoded (RFC 3986), once or twice, and whose digits begin a word.
    mutating func encodedEmail(_ start: Int) -> Int? {
        if matches("40", at: start) { return email(at: start - 1, after: start + 2) }
        return matches("2540", at: start) ? email(at: start - 1, after: start + 4) : nil
    }

    /// Whether a percent sign begins what stands for a character that is rarely part of an address: all in ASCII but five signs.
    private func isEncodedCut(_ place: Int) -> Bool {
        guard "01234567".utf8.contains(byte(place + 1)), isDigit(place + 2) || isHexLetter(place + 2) else {
            return false
        }
        return ![0x27, 0x2B, 0x2D, 0x2E, 0x5F].contains(
            Self.hexValue(byte(place + 1)) << 4 | Self.hexValue(byte(place + 2)))
    }

    /// An e-mail address around an @ (RFC 5322 addr-spec without comments, RFC 6531 letters), which may be encoded.
    ///
    /// - Parameters:
    ///   - place: Where the @ stands.
    ///   - after: Where the domain begins.
    mutating func email(at place: Int, after: Int) -> Int? {
        // The host after the credentials of a URL.
        if let last = findings.last, last.range.upperBound == place { return nil }
        guard let end = domainEnd(after) else { return nil }
        var start = place
        if byte(place - 1) == UInt8(ascii: "\"") {
            // A quoted local part, on one line and within its 64 octets.
            var open = place - 2
            while open > place - 68, open >= 0, byte(open) != UInt8(ascii: "\""), byte(open) != 0x0A { open -= 1 }
            guard byte(open) == UInt8(ascii: "\"") else { return nil }
            start = open
        } else {
            while start > 0, place - start < 320, classes[Int(base[start - 1])] & ByteClass.atom.rawValue != 0,
                widePunctuation(at: start - 3) == 0
            {
                start -= 1
            }
            // Punctuation that may stand in a local part, but rarely begins one: paths, assignments, quotes.
            var cut = start
            while cut < place {
                let byte = base[cut]
                if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "?")
                    || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "`")
                    || byte == UInt8(ascii: "'") && cut == start
                    || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "{")
                    || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "$") && cut == start
                {
                    start = cut + 1
                } else if byte == UInt8(ascii: "%"), isEncodedCut(cut) {
                    start = cut + 3
                }
                cut += 1
            }
            while start < place, !isWord(start) && base[start] != UInt8(ascii: "_") { start += 1 }
        }
        guard start < place else { return nil }
        // A storage path such as scheme://container@host is an address of a machine.
        if start >= 3, byte(start - 1) == UInt8(ascii: "/"), byte(start - 2) == UInt8(ascii: "/"),
            byte(start - 3) == UInt8(ascii: ":")
        {
            return nil
        }
        if isPrincipal(start, place, after, end) { return nil }
        return add(.email, 0.95, start, end)
    }

    /// Whether this is a service of a realm, service/host@REALM (RFC 4120), or the user of a repository, git@host:path.
    private func isPrincipal(_ start: Int, _ at: Int, _ after: Int, _ end: Int) -> Bool {
        if byte(end) == UInt8(ascii: ":"), at - start == 3, matches("git", at: start) { return true }
        guard byte(start - 1) == UInt8(ascii: "/"), isWord(start - 2) else { return false }
        return (after..<end).allSatisfy { !isLetter($0) || isUpper($0) }
    }

    /// The end of a domain name with at least two labels, or of an address literal, that begins at a place.
    private func domainEnd(_ start: Int) -> Int? {
        if byte(start) == UInt8(ascii: "[") {
            var end = start + 1
            while end < start + 48, isWord(end) || byte(end) == UInt8(ascii: ".") || byte(end) == UInt8(ascii: ":") {
                end += 1
            }
            return byte(end) == UInt8(ascii: "]") && end > start + 4 ? end + 1 : nil
        }
        var end = start
        var label = start
        var labels = 0
        while end < count, end - start < 255 {
            if widePunctuation(at: end) > 0 { break }
            if isWord(end) || base[end] == UInt8(ascii: "-") || base[end] == UInt8(ascii: "_") && label < end {
                end += 1
            } else if base[end] == UInt8(ascii: "."), end > label, isWord(end + 1) {
                labels += 1
                end += 1
                label = end
            } else {
                break
            }
        }
        while end > label, !isWord(end - 1) { end -= 1 }
        guard labels > 0, end - label >= 2, end - label <= 63 else { return nil }
        // A top level is letters, or the ASCII form of other letters; user@host.1 is a version.
        var letters = 0
        for place in label..<end where !isDigit(place) { letters += 1 }
        if letters < 2 { return quad(start, end) }
        return end
    }

    /// The end of an IPv4 address that fills a stretch.
    private func quad(_ start: Int, _ end: Int) -> Int? {
        var dots = 0
        for place in start..<end {
            if base[place] == UInt8(ascii: ".") { dots += 1 } else if !isDigit(place) { return nil }
        }
        return dots == 3 ? end : nil
    }

    /// The user and password of a URL whose authority begins at a place (RFC 3986, userinfo).
    mutating func credentials(inURL start: Int) -> Int? {
        var end = start
        var colon = -1
        while end < count, end - start < 512 {
            let byte = base[end]
            if byte == UInt8(ascii: "@") { break }
            if byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
                || (byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")) && colon < 0
            {
                return nil
            }
            if byte == UInt8(ascii: ":"), colon < 0 { colon = end }
            end += 1
        }
        guard byte(end) == UInt8(ascii: "@"), colon > 0, colon + 1 < end,
            isWord(end + 1) || byte(end + 1) == UInt8(ascii: "[")
        else { return nil }
        // host:port/path@version has a port and a path before the @.
        if isDigit(colon + 1) {
            var port = colon + 1
            while isDigit(port) { port += 1 }
            if byte(port) == UInt8(ascii: "/") { return nil }
        }
        if isPlaceholder(colon + 1, end) { return nil }
        return add(.credentials, 0.95, start, end)
    }
}
