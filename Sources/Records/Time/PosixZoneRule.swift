/// The rule for all later years at the end of a TZif file: the `TZ` string of POSIX with the extensions of RFC 8536,
/// section 3.3.1.
///
/// Of the forms of a date, only the one in use since 1970 is read: month, week and weekday (`M3.5.0`).
struct PosixZoneRule {
    private struct Date {
        var month: Int
        var week: Int
        var weekday: Int
        var secondOfDay: Int

        /// Local seconds of the change in a year.
        func localSeconds(in year: Int) -> Double {
            let first = CivilTime.dayNumber(year: year, month: month, day: 1)
            // POSIX counts from Sunday, CivilTime from Monday.
            let monday = (weekday + 6) % 7
            var day = first + (monday - CivilTime.weekday(ofDay: first) + 7) % 7 + (week - 1) * 7
            if day - first >= CivilTime.days(inMonth: month, of: year) { day -= 7 }
            return Double(day) * 86_400 + Double(secondOfDay)
        }
    }

    private var standard = 0
    private var summer = 0
    private var begin: Date
    private var end: Date

    /// Reads a rule; nil when there is no summer time or the text is no such rule.
    init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let begin = Self.date(parts[1]), let end = Self.date(parts[2]) else { return nil }
        self.begin = begin
        self.end = end
        var rest = parts[0]
        guard Self.skipName(&rest), let standard = Self.offset(&rest), Self.skipName(&rest) else { return nil }
        // POSIX counts offsets to the west.
        self.standard = -standard
        summer = rest.isEmpty ? 3_600 - standard : -(Self.offset(&rest) ?? standard)
        guard rest.isEmpty else { return nil }
    }

    /// The changes of some years, in the order of time: when, in seconds since 1970 UTC, and the offset from then on.
    func changes(years: ClosedRange<Int>) -> [(time: Double, offset: Int)] {
        years.flatMap { year in
            [
                (begin.localSeconds(in: year) - Double(standard), summer),
                (end.localSeconds(in: year) - Double(summer), standard),
            ]
        }.sorted { $0.0 < $1.0 }
    }

    private static func skipName(_ text: inout Substring) -> Bool {
        let before = text.count
        if text.first == "<" {
            guard let close = text.firstIndex(of: ">") else { return false }
            text = text[text.index(after: close)...]
        } else {
            text = text.drop { $0.isLetter }
        }
        return text.count < before
    }

    /// Hours, minutes and seconds with an optional sign, in seconds.
    private static func offset(_ text: inout Substring) -> Int? {
        let number = text.prefix { $0.isNumber || $0 == "+" || $0 == "-" || $0 == ":" }
        text = text[number.endIndex...]
        return seconds(number)
    }

    private static func seconds(_ text: Substring) -> Int? {
        let isNegative = text.first == "-"
        let digits = text.drop { $0 == "-" || $0 == "+" }
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false).compactMap { Int($0) }
        // A week of hours is the most that RFC 8536 allows.
        guard (1...3).contains(parts.count), parts.allSatisfy({ (0...167).contains($0) }) else { return nil }
        let seconds = zip(parts, [3_600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        return isNegative ? -seconds : seconds
    }

    private static func date(_ text: Substring) -> Date? {
        let parts = text.split(separator: "/")
        guard let day = parts.first, day.first == "M" else { return nil }
        let numbers = day.dropFirst().split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3, (1...12).contains(numbers[0]), (1...5).contains(numbers[1]),
            (0...6).contains(numbers[2])
        else { return nil }
        // Without a time, clocks change at two in the morning.
        let time = parts.count > 1 ? seconds(parts[1]) : 7_200
        return time.map { Date(month: numbers[0], week: numbers[1], weekday: numbers[2], secondOfDay: $0) }
    }
}
