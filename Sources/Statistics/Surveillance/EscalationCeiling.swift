import Glibc

/// The rule by which a widely used error tracker tells that an error escalates: an hourly count above a ceiling that is made of the counts of a week.
///
/// The ceiling is the larger of the highest hour times a factor from 2 to 5, which falls with the coefficient of variation, and of the mean plus 5 to
/// 8 times the mean. It is a rival here: it follows what grows slowly.
///
/// Source: the public code of Sentry (`escalating_issues_alg`), from which the formula is restated.
public enum EscalationCeiling {
    /// The ceiling of the hours of a day by the hours before it.
    ///
    /// - Parameters:
    ///   - counts: Hourly counts of up to seven days, the last ones last; at least one.
    ///   - weekday: For each of them whether it lies on the weekday in question.
    public static func ceiling(_ counts: [Double], onWeekday weekday: [Bool]) -> Double {
        let largest = counts.max() ?? 0
        guard counts.count >= 168 else { return 10 * largest }
        let mean = counts.reduce(0, +) / Double(counts.count)
        guard mean > 0 else { return 0 }
        let squares = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Double(counts.count - 1)).squareRoot()
        let factor = min(max(5 * exp(-0.65 * deviation / mean), 2), 5)
        let onDay = zip(counts, weekday).filter(\.1).map(\.0)
        let weighted = (counts.reduce(0, +) + onDay.reduce(0, +)) / Double(counts.count + onDay.count)
        return max(largest * factor, weighted + min(max((mean + 5 * deviation) / mean, 5), 8) * mean)
    }
}
