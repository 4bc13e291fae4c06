/// When a desk works: opening hours of each weekday, holidays, and the zone in which both are meant.
///
/// Opening and closing are times on the wall; the hours between them are those that pass. A desk that is open all night
/// works an hour less in the night in which clocks go forward.
public struct BusinessCalendar: Sendable, Equatable {
    /// How far ``adding(businessHours:to:pauses:)`` looks ahead: 400 years, one cycle of the calendar.
    private static let horizonDays = 146_097

    /// The opening hours of the weekdays, Monday first.
    public let week: [[OpeningHours]]
    /// The days on which the desk is closed.
    public let holidays: Set<CivilDate>
    /// The zone of the desk.
    public let zone: ZoneRules

    /// Creates a calendar.
    ///
    /// - Parameters:
    ///   - week: Seven lists of opening hours, Monday first, each in the order of time; an empty list is a day off.
    ///   - holidays: Days on which the desk is closed whatever the weekday.
    ///   - zone: The zone of the desk.
    /// - Throws: ``BusinessCalendarError``.
    public init(
        week: [[OpeningHours]], holidays: Set<CivilDate> = [], zone: ZoneRules = .utc
    ) throws(BusinessCalendarError) {
        guard week.count == 7 else { throw .notAWeek(days: week.count) }
        for (weekday, day) in week.enumerated() {
            for hours in day where hours.opens < 0 || hours.opens >= hours.closes || hours.closes > 1_440 {
                throw .impossibleHours(weekday: weekday, hours)
            }
            for (earlier, later) in zip(day, day.dropFirst()) where later.opens < earlier.closes {
                throw .overlappingHours(weekday: weekday)
            }
        }
        self.week = week
        self.holidays = holidays
        self.zone = zone
    }

    /// The hours from one instant to another during which the desk works and the clock is not stopped.
    ///
    /// - Parameters:
    ///   - start: The start.
    ///   - end: The end; before the start, there are no hours.
    ///   - pauses: When the clock stands still; pauses may overlap and come in any order.
    /// - Returns: Hours, at least 0.
    /// - Complexity: O(days · pauses).
    public func businessHours(from start: Instant, to end: Instant, pauses: [Pause] = []) -> Double {
        guard start < end else { return 0 }
        let stopped = Pause.merged(pauses)
        var seconds = 0.0
        for day in day(of: start)...day(of: end) {
            for span in working(on: day) {
                let clipped = Span(start: max(span.start, start.seconds), end: min(span.end, end.seconds))
                for part in clipped.subtracting(stopped) { seconds += part.end - part.start }
            }
        }
        return seconds / 3_600
    }

    /// The first instant by which so many business hours have passed since another.
    ///
    /// - Parameters:
    ///   - hours: Hours, finite and at least 0; with 0 the result is `start` itself.
    ///   - start: The start.
    ///   - pauses: When the clock stands still.
    /// - Returns: The instant, or nil when it lies more than 400 years ahead: the desk never works, or the clock never
    ///   goes on.
    /// - Complexity: O(days · pauses).
    public func adding(businessHours hours: Double, to start: Instant, pauses: [Pause] = []) -> Instant? {
        precondition(hours.isFinite && hours >= 0, "business hours are finite and not negative")
        if hours == 0 { return start }
        let stopped = Pause.merged(pauses)
        if week.allSatisfy(\.isEmpty) { return nil }
        var remaining = hours * 3_600
        let first = day(of: start)
        for day in first...(first + Self.horizonDays) {
            if let last = stopped.last, last.end == .infinity, midnight(of: day) >= last.start + 86_400 { return nil }
            for span in working(on: day) {
                let clipped = Span(start: max(span.start, start.seconds), end: span.end)
                for part in clipped.subtracting(stopped) {
                    if part.end - part.start >= remaining { return Instant(seconds: part.start + remaining) }
                    remaining -= part.end - part.start
                }
            }
        }
        return nil
    }

    private func day(of instant: Instant) -> Int {
        instant.civilTime(in: zone).dayNumber
    }

    private func midnight(of day: Int) -> Double {
        zone.instant(of: CivilTime(localSeconds: Double(day) * 86_400)).seconds
    }

    /// The working time of a local day, as it passes.
    private func working(on day: Int) -> [Span] {
        if holidays.contains(CivilDate(dayNumber: day)) { return [] }
        return week[CivilTime.weekday(ofDay: day)].map { hours in
            let midnight = Double(day) * 86_400
            return Span(
                start: zone.instant(of: CivilTime(localSeconds: midnight + Double(hours.opens * 60))).seconds,
                end: zone.instant(of: CivilTime(localSeconds: midnight + Double(hours.closes * 60))).seconds)
        }
    }
}
