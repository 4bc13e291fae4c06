/// A day of the proleptic Gregorian calendar.
public struct CivilDate: Sendable, Hashable {
    /// Days since 1970-01-01.
    public let dayNumber: Int

    /// Creates the date of a number of days since 1970-01-01.
    public init(dayNumber: Int) {
        self.dayNumber = dayNumber
    }

    /// Creates a date; nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard CivilTime(year: year, month: month, day: day).isValid else { return nil }
        dayNumber = CivilTime.dayNumber(year: year, month: month, day: day)
    }
}
