/// Words and sequences of atoms that are variables wherever they stand.
extension ShapeScanner {
    /// Whether the range is one of the constants that programming languages print for a value.
    func isConstantOfLanguages(_ range: Range<Int>) -> Bool {
        switch input[range.lowerBound] | 0x20 {
        case UInt8(ascii: "t"): equals(range, "true")
        case UInt8(ascii: "f"): equals(range, "false")
        case UInt8(ascii: "n"): equals(range, "null") || equals(range, "nil")
        default: false
        }
    }

    func isNotApplicable(_ range: Range<Int>) -> Bool { equals(range, "n/a") }

    private func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for (offset, index) in range.enumerated() where input[index] | 0x20 != word.utf8Start[offset] { return false }
        return true
    }

    /// Whether the range names a month or a weekday, next to a number or to another such name.
    func isDate(_ range: Range<Int>) -> Bool {
        guard input[range.lowerBound].isUppercase, isMonthOrWeekday(range) else { return false }
        var next = range.upperBound
        if next < input.count, input[next] == UInt8(ascii: ",") { next += 1 }
        while next < input.count, input[next].isBlank { next += 1 }
        if next < input.count, input[next].isDigit { return true }
        if next + 3 <= input.count, isMonthOrWeekday(next..<next + 3) { return true }
        var last = count - 1
        while last >= 0, output[last] == 0x20 || output[last] == UInt8(ascii: ",") { last -= 1 }
        return last >= 0 && output[last] == MessageShape.variable
    }

    private func isMonthOrWeekday(_ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        let packed =
            UInt32(input[start] | 0x20) << 16 | UInt32(input[start + 1] | 0x20) << 8 | UInt32(input[start + 2] | 0x20)
        guard Self.calendarNames.contains(packed) else { return false }
        guard range.count > 3 else { return true }
        return Self.calendarWords.contains { equals(range, $0) }
    }

    private static let calendarWords: [StaticString] = [
        "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private static let calendarNames: Set<UInt32> = Set(
        [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
            "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        ].map { (name: String) in name.utf8.reduce(0) { $0 << 8 | UInt32($1) } })

    /// Whether a colon, a port and the end of the atom follow.
    func isBeforePort(_ end: Int) -> Bool {
        guard end + 1 < input.count, input[end] == UInt8(ascii: ":"), input[end + 1].isDigit else { return false }
        var next = end + 1
        while next < input.count, input[next].isDigit { next += 1 }
        return next == input.count || classes[Int(input[next])] & ByteClass.end != 0
    }

    /// The end of a URL whose scheme is the range, or of a path whose drive it is.
    func locator(_ scheme: Range<Int>) -> Int? {
        let colon = scheme.upperBound
        guard colon + 2 < input.count else { return nil }
        let isDrive = scheme.count == 1 && input[colon + 1] == UInt8(ascii: "\\")
        guard isDrive || input[colon + 1] == UInt8(ascii: "/") && input[colon + 2] == UInt8(ascii: "/") else {
            return nil
        }
        var next = colon + 1
        while next < input.count, !input[next].isBlank, !Self.endsOfLocators.contains(input[next]) { next += 1 }
        return next
    }

    private static let endsOfLocators = Set("\"'<>)]},;`".utf8)

    /// The end of four and more groups of hexadecimal digits between colons, the first of them the range: the addresses
    /// of network cards, IPv6 and the like.
    func hexadecimalGroups(_ first: Range<Int>) -> Int? {
        guard first.count <= 4, first.allSatisfy({ input[$0].isHexadecimal }),
            first.lowerBound == 0 || !":.-_".utf8.contains(input[first.lowerBound - 1])
        else { return nil }
        var groups = 1
        var position = first.upperBound
        while position < input.count, input[position] == UInt8(ascii: ":") {
            var next = position + 1
            while next < input.count, next - position <= 4, input[next].isHexadecimal { next += 1 }
            guard next > position + 1 else { break }
            groups += 1
            position = next
        }
        guard groups >= 4, position == input.count || classes[Int(input[position])] & ByteClass.end != 0,
            position == input.count || input[position] != UInt8(ascii: ":")
        else { return nil }
        return position
    }
}
