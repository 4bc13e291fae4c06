/// When a desk works: opening hours of each weekday, holidays, and the zone in which both are meant.
///
/// Opening and closing are times on the wall; the hours between them are those that pass. A desk that is open all night
/// works an hour less in the night in which clocks go forward.
public struct BusinessCalendar: Sendable, Equatable {
    /// How far ``adding(businessHours:to:pauses:)`` looks ahead: 400 years, one cycle of the calendar.
    private static let horizonDays = 146_097

    private let work: WorkingTime

    /// The opening hours of the weekdays, Monday first.
    public var week: [[OpeningHours]] { work.week }
    /// The days on which the desk is closed.
    public var holidays: Set<CivilDate> { work.holidays }
    /// The zone of the desk.
    public var zone: ZoneRules { work.zone }

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
        work = WorkingTime(week: week, holidays: holidays, zone: zone)
    }

    /// The hours from one instant to another during which the desk works and the clock is not stopped.
    ///
    /// - Parameters:
    ///   - start: The start.
    ///   - end: The end; before the start, there are no hours.
    ///   - pauses: When the clock stands still; pauses may overlap and come in any order.
    /// - Returns: Hours, at least 0.
    /// - Complexity: O((1 + pauses) · log(holidays + changes of the zone's offset)), however far apart the instants are.
    public func businessHours(from start: Instant, to end: Instant, pauses: [Pause] = []) -> Double {
        guard start < end else { return 0 }
        var seconds = work.seconds(at: end.seconds) - work.seconds(at: start.seconds)
        for pause in Pause.merged(pauses) where pause.end > start.seconds && pause.start < end.seconds {
            seconds -= work.seconds(at: min(pause.end, end.seconds))
            seconds += work.seconds(at: max(pause.start, start.seconds))
        }
        return max(0, seconds) / 3_600
    }

    /// The first instant by which so many business hours have passed since another.
    ///
    /// - Parameters:
    ///   - hours: Hours, finite and at least 0; with 0 the result is `start` itself.
    ///   - start: The start.
    ///   - pauses: When the clock stands still.
    /// - Returns: The instant, or nil when it lies more than 400 years ahead: the desk never works, or the clock never
    ///   goes on.
    /// - Complexity: As ``businessHours(from:to:pauses:)``, and a search among the days of 400 years.
    public func adding(businessHours hours: Double, to start: Instant, pauses: [Pause] = []) -> Instant? {
        precondition(hours.isFinite && hours >= 0, "business hours are finite and not negative")
        if hours == 0 { return start }
        var (left, resumed) = (hours * 3_600, start.seconds)
        for pause in Pause.merged(pauses) where pause.end > resumed {
            let passing = max(0, work.seconds(at: pause.start) - work.seconds(at: resumed))
            if left <= passing { break }
            left -= passing
            resumed = pause.end
        }
        guard resumed.isFinite else { return nil }
        let lastDay = work.day(of: start.seconds) + Self.horizonDays
        return work.moment(left, after: resumed, through: lastDay).map { Instant(seconds: $0) }
    }
}
