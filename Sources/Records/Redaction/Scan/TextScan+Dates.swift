extension TextScan {
    /// The end of a date, or of a day and a time of day in six digits each, that no cue makes something else.
    func timestamp(_ start: Int) -> Int? {
        let cues: Cue = [.phone, .call, .card, .identity, .ssn]
        guard cueBits & cues.rawValue == 0 else { return nil }
        let mark = byte(start + 4)
        if mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".") {
            guard areDigits(start..<start + 4), areDigits(start + 5..<start + 7), byte(start + 7) == mark,
                areDigits(start + 8..<start + 10), !isCut(start + 10), byte(start + 10) != UInt8(ascii: ":"),
                19...20 ~= pair(start), 1...12 ~= pair(start + 5), 1...31 ~= pair(start + 8)
            else { return nil }
            return start + 10
        }
        guard byte(start + 6) == 0x20, areDigits(start..<start + 6), areDigits(start + 7..<start + 13),
            !isCut(start + 13), byte(start + 13) != UInt8(ascii: ":"), 1...12 ~= pair(start + 2),
            1...31 ~= pair(start + 4), pair(start + 7) < 24, pair(start + 9) < 60, pair(start + 11) < 60
        else { return nil }
        return start + 13
    }

    /// Whether a number of one or two digits is a day behind the name of its month, as in the dates of syslog, and no pair in a row of pairs.
    func isDayOfMonth(_ start: Int, _ end: Int) -> Bool {
        guard end - start < 3, isBlank(start - 1), isBlank(end), areDigits(end + 1..<end + 4) else { return false }
        var word = start - 1
        if isBlank(word - 1) { word -= 1 }
        guard isUpper(word - 3), !isWord(word - 4) else { return false }
        return ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].contains {
            (month: StaticString) in matches(month, at: word - 3)
        }
    }

    /// Whether groups read like a date, a time, a decimal number or a range.
    func isDateOrRange(_ groups: borrowing DigitGroups, _ count: Int, _ mark: UInt8) -> Bool {
        func value(_ group: Int) -> Int {
            var value = 0
            for place in groups.starts[group]..<groups.ends[group] where value < 1_000_000 {
                value = value * 10 + Int(base[place] & 15)
            }
            return value
        }
        // yymmdd hhmmss
        if count >= 2, groups.length(0) == 6, groups.length(1) == 6 {
            return 1...12 ~= value(0) / 100 % 100 && value(1) % 100 < 60 && value(1) / 100 % 100 < 60
        }
        if count >= 3, groups.length(0) == 4, groups.length(1) <= 2, groups.length(2) <= 2 {
            return 1900...2100 ~= value(0) && 1...12 ~= value(1) && 1...31 ~= value(2)
        }
        if count == 3, groups.length(2) == 4, groups.length(0) <= 2, groups.length(1) <= 2 {
            return value(0) <= 31 && value(1) <= 31 && 1900...2100 ~= value(2)
        }
        if count == 2, groups.length(0) == 4, groups.length(1) == 4 {
            return 1900...2100 ~= value(0) && 1900...2100 ~= value(1)
        }
        return mark == UInt8(ascii: ".") && count == 2 && groups.length(0) < 2
    }

    private func pair(_ place: Int) -> Int { Int(base[place] & 15) * 10 + Int(base[place + 1] & 15) }

    private func areDigits(_ range: Range<Int>) -> Bool {
        for place in range where !isDigit(place) { return false }
        return true
    }
}
