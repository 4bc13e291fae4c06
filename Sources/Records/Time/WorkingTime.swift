internal import Algorithms

/// The seconds that a desk has worked, counted from a fixed Monday, as a function of time.
///
/// Weeks are alike but for holidays and the days on which clocks change, so whole weeks are multiplied and those days corrected. A
/// question costs a search among them, however far it reaches.
struct WorkingTime: Sendable, Equatable {
    /// 1 January 1970 was a Thursday: days since then, and this more, count from a Monday.
    private static let daysFromMonday = 3

    let week: [[OpeningHours]]
    let holidays: Set<CivilDate>
    let zone: ZoneRules
    /// The seconds of an even week before each weekday, Monday first, and before the next Monday.
    private let beforeWeekday: [Double]
    /// The days on which another time is worked than on their weekday, ascending.
    private let unevenDays: [Int]
    /// The seconds that so many of the uneven days add together; begins with 0.
    private let corrections: [Double]

    /// Prepares the counting.
    ///
    /// - Complexity: O(holidays + changes of the zone's offset), but for a logarithm.
    init(week: [[OpeningHours]], holidays: Set<CivilDate>, zone: ZoneRules) {
        self.week = week
        self.holidays = holidays
        self.zone = zone
        let even = week.map { day in day.reduce(0.0) { $0 + Double(($1.closes - $1.opens) * 60) } }
        beforeWeekday = even.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }

        var candidates = Set(holidays.map(\.dayNumber))
        for (change, offsets) in zip(zone.changes, zip(zone.offsets, zone.offsets.dropFirst())) {
            // Opening hours may end at the midnight at which clocks change.
            let days = [offsets.0, offsets.1].map { Int(((change + Double($0)) / 86_400).rounded(.down)) }
            candidates.formUnion((min(days[0], days[1]) - 1)...(max(days[0], days[1]) + 1))
        }
        var (unevenDays, corrections) = ([Int](), [0.0])
        for day in candidates.sorted() {
            let spans = Self.spans(of: day, week: week, holidays: holidays, zone: zone)
            let worked = spans.reduce(0.0) { $0 + $1.end - $1.start }
            let correction = worked - even[CivilTime.weekday(ofDay: day)]
            guard correction != 0 else { continue }
            unevenDays.append(day)
            corrections.append(corrections[corrections.count - 1] + correction)
        }
        self.unevenDays = unevenDays
        self.corrections = corrections
    }

    /// The local day of a moment in seconds since 1970 UTC.
    func day(of moment: Double) -> Int {
        Instant(seconds: moment).civilTime(in: zone).dayNumber
    }

    /// The seconds worked by a moment, which is given in seconds since 1970 UTC.
    func seconds(at moment: Double) -> Double {
        let day = day(of: moment)
        return Self.spans(of: day, week: week, holidays: holidays, zone: zone).reduce(seconds(beforeDay: day)) {
            $0 + max(0, min($1.end, moment) - $1.start)
        }
    }

    /// The first moment, in seconds since 1970 UTC, by which so many seconds have been worked since another.
    ///
    /// - Parameters:
    ///   - seconds: The seconds, more than 0.
    ///   - start: Where the counting begins, finite.
    ///   - lastDay: The last day on which they may end.
    /// - Returns: The moment, or nil when it lies behind the last day.
    func moment(_ seconds: Double, after start: Double, through lastDay: Int) -> Double? {
        let target = self.seconds(at: start) + seconds
        let firstDay = day(of: start)
        guard firstDay <= lastDay, self.seconds(beforeDay: lastDay + 1) >= target else { return nil }
        let endDay = (firstDay..<lastDay).partitioningIndex { self.seconds(beforeDay: $0 + 1) >= target }
        var left = target - self.seconds(beforeDay: endDay)
        for span in Self.spans(of: endDay, week: week, holidays: holidays, zone: zone) {
            if span.end - span.start >= left { return max(start, span.start + left) }
            left -= span.end - span.start
        }
        // So few seconds that they vanish beside those before the start.
        return start
    }

    /// The seconds worked before a local day begins.
    private func seconds(beforeDay day: Int) -> Double {
        let weekday = CivilTime.weekday(ofDay: day)
        let weeks = (day + Self.daysFromMonday - weekday) / 7
        let uneven = unevenDays.partitioningIndex { $0 >= day }
        return Double(weeks) * beforeWeekday[7] + beforeWeekday[weekday] + corrections[uneven]
    }

    /// The working time of a local day, as it passes.
    private static func spans(
        of day: Int, week: [[OpeningHours]], holidays: Set<CivilDate>, zone: ZoneRules
    ) -> [Span] {
        if holidays.contains(CivilDate(dayNumber: day)) { return [] }
        let midnight = Double(day) * 86_400
        func moment(ofMinute minute: Int) -> Double {
            zone.instant(of: CivilTime(localSeconds: midnight + Double(minute * 60))).seconds
        }
        var closed = -Double.infinity
        return week[CivilTime.weekday(ofDay: day)].map { hours in
            // Where clocks go forward, a time that is never shown may come after one that is shown later.
            let start = max(closed, moment(ofMinute: hours.opens))
            closed = max(start, moment(ofMinute: hours.closes))
            return Span(start: start, end: closed)
        }
    }
}
