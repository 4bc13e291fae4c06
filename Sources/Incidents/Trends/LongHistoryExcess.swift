internal import Statistics

/// How improbable the last seven days of a signature are by a history of months or years, with its trend and the season of the year.
///
/// The last seven days are compared with the seven days that end on the same weekday of each week before, so that no rhythm of the week is left. What is
/// usual is the regression of `OutbreakDetector`: level and, as far as the history is long enough for them, trend and the season of the year,
/// with past outbreaks at little weight, by exposure. `RateExcess` looks back eight weeks at most, and knows neither trend nor year.
public struct LongHistoryExcess: Sendable, Equatable {
    /// The days of history, the last ones included, below which there is no evidence: eight weeks, three in which an excess may have begun, and the last.
    public static let leastDays = 12 * 7

    /// The lines of the last seven days.
    public let observed: Double
    /// The lines to expect of them.
    public let expected: Double
    /// The probability of so many or more.
    public let pValue: Double

    /// The weeks of a year.
    private static let season = 52.1775
    /// A week without exposure counts as so much of the mean, as the logarithm is needed.
    private static let nothing = 1e-6

    /// The evidence of an excess in the last seven days.
    ///
    /// - Parameters:
    ///   - counts: The lines of each day.
    ///   - exposures: How much could have gone wrong on each, at least 0; nil where all days are alike.
    /// - Returns: nil when the history is shorter than ``leastDays``, nothing could come in the last seven days, or no more came than was expected.
    /// - Complexity: O(days).
    public init?(counts: [Double], exposures: [Double]? = nil) {
        guard counts.count >= Self.leastDays else { return nil }
        precondition(exposures.map { $0.count == counts.count } ?? true, "there is one exposure a day")
        let lines = Self.weeks(counts)
        let last = lines.count - 1
        let possible = exposures.map(Self.weeks) ?? [Double](repeating: 1, count: lines.count)
        guard possible[last] > 0 else { return nil }
        let least = Self.nothing * possible.reduce(0, +) / Double(possible.count)
        guard
            let finding = OutbreakDetector(period: Self.season).finding(
                at: last, in: lines, exposures: possible.map { max($0, least) }),
            lines[last] > finding.expected, finding.variance > finding.expected,
            let next = try? NegativeBinomial(
                mean: finding.expected,
                dispersion: finding.expected * finding.expected / (finding.variance - finding.expected))
        else { return nil }
        observed = lines[last]
        expected = finding.expected
        pValue = next.survival(Int(lines[last]) - 1)
    }

    /// The sums of seven days that end on the weekday of the last day, the first week first.
    private static func weeks(_ days: [Double]) -> [Double] {
        (0..<days.count / 7).reversed().map { week in
            let end = days.count - 7 * week
            return days[end - 7..<end].reduce(0, +)
        }
    }
}
