extension TextScan {
    /// Groups of digits with at most two separators between them.
    struct DigitGroups: ~Copyable {
        var starts = InlineArray<12, Int>(repeating: 0)
        var ends = InlineArray<12, Int>(repeating: 0)
        var count = 0
        /// The digits one after another, up to 32.
        var digits = InlineArray<32, UInt8>(repeating: 0)
        var digitCount = 0

        func length(_ group: Int) -> Int { ends[group] - starts[group] }
    }

    /// Looks at the number that begins with a word of digits, and returns where to go on.
    mutating func number(_ start: Int, _ end: Int) -> Int? {
        if end - start <= 4, byte(end) == UInt8(ascii: ":"), let next = colonAddress(start) { return next }
        if end - start <= 4, mayBeDashedMAC(start), let next = dashedMAC(start) { return next }
        if let next = hostAddress(start) { return next }
        if byte(end) == UInt8(ascii: "."), end - start <= 3, let next = internetAddress(start) { return next }
        // A number inside a longer one was refused as its part already.
        let before = byte(start - 1)
        if before == UInt8(ascii: "_") || before == UInt8(ascii: "$")
            || before == UInt8(ascii: ".") && isPlain(start - 2)
            || before == UInt8(ascii: "-") && isDigit(start - 2)
        {
            return nil
        }
        // The seconds of a time, or their fraction, begin no number of several groups.
        if before == UInt8(ascii: ":") && end - start < 3 || before == UInt8(ascii: ",") && end - start < 4,
            isDigit(start - 2)
        {
            return nil
        }
        // Short numbers that no other number follows are most.
        var next = start
        while isDigit(next) { next += 1 }
        if next - start < 6 {
            let stop = next
            while next - stop < 3, Self.isSeparator(byte(next)) { next += 1 }
            if next == stop || !isDigit(next) || isDayOfMonth(start, stop) { return nil }
        }
        if let next = timestamp(start) { return next }
        let groups = digitGroups(start)
        guard groups.digitCount >= 6 else { return nil }
        // One after another: the closures that ?? makes would copy the groups each time.
        if groups.digitCount >= 12, let next = card(groups) { return next }
        if groups.digitCount >= 9, let next = socialSecurity(groups) { return next }
        if groups.digitCount >= 8, let next = nationalNumber(groups) { return next }
        return phone(groups)
    }

    private func digitGroups(_ start: Int) -> DigitGroups {
        var groups = DigitGroups()
        var place = start
        while groups.count < 12 {
            let from = place
            while isDigit(place) {
                if groups.digitCount < 32 { groups.digits[groups.digitCount] = base[place] & 15 }
                groups.digitCount += 1
                place += 1
            }
            groups.starts[groups.count] = from
            groups.ends[groups.count] = place
            groups.count += 1
            var next = place
            while next - place < 3, Self.isSeparator(byte(next)) { next += 1 }
            if next == place || !isDigit(next) { break }
            place = next
        }
        return groups
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "(")
            || byte == UInt8(ascii: ")")
            || byte == UInt8(ascii: "/")
    }

    /// The separator that stands alone between all of the first groups; 0 where they differ.
    func separator(_ groups: borrowing DigitGroups, _ count: Int) -> UInt8 {
        guard count > 1 else { return 0 }
        let first = byte(groups.ends[0])
        for group in 1..<count
        where groups.starts[group] - groups.ends[group - 1] != 1 || byte(groups.ends[group - 1]) != first {
            return 0
        }
        return first
    }

    /// Whether a number that ends here goes on as something else.
    func isCut(_ end: Int) -> Bool {
        if isPlain(end) || byte(end) == UInt8(ascii: "_") { return true }
        return
            (byte(end) == UInt8(ascii: "-") || byte(end) == UInt8(ascii: ".") || byte(end) == UInt8(ascii: "/")
            || byte(end) == UInt8(ascii: ":"))
            && isDigit(end + 1)
    }

    /// A payment card: length and first digits of a brand (ISO/IEC 7812), Luhn's check digit.
    mutating func card(_ groups: borrowing DigitGroups) -> Int? {
        // The longest first: a part of a number may pass the check too.
        for count in (1...min(groups.count, 5)).reversed() {
            var digits = 0
            for group in 0..<count { digits += groups.length(group) }
            guard 12...19 ~= digits else { continue }
            let end = groups.ends[count - 1]
            if count > 1 {
                let mark = separator(groups, count)
                guard mark == 0x20 || mark == UInt8(ascii: "-") || mark == UInt8(ascii: "."),
                    isCardGrouping(groups, count)
                else { continue }
            }
            let before = byte(groups.starts[0] - 1)
            if isCut(end) || before == UInt8(ascii: "-") || before == UInt8(ascii: "+") { continue }
            guard NumberChecksum.luhn(groups.digits, digits), !isUniform(groups.digits, digits) else { continue }
            let cue = has(.card, before: groups.starts[0])
            guard CardIssuer.takes(groups.digits, digits) && (digits >= 14 || count > 1 || digits == 13 || cue) || cue
            else { continue }
            return add(.card, cue ? 0.99 : 0.9, groups.starts[0], endOfFours(groups, count))
        }
        return nil
    }

    /// Fours with a shorter end, or the 4-6-5 and 4-6-4 of fifteen and fourteen digits.
    private func isCardGrouping(_ groups: borrowing DigitGroups, _ count: Int) -> Bool {
        guard groups.length(0) == 4 else { return false }
        if count == 3, groups.length(1) == 6 { return 4...5 ~= groups.length(2) }
        for group in 1..<count where groups.length(group) != 4 {
            if group < count - 1 || groups.length(group) > 4 { return false }
        }
        return true
    }

    /// The end of a row of fours with one separator: where one number ends in it is not sure, as a shorter or an earlier part may pass the check too.
    func endOfFours(_ groups: borrowing DigitGroups, _ count: Int) -> Int {
        guard count > 1, groups.length(count - 1) == 4 else { return groups.ends[count - 1] }
        var last = count
        while last < groups.count, groups.length(last) <= 4, groups.length(last - 1) == 4,
            groups.starts[last] - groups.ends[last - 1] == 1,
            byte(groups.ends[last - 1]) == byte(groups.ends[0]), !isCut(groups.ends[last])
        {
            last += 1
        }
        return groups.ends[last - 1]
    }

    private func isUniform(_ digits: borrowing InlineArray<32, UInt8>, _ count: Int) -> Bool {
        for place in 1..<count where digits[place] != digits[0] { return false }
        return true
    }

    /// A US social security number: area, group and serial by the rules of the agency.
    mutating func socialSecurity(_ groups: borrowing DigitGroups) -> Int? {
        let start = groups.starts[0]
        let cue = has(.ssn, before: start)
        let end: Int
        if groups.count >= 3, groups.length(0) == 3, groups.length(1) == 2, groups.length(2) == 4 {
            let mark = separator(groups, 3)
            guard mark == UInt8(ascii: "-") || cue && (mark == 0x20 || mark == UInt8(ascii: ".")) else { return nil }
            end = groups.ends[2]
        } else if groups.length(0) == 9, cue {
            end = groups.ends[0]
        } else {
            return nil
        }
        if isCut(end) || byte(start - 1) == UInt8(ascii: "-") || byte(start - 1) == UInt8(ascii: "/") { return nil }
        func value(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(groups.digits[$1]) } }
        let area = value(0..<3)
        let group = value(3..<5)
        guard area != 0, area != 666, group != 0, value(5..<9) != 0 else { return nil }
        // From 900 on: taxpayer numbers, whose groups are limited.
        if area >= 900, !(50...65 ~= group || 70...88 ~= group || 90...92 ~= group || 94...99 ~= group) { return nil }
        return add(.ssn, cue ? 0.95 : 0.8, start, end)
    }

    /// A document's number after words such as "passport number is".
    mutating func document(after end: Int) -> Int? {
        var place = end
        var isSaid = false
        for _ in 0..<6 {
            let from = place
            while place - from < 5, " \t:#.'\"=-’".utf8.contains(byte(place)) { place += 1 }
            let stop = endOfWord(place)
            let digits = (place..<stop).count { isDigit($0) }
            if digits > 0 {
                // Right after the word, a long number is something else.
                guard digits >= 5, 6...(isSaid ? 16 : 10) ~= stop - place, 2 * digits > stop - place, !isCut(stop)
                else {
                    return nil
                }
                return add(.document, 0.6, place, stop)
            }
            guard stop > place, stop - place < 12,
                SentenceWords.ofDocuments.contains(NameFolding.hash(base + place, stop - place))
            else {
                return nil
            }
            isSaid = true
            place = stop
        }
        return nil
    }
}

/// Which first digits and lengths payment cards have.
enum CardIssuer {
    static func takes(_ digits: borrowing InlineArray<32, UInt8>, _ count: Int) -> Bool {
        let two = Int(digits[0]) * 10 + Int(digits[1])
        let four = two * 100 + Int(digits[2]) * 10 + Int(digits[3])
        switch two {
        case 40...49: return count == 13 || count == 16 || count == 19
        case 51...55: return count == 16
        case 22...27: return 2221...2720 ~= four && count == 16 || 2200...2204 ~= four && count >= 16
        case 34, 37: return count == 15
        case 30, 36, 38, 39: return count >= 14 && count <= 19
        case 35: return 3528...3589 ~= four && count >= 16
        case 18, 21: return (four == 1800 || four == 2131) && count == 15
        case 60...69: return count >= 16 || count >= 12 && count != 14
        case 50, 56...58: return count >= 12
        default: return false
        }
    }
}
