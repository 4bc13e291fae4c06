extension TextScan {
    /// An IPv6 address (RFC 4291) or a MAC address whose first group begins at a place.
    mutating func colonAddress(_ start: Int) -> Int? {
        if isPlain(start - 1) || byte(start - 1) == UInt8(ascii: ":") { return nil }
        var groups = 0
        var doubled = -1
        var place = start
        var longest = 0
        var digits = 0
        var letters = 0
        var allPairs = true
        var first = 0
        if byte(place) == UInt8(ascii: ":") {
            doubled = 0
            place += 2
        }
        var end = place
        while groups < 9 {
            let from = place
            var value = 0
            while place - from < 5, isDigit(place) || isHexLetter(place) {
                if isDigit(place) { digits += 1 } else { letters += 1 }
                value = value << 4 | Self.hexValue(base[place])
                place += 1
            }
            let length = place - from
            if length == 0 || length > 4 { break }
            if byte(place) == UInt8(ascii: "."), groups > 0, let quad = dottedQuad(from) {
                groups += 2
                end = quad
                place = quad
                break
            }
            if groups == 0 { first = value }
            groups += 1
            longest = max(longest, length)
            if length != 2 { allPairs = false }
            end = place
            guard byte(place) == UInt8(ascii: ":") else { break }
            if byte(place + 1) == UInt8(ascii: ":") {
                if doubled >= 0 { break }
                doubled = groups
                place += 2
                end = place
            } else {
                place += 1
            }
        }
        if isPlain(end) || byte(end) == UInt8(ascii: ":") && (isPlain(end + 1) || byte(end + 1) == UInt8(ascii: ":")) {
            return nil
        }
        if doubled < 0, groups == 6, allPairs {
            return letters == 0 && first < 24 && isClock(start) ? nil : add(.mac, 0.9, start, end)
        }
        if doubled < 0, groups == 8 {
            return add(allPairs ? .mac : .ip, allPairs ? 0.6 : 0.9, start, end)
        }
        guard doubled >= 0, groups < 8, groups >= 2 || groups == 1 && doubled == 1 && longest == 4 else { return nil }
        let isKnown =
            doubled > 0
            && (0x2000...0x3FFF ~= first || 0xFE80...0xFEBF ~= first || 0xFC00...0xFDFF ~= first || first >= 0xFF00)
            || first == 0x64 && groups > 2
        guard isKnown && digits > 0 || groups >= 4 && digits > 0 || doubled == 0 && groups >= 2 && digits > 1 else {
            return nil
        }
        if base[end - 1] == UInt8(ascii: ":"), doubled != groups { return nil }
        return add(.ip, 0.85, start, end)
    }

    /// Whether the first separator of such an address stands where it would.
    @inline(__always)
    func mayBeDashedMAC(_ start: Int) -> Bool {
        byte(start + 2) == UInt8(ascii: "-") || byte(start + 4) == UInt8(ascii: ".")
    }

    /// A MAC address in the form aa-bb-cc-dd-ee-ff or aabb.ccdd.eeff.
    mutating func dashedMAC(_ start: Int) -> Int? {
        guard !isPlain(start - 1), byte(start - 1) != UInt8(ascii: "-"), byte(start - 1) != UInt8(ascii: ".") else {
            return nil
        }
        for (separator, groups, width) in [(UInt8(ascii: "-"), 6, 2), (UInt8(ascii: "."), 3, 4)] {
            var place = start
            var letters = 0
            var isForm = true
            for group in 0..<groups where isForm {
                for offset in 0..<width {
                    if isHexLetter(place + offset) { letters += 1 } else if !isDigit(place + offset) { isForm = false }
                }
                place += width
                if group < groups - 1 {
                    if byte(place) != separator { isForm = false }
                    place += 1
                }
            }
            guard isForm, !isPlain(place), byte(place) != separator || !isPlain(place + 1) else { continue }
            if letters > 0 || has(.address, before: start) { return add(.mac, 0.8, start, place) }
        }
        return nil
    }

    /// The end of four numbers up to 255 with dots between them.
    func dottedQuad(_ start: Int) -> Int? {
        var place = start
        for part in 0..<4 {
            var value = 0
            let from = place
            while isDigit(place), place - from < 4 {
                value = value * 10 + Int(base[place] & 15)
                place += 1
            }
            if place == from || place - from > 3 || value > 255 || place - from > 1 && base[from] == UInt8(ascii: "0") {
                return nil
            }
            if part < 3 {
                guard byte(place) == UInt8(ascii: ".") else { return nil }
                place += 1
            }
        }
        return place
    }

    /// An IPv4 address that begins at a place, unless it looks like a version.
    mutating func internetAddress(_ start: Int) -> Int? {
        guard let end = dottedQuad(start) else { return nil }
        let before = byte(start - 1)
        if isPlain(end) || byte(end) == UInt8(ascii: ".") && isPlain(end + 1) || before == UInt8(ascii: ".") {
            return nil
        }
        if byte(end) == UInt8(ascii: "-"), isLetter(end + 1) { return nil }
        if before == UInt8(ascii: "-") || before == UInt8(ascii: "_") || before == UInt8(ascii: "+") { return nil }
        var isSmall = true
        var value = 0
        var largest = 0
        var first = -1
        for place in start...end {
            if isDigit(place), place < end {
                value = value * 10 + Int(base[place] & 15)
            } else {
                if first < 0 { first = value }
                largest = max(largest, value)
                if value > 31 { isSmall = false }
                value = 0
            }
        }
        // This machine, no machine, every machine, masks: nobody's address.
        if first == 0 || first == 127 || first == 255 || largest == 0 { return nil }
        if isReleaseSuffix(end) { return nil }
        let isEndpoint =
            byte(end) == UInt8(ascii: ":") && isDigit(end + 1) || before == UInt8(ascii: "@")
            || before == UInt8(ascii: "[")
            || before == UInt8(ascii: "/") && !isInPath(start, end)
            || byte(end) == UInt8(ascii: "/") && isDigit(end + 1)
        let isAddress = isEndpoint || has(.address, before: start, within: 24)
        let isEqual = end - start == 7 && [2, 4, 6].allSatisfy { base[start + $0] == base[start] }
        // What could be a release needs more than its form: the numbers of releases are small.
        if !isAddress, !isEqual, isSmall, first != 10 || has(.version, before: start, within: 64) {
            refused.append(lineStart..<end)
            return nil
        }
        if first < 32, has(.version, before: start, within: 2), !isEndpoint {
            refused.append(lineStart..<end)
            return nil
        }
        return add(.ip, isAddress ? 0.95 : 0.8, start, end)
    }

    /// Whether a build number follows, as in 3.1.4.0-315; a range of addresses ends with at most 255.
    private func isReleaseSuffix(_ end: Int) -> Bool {
        guard byte(end) == UInt8(ascii: "-"), isDigit(end + 1) else { return false }
        var place = end + 1
        var value = 0
        while isDigit(place), value < 1_000 {
            value = value * 10 + Int(base[place] & 15)
            place += 1
        }
        return value > 255
    }

    /// Whether a number between slashes is a folder of releases: a word stands before its slash and another folder follows.
    private func isInPath(_ start: Int, _ end: Int) -> Bool {
        isLetter(start - 2) && byte(end) == UInt8(ascii: "/") && isLetter(end + 1)
    }

    /// The address in a host's name such as ip-10-1-2-3.
    mutating func hostAddress(_ start: Int) -> Int? {
        guard byte(start - 1) == UInt8(ascii: "-"), byte(start - 2) | 0x20 == UInt8(ascii: "p"),
            byte(start - 3) | 0x20 == UInt8(ascii: "i"), !isPlain(start - 4)
        else { return nil }
        var place = start
        for part in 0..<4 {
            let from = place
            while isDigit(place), place - from < 4 { place += 1 }
            if place == from || place - from > 3 { return nil }
            if part < 3 {
                guard byte(place) == UInt8(ascii: "-") else { return nil }
                place += 1
            }
        }
        return isPlain(place) ? nil : add(.ip, 0.85, start, place)
    }

    func isHexLetter(_ place: Int) -> Bool {
        place >= 0 && place < count && classes[Int(base[place])] & ByteClass.hexLetter.rawValue != 0
    }

    static func hexValue(_ byte: UInt8) -> Int {
        byte <= UInt8(ascii: "9") ? Int(byte & 15) : Int(byte & 15) + 9
    }

    /// Whether pairs of digits read like a time: hours, minutes, seconds.
    private func isClock(_ start: Int) -> Bool {
        byte(start) <= UInt8(ascii: "2") && byte(start + 3) < UInt8(ascii: "6") && byte(start + 6) < UInt8(ascii: "6")
    }
}
