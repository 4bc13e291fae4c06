extension TextScan {
    /// A phone number: E.164 with its plus, the national habits of grouping, or any plausible number beside a word that says so.
    mutating func phone(_ groups: borrowing DigitGroups) -> Int? {
        var start = groups.starts[0]
        var open = start
        if byte(open - 1) == UInt8(ascii: "(") { open -= 1 }
        let hasParenthesis = open < start && byte(groups.ends[0]) == UInt8(ascii: ")")
        if !hasParenthesis { open = start }
        let hasPlus = byte(open - 1) == UInt8(ascii: "+")
        if hasPlus { open -= 1 }
        start = open
        let before = byte(start - 1)
        if isWord(start - 1) || before == UInt8(ascii: "-") && !isBlank(start - 2) || before == UInt8(ascii: "_") {
            return nil
        }
        // Most numbers stand alone and nothing speaks for them.
        if groups.count == 1, !hasPlus, cueBits & (Cue.phone.rawValue | Cue.call.rawValue) == 0,
            groups.digitCount > 15 || !lineFollows(afterExtension(groups.ends[0]))
        {
            return nil
        }
        let strong = has(.phone, before: start)
        let call = has(.call, before: start, within: 20)

        // As many groups as make a number: a slash or two blanks divide numbers.
        var last = 0
        var digits = groups.length(0)
        while last + 1 < groups.count {
            let gap = groups.starts[last + 1] - groups.ends[last]
            let mark = byte(groups.ends[last])
            if gap > 1 && mark == 0x20 && byte(groups.ends[last] + 1) == 0x20 { break }
            if mark == UInt8(ascii: "/") && last > 0 || digits + groups.length(last + 1) > 15 { break }
            digits += groups.length(last + 1)
            last += 1
        }
        // What does not fit into one number makes a list of them, or none.
        if last + 1 < groups.count, byte(groups.ends[last]) != UInt8(ascii: "/"),
            groups.starts[last + 1] - groups.ends[last] == 1, !hasPlus, !strong
        {
            return nil
        }
        var end = groups.ends[last]
        let extended = afterExtension(end)
        if extended == end,
            isWord(end) || byte(end) == UInt8(ascii: "_") || byte(end) == UInt8(ascii: ":") && isDigit(end + 1)
                || byte(end) == UInt8(ascii: ".") && isWord(end + 1) && !isUpper(end + 1)
                || byte(end) == UInt8(ascii: "@")
                || byte(end) == UInt8(ascii: "%")
        {
            return nil
        }
        if byte(end) == UInt8(ascii: "-"), isWord(end + 1), !lineFollows(end), extended == end { return nil }
        let line = lineFollows(end)
        let hasExtension = extended > end
        end = extended
        let count = last + 1
        let mark = separator(groups, count)
        let isNamed = strong || line
        if hasPlus {
            guard groups.digits[0] != 0, 7...15 ~= digits, digits >= 9 || isNamed || count > 1 else { return nil }
            return add(.phone, isNamed || call ? 0.95 : 0.85, start, end)
        }
        if isDateOrRange(groups, count, mark), !isNamed { return nil }
        guard 6...15 ~= digits else { return nil }
        if isNamed { return isDateOrRange(groups, count, mark) ? nil : add(.phone, 0.9, start, end) }
        if hasParenthesis, count >= 2, 8...11 ~= digits,
            !(digits > 4 && groups.length(0) == 4 && groups.digits[0] < 3 && groups.digits[0] > 0)
        {
            return add(.phone, 0.7, start, end)
        }
        if call,
            count > 1
                || 8...12 ~= digits && !(count == 1 && isUnit(end)) && has(.call, before: start, within: 12)
                    && count > 1
        {
            return add(.phone, 0.7, start, end)
        }
        if isNorthAmerican(groups, count, mark, hasExtension) || isNational(groups, count, digits, mark) {
            return add(.phone, 0.6, start, end)
        }
        return nil
    }

    /// 3-3-4 with one separator, perhaps after 1 or 001.
    private func isNorthAmerican(_ groups: borrowing DigitGroups, _ count: Int, _ mark: UInt8, _ hasExtension: Bool)
        -> Bool
    {
        guard mark != 0, count == 3 || count == 4, mark != UInt8(ascii: "/") else { return false }
        let from = count - 3
        if from == 1,
            !(groups.length(0) == 1 && groups.digits[0] == 1
                || groups.length(0) == 3 && groups.digits[0] == 0 && groups.digits[2] == 1)
        {
            return false
        }
        guard groups.length(from) == 3, groups.length(from + 1) == 3, groups.length(from + 2) == 4 else { return false }
        let lead = from == 0 ? 0 : groups.length(0)
        let isValid = groups.digits[lead] > 1 && groups.digits[lead + 3] > 1
        return isValid || hasExtension || mark == UInt8(ascii: "-")
    }

    /// Numbers within a country: a trunk zero and two to five groups.
    private func isNational(_ groups: borrowing DigitGroups, _ count: Int, _ digits: Int, _ mark: UInt8) -> Bool {
        guard groups.digits[0] == 0, 9...14 ~= digits, count >= 2,
            mark == 0x20 || mark == UInt8(ascii: "-") || mark == UInt8(ascii: ".") && count > 3
        else { return false }
        if groups.digits[1] == 0 { return digits >= 11 && count >= 3 && groups.digits[2] != 0 && groups.length(0) >= 4 }
        for group in 0..<count where groups.length(group) < 2 || groups.length(group) > 8 { return false }
        if count == 2 { return groups.length(0) >= 2 && groups.length(0) <= 5 && groups.length(1) >= 6 }
        // Pairs alone are hexadecimal dumps unless there are five.
        if groups.length(0) == 2, groups.length(1) == 2, groups.length(count - 1) == 2 { return count == 5 }
        return groups.length(count - 1) >= 2
    }

    /// Whether groups read like a date, a time, a decimal number or a range.
    private func isDateOrRange(_ groups: borrowing DigitGroups, _ count: Int, _ mark: UInt8) -> Bool {
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

    /// The end of an extension: x123, ext. 123, #123.
    private func afterExtension(_ end: Int) -> Int {
        var place = end
        while place - end < 2, isBlank(place) || byte(place) == UInt8(ascii: ",") { place += 1 }
        let mark = place
        if byte(place) | 0x20 == UInt8(ascii: "e"), byte(place + 1) | 0x20 == UInt8(ascii: "x"),
            byte(place + 2) | 0x20 == UInt8(ascii: "t")
        {
            place = endOfLetters(place)
            if byte(place) == UInt8(ascii: ".") || byte(place) == UInt8(ascii: ":") { place += 1 }
            if isBlank(place) { place += 1 }
        } else if byte(place) | 0x20 == UInt8(ascii: "x") || byte(place) == UInt8(ascii: "#") {
            place += 1
            if isBlank(place) { place += 1 }
        }
        if place == mark { return end }
        let digits = place
        while isDigit(place), place - digits < 7 { place += 1 }
        return place > digits && place - digits < 7 && !isWord(place) ? place : end
    }

    private func endOfLetters(_ start: Int) -> Int {
        var end = start
        while isLetter(end), end - start < 12 { end += 1 }
        return end
    }

    /// Whether the word after a number says that it was a phone number.
    private func lineFollows(_ end: Int) -> Bool {
        var place = end
        while place - end < 3, isBlank(place) || byte(place) == UInt8(ascii: "-") || byte(place) == UInt8(ascii: "(") {
            place += 1
        }
        guard place > end, isLetter(place) else { return false }
        return cue(place, endOfLetters(place)).contains(.line)
    }

    private func isUnit(_ end: Int) -> Bool {
        var place = end
        if isBlank(place) { place += 1 }
        return cue(place, endOfLetters(place)).contains(.measure)
    }
}
