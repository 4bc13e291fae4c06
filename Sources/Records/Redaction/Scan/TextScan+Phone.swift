extension TextScan {
    /// A phone number: E.164 with its plus, the national habits of grouping, or any plausible number beside a word that says so.
    mutating func phone(_ groups: borrowing DigitGroups) -> Int? {
        var start = groups.starts[0]
        var open = start
        if byte(open - 1) == UInt8(ascii: "(") { open -= 1 }
        let hasParenthesis = open < start && isAreaCode(groups)
        if !hasParenthesis { open = start }
        let hasPlus = byte(open - 1) == UInt8(ascii: "+")
        if hasPlus { open -= 1 }
        start = open
        let before = byte(start - 1)
        if isPlain(start - 1) || before == UInt8(ascii: "-") && !isBlank(start - 2) || before == UInt8(ascii: "_")
            || before == UInt8(ascii: "/") && isDigit(start - 2)
        {
            return nil
        }
        // Most numbers stand alone and nothing speaks for them.
        if groups.count == 1, !hasPlus, cueBits & Cue([.phone, .call, .ownNumber]).rawValue == 0,
            groups.digitCount > 15 || !lineFollows(afterExtension(groups.ends[0]))
        {
            return nil
        }
        let isOther = !hasPlus && isOfAnotherThing(start)
        let said = PhoneCues(
            isNamed: !isOther && (has(.phone, before: start) || has(.ownNumber, before: start, within: 9)),
            isCalled: !isOther && has(.call, before: start, within: 20), isOther: isOther, hasPlus: hasPlus,
            hasParenthesis: hasParenthesis)

        // As many groups as make a number: a slash or two blanks divide numbers.
        var last = 0
        var digits = groups.length(0)
        var isCrowded = false
        while last + 1 < groups.count {
            let gap = groups.starts[last + 1] - groups.ends[last]
            let mark = byte(groups.ends[last])
            if gap > 1 && mark == 0x20 && byte(groups.ends[last] + 1) == 0x20 { break }
            if mark == UInt8(ascii: "/") && last > 0 { break }
            if digits + groups.length(last + 1) > 15 {
                isCrowded = gap == 1
                break
            }
            digits += groups.length(last + 1)
            last += 1
        }
        let seen = groups.count < 3 ? groups.count : max(3, last + 1)
        if !said.isNamed, isDateOrRange(groups, seen, separator(groups, seen)) { return nil }
        // What does not fit into one number makes a list of them, or none.
        if !isCrowded || hasPlus || said.isNamed, let next = phone(groups, from: start, last, digits, said) {
            return next
        }
        // Longer than any number within a country, or a few pairs more than the five that make one.
        let isTooLong =
            hasParenthesis ? digits > 11 : digits > 12 || groups.count < 8 && !isInRow(start, groups.length(0))
        // A number of another thing may follow after a blank, written in another way.
        for _ in 0..<3 where last > 0 {
            if !isCrowded {
                // Back to a blank: what is joined by dots or hyphens is dropped as a whole.
                repeat {
                    digits -= groups.length(last)
                    last -= 1
                } while last > 0 && byte(groups.ends[last]) != 0x20
                if byte(groups.ends[last]) != 0x20 { return nil }
            }
            isCrowded = false
            let isOther =
                isTooLong || isCutOff(groups.ends[last + 1]) || isCut(groups.ends[last + 1])
                || groups.starts[last + 1] - groups.ends[last] > 1 || groups.length(last + 1) != groups.length(last)
                || groups.length(last) != groups.length(0)
                || last > 0 && byte(groups.ends[last - 1]) != 0x20
            if isOther, let next = phone(groups, from: start, last, digits, said, isSure: false) { return next }
        }
        return nil
    }

    /// Whether what stands between parentheses before a number is an area code: (030), (0 30).
    private func isAreaCode(_ groups: borrowing DigitGroups) -> Bool {
        if byte(groups.ends[0]) == UInt8(ascii: ")") { return 2...5 ~= groups.length(0) }
        guard groups.count > 2, groups.length(0) == 1, groups.digits[0] == 0, byte(groups.ends[0]) == 0x20 else {
            return false
        }
        return groups.starts[1] - groups.ends[0] == 1 && byte(groups.ends[1]) == UInt8(ascii: ")")
            && 2...4 ~= groups.length(1)
    }

    /// Whether a number in one piece reads as people are called within a country: with a trunk zero, or as mobiles in China.
    private func isDialled(_ groups: borrowing DigitGroups, _ digits: Int) -> Bool {
        if groups.digits[0] == 0 { return 9...12 ~= digits && groups.digits[1] != 0 }
        return digits == 11 && groups.digits[0] == 1 && groups.digits[1] > 2 && byte(groups.starts[0] - 1) >= 0x80
    }

    /// Whether a number of as many digits stands right before a place, so that both may be columns of one kind.
    private func isInRow(_ start: Int, _ length: Int) -> Bool {
        guard isBlank(start - 1) else { return false }
        var place = start - 1
        while start - 1 - place <= length, isDigit(place - 1) { place -= 1 }
        return start - 1 - place == length
    }

    /// What speaks for a phone number beside its groups.
    private struct PhoneCues {
        let isNamed: Bool
        let isCalled: Bool
        /// Whether it is said to be of something else, so that only a number as people are called counts.
        let isOther: Bool
        let hasPlus: Bool
        let hasParenthesis: Bool
    }

    /// Takes the groups up to one as a phone number, if they look like one and nothing else goes on after them.
    ///
    /// - Parameter isSure: Whether no other number follows; if one does, the groups have to speak for themselves.
    private mutating func phone(
        _ groups: borrowing DigitGroups, from start: Int, _ last: Int, _ digits: Int, _ said: PhoneCues,
        isSure: Bool = true
    ) -> Int? {
        let end = groups.ends[last]
        let extended = afterExtension(end)
        if extended == end, isCutOff(end) { return nil }
        let line = lineFollows(extended)
        if byte(end) == UInt8(ascii: "-"), isPlain(end + 1), !line, extended == end { return nil }
        let count = last + 1
        let mark = separator(groups, count)
        let isNamed = said.isNamed || line
        if said.hasPlus {
            guard groups.digits[0] != 0, 7...15 ~= digits, digits >= 9 || isNamed || count > 1 else { return nil }
            return add(.phone, isNamed || said.isCalled ? 0.95 : 0.85, start, extended)
        }
        if isDateOrRange(groups, count, mark) { return nil }
        guard 6...15 ~= digits else { return nil }
        if isSure {
            if isNamed { return add(.phone, 0.9, start, extended) }
            // Weak words need groups as people say them.
            let areShort = (0..<count).allSatisfy { groups.length($0) < 8 }
            if said.isCalled, count > 1, areShort, mark != UInt8(ascii: ".") || digits > 7 {
                return add(.phone, 0.7, start, extended)
            }
            if said.isCalled, count == 1, isDialled(groups, digits) { return add(.phone, 0.6, start, extended) }
        }
        // An area code from 1000 to 2999 in parentheses is a year.
        let isYear = groups.length(0) == 4 && (groups.digits[0] == 1 || groups.digits[0] == 2)
        if said.hasParenthesis, count >= 2, 8...11 ~= digits, !isYear { return add(.phone, 0.7, start, extended) }
        if isNorthAmerican(groups, count, mark, mayBeOdd: extended > end || mark == UInt8(ascii: "-") && !said.isOther)
            || isNational(groups, count, digits, mark)
        {
            return add(.phone, 0.6, start, extended)
        }
        return nil
    }

    /// Whether a number that ends here is part of something else: a word, a time, a version, an address, a share.
    private func isCutOff(_ end: Int) -> Bool {
        switch byte(end) {
        case UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "%"): true
        case UInt8(ascii: ":"): isDigit(end + 1)
        case UInt8(ascii: "."): isPlain(end + 1) && !isUpper(end + 1)
        default: isPlain(end)
        }
    }

    /// 3-3-4 with one separator, perhaps after 1 or 001; `mayBeOdd` where it need not be one that people could call.
    private func isNorthAmerican(
        _ groups: borrowing DigitGroups, _ count: Int, _ mark: UInt8, mayBeOdd: Bool
    ) -> Bool {
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
        return isValid || mayBeOdd
    }

    /// Numbers within a country: a trunk zero and two to five groups.
    private func isNational(_ groups: borrowing DigitGroups, _ count: Int, _ digits: Int, _ mark: UInt8) -> Bool {
        guard groups.digits[0] == 0, 8...15 ~= digits, count >= 2 else { return false }
        let slash = byte(groups.ends[0]) == 0x20 ? groups.ends[0] + 1 : groups.ends[0]
        if byte(slash) == UInt8(ascii: "/"), groups.digits[1] > 0,
            byte(groups.starts[0] - 1) != UInt8(ascii: "/")
        {
            return 3...5 ~= groups.length(0) && (count > 2 || 5...9 ~= groups.length(1))
                && byte(groups.ends[count - 1]) != UInt8(ascii: "/")
        }
        // The area may be set off by a hyphen: 070-123 45 67.
        let isSetOff = count > 2 && byte(groups.ends[0]) == UInt8(ascii: "-") && areBlank(groups, from: 1, to: count)
        guard digits > 8,
            isSetOff || mark == 0x20 || mark == UInt8(ascii: "-") || mark == UInt8(ascii: ".") && count > 3
        else {
            return false
        }
        if groups.digits[1] == 0 {
            return digits >= 11 && count >= 3 && groups.digits[2] != 0 && 4...5 ~= groups.length(0)
        }
        guard digits < 13, groups.length(0) < 6 else { return false }
        for group in 0..<count where groups.length(group) < 2 || groups.length(group) > 8 { return false }
        if count == 2 { return groups.length(0) >= 2 && groups.length(0) <= 5 && groups.length(1) >= 6 }
        // Pairs alone are hexadecimal dumps unless there are five.
        if groups.length(0) == 2, groups.length(1) == 2, groups.length(count - 1) == 2 { return count == 5 }
        return groups.length(count - 1) >= 2
    }

    private func areBlank(_ groups: borrowing DigitGroups, from first: Int, to count: Int) -> Bool {
        for group in first + 1..<count {
            let end = groups.ends[group - 1]
            if groups.starts[group] - end != 1 || byte(end) != 0x20 { return false }
        }
        return true
    }

    /// The end of an extension, such as x123, ext 123 or #123.
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
        return place > digits && place - digits < 7 && !isPlain(place) ? place : end
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
}
