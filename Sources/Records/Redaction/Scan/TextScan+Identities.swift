extension TextScan {
    /// An identity number of digits alone; forms that others share, and single check digits, need a word nearby.
    mutating func nationalNumber(_ groups: borrowing DigitGroups) -> Int? {
        let start = groups.starts[0]
        let before = byte(start - 1)
        if before == UInt8(ascii: "-") || before == UInt8(ascii: "/") || before == UInt8(ascii: "+")
            || before == UInt8(ascii: "(")
        {
            return nil
        }
        let cue = has(.identity, before: start) || has(.ssn, before: start)
        var count = 0
        for group in 1...min(groups.count, 7) {
            count += groups.length(group - 1)
            guard 8...18 ~= count, !isCut(groups.ends[group - 1]) else { continue }
            if !hasIdentityForm(groups, group, count, cue) { continue }
            let next = add(.nationalID, cue ? 0.9 : 0.7, start, endOfFours(groups, group))
            // Nothing says that a row of numbers begins here: another number may begin with its second.
            return next != nil && group > 1 && !cue ? groups.ends[0] : next
        }
        return nil
    }

    private func hasIdentityForm(_ groups: borrowing DigitGroups, _ last: Int, _ count: Int, _ cue: Bool) -> Bool {
        typealias C = NumberChecksum
        let d = groups.digits
        let mark = separator(groups, last)
        func gap(_ group: Int) -> Int { groups.starts[group] - groups.ends[group - 1] }
        func lengths(_ wanted: [Int]) -> Bool {
            guard last == wanted.count else { return false }
            for group in 0..<last where groups.length(group) != wanted[group] || group > 0 && gap(group) != 1 {
                return false
            }
            return true
        }
        func cpf() -> Bool {
            let a = C.weighted(d, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10
            let b = C.weighted(d, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10
            return a == Int(d[9]) && b == Int(d[10])
        }
        switch count {
        case 9:
            let isGrouped = lengths([3, 3, 3])
            guard cue, last == 1 || isGrouped else { return false }
            let eleven = C.weighted(d, [9, 8, 7, 6, 5, 4, 3, 2])
            return C.luhn(d, 9) || (eleven - Int(d[8])) % 11 == 0 || (11 - eleven % 11) % 11 % 10 == Int(d[8])
                || (C.weighted(d, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0)
        case 10:
            if lengths([6, 4]), mark == UInt8(ascii: "-"), C.isDate(d, month: 2, day: 4), C.luhn(d, 10) { return true }
            if lengths([6, 4]), cue, C.isDate(d, month: 2, day: 0) || C.remainder(d, 0..<10, 11) == 0 { return true }
            guard cue, last == 1 || lengths([3, 3, 4]) else { return false }
            return C.luhn(d, 10) || (11 - C.weighted(d, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 == Int(d[9])
                || C.weighted(d, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == Int(d[9])
        case 11:
            let isCPF =
                mark != 0
                || byte(groups.ends[0]) == UInt8(ascii: ".") && byte(groups.ends[last - 1] - 3) == UInt8(ascii: "-")
            if isCPF, lengths([3, 3, 3, 2]), cpf() { return true }
            let belgian = 97 - C.remainder(d, 0..<9, 97) == Int(d[9]) * 10 + Int(d[10])
            let hasPairs = last >= 4 && groups.length(0) == 2 && groups.length(1) == 2 && groups.length(2) == 2
            if hasPairs, belgian, C.isDate(d, month: 2, day: 4) { return true }
            let a = C.weighted(d, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11
            let b = C.weighted(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11
            if a == 0, b == 0, C.isDate(d, month: 2, day: 0), last <= 2 { return true }
            guard cue else { return false }
            let odd = Int(d[0]) + Int(d[2]) + Int(d[4]) + Int(d[6]) + Int(d[8])
            let even = Int(d[1]) + Int(d[3]) + Int(d[5]) + Int(d[7])
            return cpf() || belgian || C.iso7064(d, 11)
                || C.weighted(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0
                || ((7 * odd - even) % 10 + 10) % 10 == Int(d[9]) && (odd + even + Int(d[9])) % 10 == Int(d[10])
        case 12:
            // A year begins a number of another thing.
            let isYear = d[0] == 2 && d[1] == 0
            return (cue || lengths([4, 4, 4]) && !isYear) && d[0] > 1 && C.verhoeff(d, 12)
        case 13:
            if lengths([3, 4, 4, 2]), d[0] == 7, d[1] == 5, d[2] == 6 { return true }
            if lengths([6, 7]), mark == UInt8(ascii: "-"), C.isDate(d, month: 2, day: 4) { return true }
            return cue && (C.isDate(d, month: 2, day: 4) && C.luhn(d, 13) || d[0] == 7 && d[1] == 5 && d[2] == 6)
        case 14:
            let a = C.weighted(d, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
            return (lengths([2, 3, 3, 4, 2]) || cue) && (a < 2 ? 0 : 11 - a) == Int(d[12])
        case 15:
            let month = Int(d[3]) * 10 + Int(d[4])
            // Thirteen digits and two, or in short groups behind the one for the sex.
            guard last == 1 || groups.length(0) == 1 || lengths([13, 2]) else { return false }
            return (d[0] == 1 || d[0] == 2) && (1...12 ~= month || 20...42 ~= month)
                && 97 - C.remainder(d, 0..<13, 97) == Int(d[13]) * 10 + Int(d[14])
        case 18:
            let sum = C.weighted(d, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
            return last == 1 && (d[6] == 1 && d[7] == 9 || d[6] == 2 && d[7] == 0) && C.isDate(d, month: 10, day: 12)
                && [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2][sum % 11] == Int(d[17])
        default: return false
        }
    }

    /// Words of letters and digits: IBANs, identity numbers with letters, MAC and IPv6 addresses, tokens.
    mutating func mixedWord(_ start: Int, _ end: Int, _ seen: ByteClass) -> Int? {
        if isHexLetter(start) || isDigit(start), end - start <= 4 {
            if byte(end) == UInt8(ascii: ":"), let next = colonAddress(start) { return next }
            if mayBeDashedMAC(start), let next = dashedMAC(start) { return next }
        }
        if end - start > 11, let next = webToken(start) { return next }
        if isLetter(start), isLetter(start + 1), isDigit(start + 2), isDigit(start + 3), let next = iban(start) {
            return next
        }
        if byte(start - 1) != UInt8(ascii: "-"), byte(start - 1) != UInt8(ascii: "_"), byte(end) != UInt8(ascii: "_"),
            let next = letteredIdentity(start, end)
        {
            return next
        }
        // "Tel:+49..." and "ext5" apart, digits after a letter are no number of their own.
        return nil
    }

    /// An IBAN: length by country, mod 97 (ISO 13616), in one piece or in groups.
    private mutating func iban(_ start: Int) -> Int? {
        let wanted = IBANLength.of(base[start], base[start + 1])
        guard wanted > 0, !isPlain(start - 1) else { return nil }
        var remainder = 0
        var taken = 0
        var place = start
        var head = 0
        while taken < wanted {
            if taken > 0, taken % 4 == 0, byte(place) == 0x20 || byte(place) == UInt8(ascii: "-"), isPlain(place + 1) {
                place += 1
            }
            guard isDigit(place) || isLetter(place) else { return nil }
            let byte = base[place] | (isLetter(place) ? 0x20 : 0)
            let value = isDigit(place) ? Int(byte & 15) : Int(byte - UInt8(ascii: "a")) + 10
            if taken < 4 {
                head = head * (value > 9 ? 100 : 10) + value
            } else {
                remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
            }
            taken += 1
            place += 1
        }
        guard !isPlain(place), (remainder * 1_000_000 + head) % 97 == 1 else { return nil }
        return add(.iban, 0.97, start, place)
    }

    /// Identity numbers with letters: Spain, Italy, the United Kingdom, India, Finland, Singapore.
    private mutating func letteredIdentity(_ start: Int, _ end: Int) -> Int? {
        func letters(_ range: Range<Int>) -> Bool { range.allSatisfy { isUpper(start + $0) } }
        func digits(_ range: Range<Int>) -> Bool { range.allSatisfy { isDigit(start + $0) } }
        func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(base[start + $1] & 15) } }
        let cue = has(.identity, before: start) || has(.ssn, before: start)
        var isFound = false
        switch end - start {
        case 9:
            let spanish = Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)
            if digits(0..<8), isUpper(start + 8) {
                isFound = spanish[number(0..<8) % 23] == base[start + 8]
            } else if "XYZ".utf8.contains(base[start]), digits(1..<8), isUpper(start + 8) {
                let lead = Int(base[start]) - Int(UInt8(ascii: "X"))
                isFound = spanish[(lead * 10_000_000 + number(1..<8)) % 23] == base[start + 8]
            } else if letters(0..<2), digits(2..<8), "ABCD".utf8.contains(base[start + 8]) {
                isFound = !"DFIQUV".utf8.contains(base[start]) && !"DFIQUVO".utf8.contains(base[start + 1])
            } else if cue, "STFGM".utf8.contains(base[start]), digits(1..<8), isUpper(start + 8) {
                isFound = true
            }
        case 10:
            isFound =
                letters(0..<5) && digits(5..<9) && isUpper(start + 9)
                && (cue || "PCHFATBLJG".utf8.contains(base[start + 3]))
        case 11:
            isFound = cue && digits(0..<6) && "ABCDEFYXWVU".utf8.contains(base[start + 6]) && digits(7..<10)
        case 16: isFound = isFiscalCode(start)
        case 18: isFound = isChinese(start)
        default: break
        }
        return isFound ? add(.nationalID, cue ? 0.9 : 0.7, start, end) : nil
    }

    /// A national insurance number of the United Kingdom as it is printed: AB 12 34 56 C.
    mutating func spacedInsurance(_ start: Int) -> Int? {
        let form: [Bool?] = [nil, true, true, nil, true, true, nil, true, true, nil]
        for (offset, isNumber) in form.enumerated() {
            let place = start + 2 + offset
            guard isNumber == true ? isDigit(place) : byte(place) == 0x20 else { return nil }
        }
        guard isUpper(start + 1), !isPlain(start - 1), !isPlain(start + 13), "ABCD".utf8.contains(byte(start + 12)),
            !"DFIQUV".utf8.contains(base[start]), !"DFIQUVO".utf8.contains(base[start + 1])
        else { return nil }
        return add(.nationalID, 0.8, start, start + 13)
    }

    /// Eighteen characters of a resident of China whose check character is X (GB 11643).
    private func isChinese(_ start: Int) -> Bool {
        guard (0..<17).allSatisfy({ isDigit(start + $0) }), base[start + 17] & 0xDF == UInt8(ascii: "X") else {
            return false
        }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = weights.indices.reduce(0) { $0 + weights[$1] * Int(base[start + $1] & 15) }
        return sum % 11 == 2 && (base[start + 6] == UInt8(ascii: "1") || base[start + 6] == UInt8(ascii: "2"))
    }

    private func isFiscalCode(_ start: Int) -> Bool {
        let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
        var sum = 0
        for place in 0..<16 {
            let byte = base[start + place]
            let isNumber = place >= 6 && place != 8 && place != 11 && place != 15
            // Letters stand for digits where two people would have the same code.
            guard
                isNumber ? isDigit(start + place) || "LMNPQRSTUV".utf8.contains(byte & 0xDF) : isLetter(start + place),
                place != 8 || "ABCDEHLMPRST".utf8.contains(byte & 0xDF),
                isDigit(start + place) || isUpper(start + place) == isUpper(start)
            else { return false }
            let value = isDigit(start + place) ? Int(byte & 15) : Int((byte | 0x20) - UInt8(ascii: "a"))
            if place == 15 { return sum % 26 == value }
            sum += place & 1 == 0 ? odd[value] : value
        }
        return false
    }
}

/// How long the IBANs of each country are (ISO 13616 registry).
enum IBANLength {
    private static let table: [UInt8] = {
        let text =
            "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18"
            + "GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15"
            + "OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"
        var table = [UInt8](repeating: 0, count: 1024)
        let bytes = Array(text.utf8)
        for entry in stride(from: 0, to: bytes.count, by: 4) {
            table[Int(bytes[entry] & 31) << 5 | Int(bytes[entry + 1] & 31)] =
                (bytes[entry + 2] & 15) * 10 + (bytes[entry + 3] & 15)
        }
        return table
    }()

    static func of(_ first: UInt8, _ second: UInt8) -> Int { Int(table[Int(first & 31) << 5 | Int(second & 31)]) }
}
