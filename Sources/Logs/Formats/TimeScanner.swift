/// Reads a time at the start of some bytes, in the forms that logs use.
///
/// ISO 8601 with its parts set apart by any of `-/._:T` and a space, two-digit years, digits without separators, month
/// names with or without a year, the form of C's `asctime`, and seconds to nanoseconds since 1970.
struct TimeScanner {
    /// A time that was read.
    struct Stamp {
        /// Nanoseconds since 1970 UTC; nil when they do not fit, or when there is no date.
        var nanoseconds: Int64?
        var hasDate = true
        /// Whether it is a bare number of seconds or parts of them.
        var isNumber = false
        /// Whether its date has the day before the month and can be read no other way.
        var isDayFirst = false
        /// The offset after the last byte.
        var end: Int
    }

    let bytes: UnsafeRawBufferPointer
    let clock: LogClock
    var position: Int

    init(_ bytes: UnsafeRawBufferPointer, at position: Int, clock: LogClock) {
        self.bytes = bytes
        self.position = position
        self.clock = clock
    }

    /// The time at the start; nil when there is none.
    static func scan(_ bytes: UnsafeRawBufferPointer, at position: Int, clock: LogClock) -> Stamp? {
        guard position < bytes.count else { return nil }
        var scanner = TimeScanner(bytes, at: position, clock: clock)
        let first = bytes[position]
        guard let stamp = first &- 48 < 10 ? scanner.digitsFirst() : scanner.lettersFirst() else { return nil }
        // A time is not followed by more of the same word.
        if stamp.end < bytes.count, Self.isWord(bytes[stamp.end]) { return nil }
        return stamp
    }

    /// The time that some bytes are, from the first to the last.
    static func whole(_ bytes: UnsafeRawBufferPointer, clock: LogClock) -> Stamp? {
        guard let stamp = scan(bytes, at: 0, clock: clock), stamp.end == bytes.count else { return nil }
        return stamp
    }

    private mutating func digitsFirst() -> Stamp? {
        let start = position
        guard let (number, digits) = digits(upTo: 19) else { return nil }
        let next = byte
        if digits == 4 || digits == 2 || digits == 1, let next {
            if next == 0x2D || next == 0x2F || next == 0x2E { return separatedDate(number, digits, next) }
            if next == 0x3A { return digits == 4 ? nil : timeOfDay(from: start) }
            if next == 0x20, digits < 4 { return dayFirst(number) }
        }
        if digits == 8, let stamp = compactDate(number, yearDigits: 4) { return stamp }
        if digits == 6, let stamp = compactDate(number, yearDigits: 2) { return stamp }
        position = start + digits
        if digits == 14, let stamp = compactMoment(number) { return stamp }
        return epoch(number, digits)
    }

    /// `yyyy-MM-dd`, `yy/MM/dd`, `MM-dd`, `dd.MM.yyyy`, `dd/Mon/yyyy` and the like, and the time after it.
    private mutating func separatedDate(_ first: Int, _ width: Int, _ separator: UInt8) -> Stamp? {
        position += 1
        var civil = CivilFields()
        if let month = monthName() {
            guard width < 4, skip(separator), let (year, digits) = digits(upTo: 4), digits == 4 else { return nil }
            civil.year = year
            civil.month = month
            civil.day = first
            guard skip(0x3A) || skip(0x20) || skip(0x54) else { return nil }
            return moment(civil)
        }
        guard let (second, secondWidth) = digits(upTo: 2) else { return nil }
        if byte == separator {
            position += 1
            guard let (third, thirdWidth) = digits(upTo: 4) else { return nil }
            if width == 4 {
                (civil.year, civil.month, civil.day) = (first, second, third)
            } else if thirdWidth == 4 {
                civil.year = third
                // With slashes the month mostly comes first; where it cannot, here or elsewhere in the log, the day does.
                let isDayFirst = separator != 0x2F || first > 12 || (clock.isDayFirst && second <= 12)
                (civil.day, civil.month) = isDayFirst ? (first, second) : (second, first)
            } else if width == 2, thirdWidth == 2 {
                (civil.year, civil.month, civil.day) = (2_000 + first, second, third)
            } else {
                return nil
            }
        } else {
            guard width < 4, secondWidth == 2 else { return nil }
            (civil.month, civil.day) = (first, second)
            guard byte == 0x20 || byte == 0x54 else { return nil }
            guard civil.month >= 1, civil.month <= 12 else { return nil }
            civil.year = clock.year(month: civil.month, day: civil.day)
        }
        guard civil.isValid else { return nil }
        guard parting() else {
            // A date alone is a time only where nothing follows, as in a field.
            guard position == bytes.count else { return nil }
            return stamp(civil, offset: nil)
        }
        var moment = moment(civil)
        moment?.isDayFirst = separator == 0x2F && first == civil.day && first > 12
        return moment
    }

    /// `yyyyMMdd` or `yyMMdd`, and the time after it, with or without colons.
    private mutating func compactDate(_ number: Int, yearDigits: Int) -> Stamp? {
        var civil = CivilFields()
        civil.year = number / 10_000 + (yearDigits == 2 ? 2_000 : 0)
        civil.month = number / 100 % 100
        civil.day = number % 100
        guard civil.isValid, civil.year >= 1970, civil.year < 2100, parting() else { return nil }
        return moment(civil)
    }

    /// `yyyyMMddHHmmss`.
    private mutating func compactMoment(_ number: Int) -> Stamp? {
        var civil = CivilFields()
        let date = number / 1_000_000
        (civil.year, civil.month, civil.day) = (date / 10_000, date / 100 % 100, date % 100)
        (civil.hour, civil.minute, civil.second) = (number / 10_000 % 100, number / 100 % 100, number % 100)
        guard civil.isValid, civil.year >= 1970, civil.year < 2100 else { return nil }
        civil.nanosecond = fraction() ?? 0
        return stampWithZone(civil)
    }

    /// `dd Mon yyyy HH:mm:ss`.
    private mutating func dayFirst(_ day: Int) -> Stamp? {
        position += 1
        guard let month = monthName(), skip(0x20), let (year, digits) = digits(upTo: 4), digits == 4, skip(0x20)
        else { return nil }
        var civil = CivilFields()
        (civil.year, civil.month, civil.day) = (year, month, day)
        return moment(civil)
    }

    private mutating func lettersFirst() -> Stamp? {
        let start = position
        if weekdayName() {
            _ = skip(0x2C)
            guard skip(0x20) else { return nil }
            if let byte, byte &- 48 < 10 {
                guard let (day, _) = digits(upTo: 2), self.byte == 0x20 else {
                    return nil
                }
                return dayFirst(day)
            }
            return monthFirst()
        }
        position = start
        if let stamp = monthFirst() { return stamp }
        position = start
        return letterAndDigits()
    }

    /// `Mon dd HH:mm:ss`, `Mon dd yyyy HH:mm:ss` and `Mon dd HH:mm:ss yyyy`.
    private mutating func monthFirst() -> Stamp? {
        guard let month = monthName(), skip(0x20) else { return nil }
        _ = skip(0x20)
        guard let (day, _) = digits(upTo: 2) else { return nil }
        _ = skip(0x2C)
        guard skip(0x20) else { return nil }
        var civil = CivilFields()
        (civil.month, civil.day) = (month, day)
        let beforeYear = position
        if let (year, digits) = digits(upTo: 4), digits == 4, skip(0x20) {
            civil.year = year
            return moment(civil)
        }
        position = beforeYear
        guard clockTime(&civil) else { return nil }
        let afterTime = position
        if skip(0x20) {
            let offset = zone(needsSign: true)
            if offset != nil { _ = skip(0x20) }
            let isYear = { (year: Int) in (1970..<2100).contains(year) }
            if let (year, digits) = digits(upTo: 4), digits == 4, isYear(year), !(byte.map(Self.isWord) ?? false) {
                civil.year = year
                return civil.isValid ? stamp(civil, offset: offset) : nil
            }
        }
        position = afterTime
        guard (1...31).contains(day) else { return nil }
        civil.year = clock.year(month: month, day: day)
        guard civil.isValid else { return nil }
        return stampWithZone(civil)
    }

    /// `I0102 15:04:05.000000`: a letter for the level before the month and day.
    private mutating func letterAndDigits() -> Stamp? {
        guard let letter = byte, letter &- 0x41 < 26, "IWEFD".utf8.contains(letter) else { return nil }
        position += 1
        guard let (number, digits) = digits(upTo: 4), digits == 4, skip(0x20) else { return nil }
        var civil = CivilFields()
        (civil.month, civil.day) = (number / 100, number % 100)
        guard (1...12).contains(civil.month), (1...31).contains(civil.day) else { return nil }
        civil.year = clock.year(month: civil.month, day: civil.day)
        return moment(civil)
    }

    /// A time of day without a date, which ends a header and says no time.
    private mutating func timeOfDay(from start: Int) -> Stamp? {
        position = start
        var civil = CivilFields()
        guard clockTime(&civil), byte != 0x3A else { return nil }
        return Stamp(nanoseconds: nil, hasDate: false, end: position)
    }

    /// Seconds to nanoseconds since 1970, in the years 1990 to 2099.
    private mutating func epoch(_ number: Int, _ digits: Int) -> Stamp? {
        let unit: Int
        switch digits {
        case 10: unit = 1_000_000_000
        case 13: unit = 1_000_000
        case 16: unit = 1_000
        case 19: unit = 1
        default: return nil
        }
        let (nanoseconds, overflow) = number.multipliedReportingOverflow(by: unit)
        guard !overflow, number / (1_000_000_000 / unit) >= 631_152_000, number / (1_000_000_000 / unit) < 4_102_444_800
        else { return nil }
        let fraction = digits == 10 ? fraction() ?? 0 : 0
        return Stamp(nanoseconds: Int64(nanoseconds + fraction), isNumber: true, end: position)
    }
}
