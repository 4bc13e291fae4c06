/// When a desk opens and closes on a day, as minutes since local midnight.
public struct OpeningHours: Sendable, Hashable {
    /// The minute of opening, 0...1439.
    public let opens: Int
    /// The minute of closing, after opening and at most 1440 (midnight at the end of the day).
    public let closes: Int

    /// Creates opening hours; the bounds are checked by the calendar.
    public init(opens: Int, closes: Int) {
        self.opens = opens
        self.closes = closes
    }
}
