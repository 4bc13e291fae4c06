/// Spans of time in seconds, leap seconds not counted.
extension Instant {
    /// An hour.
    @inlinable
    public static var hour: Double { 3_600 }

    /// A day.
    @inlinable
    public static var day: Double { 86_400 }

    /// A week.
    @inlinable
    public static var week: Double { 604_800 }
}
