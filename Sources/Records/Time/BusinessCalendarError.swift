/// Why a business calendar cannot be.
public enum BusinessCalendarError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A week has seven days.
    case notAWeek(days: Int)
    /// The desk closes before it opens, or outside the day. The weekday is 0 for Monday.
    case impossibleHours(weekday: Int, OpeningHours)
    /// Two opening hours of a day overlap or are out of order. The weekday is 0 for Monday.
    case overlappingHours(weekday: Int)

    /// One line: what is wrong.
    public var description: String {
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        return switch self {
        case .notAWeek(let days): "a week has 7 days, not \(days)"
        case .impossibleHours(let weekday, let hours):
            "\(names[weekday]): from minute \(hours.opens) to minute \(hours.closes) of a day is no time"
        case .overlappingHours(let weekday): "\(names[weekday]): opening hours overlap or are out of order"
        }
    }
}
