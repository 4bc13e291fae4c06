internal import Records
internal import Statistics

extension DayKinds {
    private enum Kind: UInt8 { case working, rest, workingAfterRest }

    /// The days of some hours by a calendar: those of rest, those of work, and of these the ones that follow a rest, into which what was left runs.
    ///
    /// By its holidays days are of another kind than their weekday.
    ///
    /// - Parameters:
    ///   - first: The first hour, since 1970 UTC.
    ///   - count: The number of hours.
    init(_ calendar: BusinessCalendar, from first: Int, count: Int) {
        let holidays = calendar.holidays
        let restsOnWeekday = calendar.week.map(\.isEmpty)
        func restsByWeekday(_ day: Int) -> Bool { restsOnWeekday[CivilTime.weekday(ofDay: day)] }
        func rests(_ day: Int) -> Bool { restsByWeekday(day) || holidays.contains(CivilDate(dayNumber: day)) }
        func kind(_ day: Int, _ rests: (Int) -> Bool) -> Kind {
            if rests(day) { return .rest }
            return rests(day - 1) ? .workingAfterRest : .working
        }
        let kinds = (first..<first + count).map { hour -> (kind: Kind, usual: Kind) in
            let time = Instant(seconds: Double(hour) * 3_600)
            let local = time.seconds + Double(calendar.zone.offset(at: time))
            let day = Int((local / 86_400).rounded(.down))
            return (kind(day, rests), kind(day, restsByWeekday))
        }
        self.init(kinds: kinds.map(\.kind.rawValue), isUnusual: kinds.map { $0.kind != $0.usual })
    }
}
