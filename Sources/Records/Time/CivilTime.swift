/// A date and a time of day on the proleptic Gregorian calendar, without a zone.
///
/// Days are converted with the algorithms `days_from_civil` and `civil_from_days` of H. Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms" (2013): eras of 400 years that begin on 1 March, so that the leap day ends the year.
public struct CivilTime: Sendable, Hashable {
    /// The year; year 0 exists.
    public var year: Int
    /// The month, 1...12.
    public var month: Int
    /// The day of the month, 1...31.
    public var day: Int
    /// The hour, 0...23.
    public var hour: Int
    /// The minute, 0...59.
    public var minute: Int
    /// The second with its fraction, in 0..<60.
    public var second: Double

    /// Creates a civil time; the fields are not checked, see ``isValid``.
    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Double = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// Creates the civil time that a clock shows so many seconds after 1970-01-01 00:00 of the same clock.
    ///
    /// - Parameter localSeconds: Finite seconds; beyond 10¹⁵ either way they are cut there.
    public init(localSeconds: Double) {
        let seconds = max(-1e15, min(1e15, localSeconds))
        let days = (seconds / 86_400).rounded(.down)
        let ofDay = seconds - days * 86_400
        let whole = min(86_399, Int(ofDay))
        let date = Self.date(ofDay: Int(days))
        self.init(
            year: date.year, month: date.month, day: date.day, hour: whole / 3_600, minute: whole / 60 % 60,
            second: Double(whole % 60) + (ofDay - ofDay.rounded(.down)))
    }

    /// Seconds since 1970-01-01 00:00 of the same clock.
    public var localSeconds: Double {
        Double(dayNumber) * 86_400 + Double(hour * 3_600 + minute * 60) + second
    }

    /// Days since 1970-01-01.
    public var dayNumber: Int { Self.dayNumber(year: year, month: month, day: day) }

    /// The day of the week, 0 for Monday to 6 for Sunday.
    public var weekday: Int { Self.weekday(ofDay: dayNumber) }

    /// Whether the month, the day of that month and the time of day exist.
    public var isValid: Bool {
        (1...12).contains(month) && (1...Self.days(inMonth: month, of: year)).contains(day) && (0...23).contains(hour)
            && (0...59).contains(minute) && second >= 0 && second < 60
    }

    /// The number of days of a month, 1...12.
    public static func days(inMonth month: Int, of year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
    }

    /// Days since 1970-01-01 of a date.
    public static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date of a number of days since 1970-01-01.
    public static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The day of the week of a number of days since 1970-01-01, 0 for Monday to 6 for Sunday.
    public static func weekday(ofDay number: Int) -> Int {
        // 1 January 1970 was a Thursday.
        ((number + 3) % 7 + 7) % 7
    }
}
