extension TimeScanner {
    /// The next byte; nil at the end.
    var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    static func isWord(_ byte: UInt8) -> Bool {
        byte &- 48 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
    }

    mutating func skip(_ expected: UInt8) -> Bool {
        guard byte == expected else { return false }
        position += 1
        return true
    }

    /// A number with its count of digits; nil when there is none or it has more digits than that.
    @inline(__always)
    mutating func digits(upTo most: Int) -> (number: Int, count: Int)? {
        let start = position
        var number = 0
        while let byte, byte &- 48 < 10 {
            guard position - start < most else { return nil }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, isBeyond) = tens.addingReportingOverflow(Int(byte &- 48))
            guard !overflow, !isBeyond else { return nil }
            number = sum
            position += 1
        }
        return position > start ? (number, position - start) : nil
    }

    /// What parts a date from a time of day.
    mutating func parting() -> Bool {
        guard let byte, byte == 0x20 || byte | 0x20 == 0x74 || byte == 0x2D || byte == 0x5F || byte == 0x3A else {
            return false
        }
        position += 1
        if byte == 0x20 { _ = skip(0x20) }
        return self.byte.map { $0 &- 48 < 10 } ?? false
    }

    /// The rest of a time whose date is known: a time of day, a fraction and a zone.
    mutating func moment(_ civil: CivilFields) -> Stamp? {
        var civil = civil
        guard clockTime(&civil), civil.isValid else { return nil }
        takeHalfOfDay(&civil)
        return stampWithZone(civil)
    }

    /// `AM` or `PM`, also after a space, of a clock of twelve hours.
    private mutating func takeHalfOfDay(_ civil: inout CivilFields) {
        var end = position
        if end < bytes.count, bytes[end] == 0x20 { end += 1 }
        guard (1...12).contains(civil.hour), end + 1 < bytes.count, bytes[end + 1] | 0x20 == UInt8(ascii: "m"),
            end + 2 == bytes.count || !Self.isWord(bytes[end + 2])
        else { return }
        switch bytes[end] | 0x20 {
        case UInt8(ascii: "a"): civil.hour %= 12
        case UInt8(ascii: "p"): civil.hour = civil.hour % 12 + 12
        default: return
        }
        position = end + 2
    }

    /// The time with the zone that may come next.
    mutating func stampWithZone(_ civil: CivilFields) -> Stamp {
        let offset = zone()
        return stamp(civil, offset: offset)
    }

    func stamp(_ civil: CivilFields, offset: Int?) -> Stamp {
        Stamp(nanoseconds: clock.nanoseconds(of: civil, offset: offset), end: position)
    }

    /// `HH:mm`, `HH:mm:ss`, `HH.mm.ss` or `HHmmss`, and a fraction.
    mutating func clockTime(_ civil: inout CivilFields) -> Bool {
        guard let (first, width) = digits(upTo: 6) else { return false }
        if width == 6 {
            (civil.hour, civil.minute, civil.second) = (first / 10_000, first / 100 % 100, first % 100)
        } else {
            guard width <= 2, let separator = byte, separator == 0x3A || separator == 0x2E else { return false }
            position += 1
            guard let (minute, minuteWidth) = digits(upTo: 2), minuteWidth == 2 || separator == 0x3A else {
                return false
            }
            (civil.hour, civil.minute) = (first, minute)
            if byte == separator {
                position += 1
                guard let (second, _) = digits(upTo: 2) else { return false }
                civil.second = second
            } else if separator == 0x2E {
                return false
            }
        }
        guard civil.hour < 24, civil.minute < 60, civil.second <= 60 else { return false }
        civil.nanosecond = fraction() ?? 0
        return true
    }

    /// A point, comma or colon and digits, as nanoseconds.
    mutating func fraction() -> Int? {
        let start = position
        guard let byte, byte == 0x2E || byte == 0x2C || byte == 0x3A else { return nil }
        position += 1
        var nanoseconds = 0
        var count = 0
        while let byte = self.byte, byte &- 48 < 10 {
            if count < 9 { nanoseconds = nanoseconds * 10 + Int(byte &- 48) }
            count += 1
            position += 1
        }
        guard count > 0 else {
            position = start
            return nil
        }
        while count < 9 {
            nanoseconds *= 10
            count += 1
        }
        return nanoseconds
    }

    /// `Z`, `+02:00`, `+0200`, `+02` or a name such as `UTC` or `CEST`, also after a space, in seconds; nil when there is none.
    mutating func zone(needsSign: Bool = false) -> Int? {
        let start = position
        if position + 1 < bytes.count, bytes[position] == 0x20, !needsSign { position += 1 }
        if let offset = zoneName() ?? zoneOffset() { return offset }
        position = start
        return nil
    }

    private mutating func zoneName() -> Int? {
        let start = position
        var name: UInt32 = 0
        while let byte, byte &- 0x41 < 26, position - start < 4 {
            name = name << 8 | UInt32(byte)
            position += 1
        }
        // Their last letter tells most words that follow a time, such as levels, from names of zones.
        let last = UInt8(truncatingIfNeeded: name)
        let mayBeName =
            last == UInt8(ascii: "T") || last == UInt8(ascii: "Z") || last == UInt8(ascii: "C")
            || last == UInt8(ascii: "K")
        if mayBeName, !(byte.map(Self.isWord) ?? false), let hours = Self.zones.first(where: { $0.name == name })?.hours
        {
            return Int(hours * 3_600)
        }
        position = start
        return nil
    }

    /// The names of zones that mean one offset: those of RFC 5322, section 4.3, and of the IANA database those that one part of the world uses.
    private static let zones: [(name: UInt32, hours: Double)] = [
        ("Z", 0), ("UT", 0), ("UTC", 0), ("GMT", 0), ("WET", 0), ("WEST", 1), ("CET", 1), ("CEST", 2), ("EET", 2),
        ("EEST", 3), ("MSK", 3),
        ("SAST", 2), ("HKT", 8), ("AWST", 8), ("JST", 9), ("KST", 9),
        ("ACST", 9.5), ("ACDT", 10.5), ("AEST", 10), ("AEDT", 11), ("NZST", 12), ("NZDT", 13), ("NST", -3.5),
        ("NDT", -2.5),
        ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7),
        ("AKST", -9), ("AKDT", -8),
        ("HST", -10),
    ].map { (name: $0.0.utf8.reduce(0) { $0 << 8 | UInt32($1) }, hours: $0.1) }

    private mutating func zoneOffset() -> Int? {
        guard let sign = byte, sign == 0x2B || sign == 0x2D else { return nil }
        position += 1
        guard let (number, width) = digits(upTo: 4), width == 2 || width == 4 else { return nil }
        var minutes = width == 4 ? number / 100 * 60 + number % 100 : number * 60
        if width == 2, byte == 0x3A {
            let colon = position
            position += 1
            if let (part, partWidth) = digits(upTo: 2), partWidth == 2 { minutes += part } else { position = colon }
        }
        guard minutes <= 18 * 60 else { return nil }
        return sign == 0x2D ? -60 * minutes : 60 * minutes
    }

    /// `Jan` to `Dec` in any case, as 1...12.
    mutating func monthName() -> Int? {
        guard let name = threeLetters() else { return nil }
        guard let index = Self.months.firstIndex(of: name) else { return nil }
        position += 3
        return index + 1
    }

    /// `Mon` to `Sun`.
    mutating func weekdayName() -> Bool {
        guard let name = threeLetters() else { return false }
        guard Self.weekdays.contains(name) else { return false }
        position += 3
        return true
    }

    private func threeLetters() -> UInt32? {
        guard position + 3 < bytes.count, bytes[position] >= 0x41 else { return nil }
        return (0..<3).reduce(0) { $0 << 8 | UInt32(bytes[position + $1] | 0x20) }
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        .map(packed)
    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(packed)

    private static func packed(_ name: String) -> UInt32 {
        name.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
