internal import Algorithms

/// How many lines of a log came in each hour, which tells of which lines the clocks are likely wrong: few, and a long silence away from all others.
public struct HourCounts: Sendable {
    /// The share of all lines, at either end, among which strays are looked for: more are no exception any more.
    private static let mostStrays = 0.01
    /// The hours without a line that are no silence yet: a weekend on which nothing runs.
    private static let quiet = 48.0
    /// A silence that holds more usual lines than come beyond it by this factor is more likely a wrong clock than a pause, and an hour with fewer
    /// lines than a usual one by this factor is no beginning of a log.
    private static let silence = 100.0

    /// The hours since 1970 UTC that had lines, in their order.
    private let hours: [Int32]
    private let counts: [Double]

    /// Takes for each hour since 1970 UTC its lines.
    public init(_ lines: [Int32: Int]) {
        hours = lines.keys.sorted()
        counts = hours.map { Double(lines[$0] ?? 0) }
    }

    /// The hours from the first to the last line whose clock is likely right; nil when nothing was counted.
    ///
    /// They are those of the 98 of 100 lines in the middle, and go on outwards up to a silence: more than 48 h without a line, beyond which there are
    /// fewer than a hundredth of the lines that usually come in as many hours. A product that was off for a week is so believed to be on again once it has
    /// written the lines of 1.7 usual hours, while one line a month ahead, or a few hundred of 1970, move nothing.
    ///
    /// - Complexity: O(hours).
    public var likely: ClosedRange<Int32>? {
        guard var first = hours.indices.first, var last = hours.indices.last else { return nil }
        let all = counts.reduce(0, +)
        var (before, after) = (0.0, 0.0)
        while first < last, before + counts[first] <= Self.mostStrays * all {
            before += counts[first]
            first += 1
        }
        while last > first, after + counts[last] <= Self.mostStrays * all {
            after += counts[last]
            last -= 1
        }
        func distance(_ place: Int, _ next: Int) -> Double { Double(hours[next]) - Double(hours[place]) }
        let rate = (all - before - after) / (distance(first, last) + 1)
        func isSilence(_ hours: Double, before lines: Double) -> Bool {
            hours > Self.quiet && lines * Self.silence < rate * hours
        }
        while first > 0, !isSilence(distance(first - 1, first), before: before) {
            first -= 1
            before -= counts[first]
        }
        while last < hours.count - 1, !isSilence(distance(last, last + 1), before: after) {
            last += 1
            after -= counts[last]
        }
        return hours[first]...hours[last]
    }

    /// The ``likely`` hours from the first on that has a hundredth of the lines of a usual one, the median; nil when nothing was counted.
    ///
    /// What is learnt of rates from hours with hardly a line before it would make a rise of all that comes regularly. The hour before it counts, as a
    /// log may begin at the end of an hour.
    ///
    /// - Complexity: O(hours log hours).
    public var dense: ClosedRange<Int32>? {
        guard let likely else { return nil }
        let inside =
            hours.partitioningIndex { $0 >= likely.lowerBound }..<hours.partitioningIndex { $0 > likely.upperBound }
        let usual = counts[inside].sorted()[inside.count / 2]
        let first = inside.first { counts[$0] * Self.silence >= usual } ?? inside.lowerBound
        let begin = hours[first] > likely.lowerBound ? hours[first] - 1 : hours[first]
        return begin...likely.upperBound
    }
}
